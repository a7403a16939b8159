import { eq, sql } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { built, reading } from '#db/prepared.ts';
import { publicFormerSlug, publicListing, publicRegister } from '#db/schema/index.ts';
import { type RegisterEntry, registerEntry } from '#features/register/index.ts';
import type { FinderCard } from './card.ts';
import { finderEntryOf } from './finder-entry.ts';
import { listingOf, type PublicListing, type PublicPlace, placesOf } from './listing-queries.ts';
import { type FinderOption, hasOption, OPTIONS } from './options.ts';

/** Everything a therapist's page may show on the day: what they agreed to show, and what the register says. */
export type Profile = {
	slug: string;
	number: string;
	name: string;
	card: FinderCard;
	listing: PublicListing;
	places: PublicPlace[];
	/** Options that count, as the finder has them. */
	options: FinderOption[];
	entry: RegisterEntry;
};

/** `moved`: an address of former days. `gone`: not shown now; `number` only where the register still tells of the person. */
export type ProfileAnswer =
	| { kind: 'shown'; profile: Profile }
	| { kind: 'moved'; slug: string }
	| { kind: 'gone'; number: string | null }
	| { kind: 'unknown' };

/** What stands at a therapist's address today. Worked out from the facts, not from the finder's copy. */
export function profileAt(ctx: Ctx, slug: string): ProfileAnswer {
	return reading(ctx.db.sql, () => {
		const owner = slugOwner(ctx, slug);
		if (!owner) return { kind: 'unknown' };
		const { entry: listed } = finderEntryOf(ctx.db, owner.personId, ctx.today);
		const listing = listed && listingOf(ctx.db, owner.personId);
		if (!listed || !listing) return { kind: 'gone', number: numberIfTold(ctx, owner.personId) };
		if (owner.isFormer) return { kind: 'moved', slug: listed.slug };
		const entry = registerEntry(ctx, listed.card.number);
		if (!entry) return { kind: 'unknown' };
		const options = OPTIONS.filter((option) => hasOption(listed.flags, option.code));
		return {
			kind: 'shown',
			profile: { slug, number: entry.number, name: listed.card.name, card: listed.card, listing, places: placesOf(ctx.db, owner.personId), options, entry },
		};
	});
}

/** Whose listing an address leads to, now or in former days. Only people who agreed to be listed have one. */
export function slugOwner(ctx: Ctx, slug: string): { personId: string; isFormer: boolean } | null {
	const now = built(ctx.db, ownerNow).get({ slug });
	if (now) return { ...now, isFormer: false };
	const former = built(ctx.db, ownerThen).get({ slug });
	return former ? { ...former, isFormer: true } : null;
}

const SLUG = sql.placeholder('slug');
const ownerNow = ({ orm }: Db) => orm.select({ personId: publicListing.personId }).from(publicListing).where(eq(publicListing.slug, SLUG)).prepare();
const ownerThen = ({ orm }: Db) => orm.select({ personId: publicFormerSlug.personId }).from(publicFormerSlug).where(eq(publicFormerSlug.slug, SLUG)).prepare();

/** The address of the listing of a register number, or null unless the person is in good standing and listed today. */
export function listingSlugOf(ctx: Ctx, number: string): string | null {
	return reading(ctx.db.sql, () => {
		const holder = built(ctx.db, holderOf).get({ number });
		return holder ? (finderEntryOf(ctx.db, holder.personId, ctx.today).entry?.slug ?? null) : null;
	});
}

const holderOf = ({ orm }: Db) => {
	const { personId, number } = publicRegister;
	return orm
		.select({ personId })
		.from(publicRegister)
		.where(eq(number, sql.placeholder('number')))
		.prepare();
};

/** The stored file of a photo and whose it is, or null unless its owner is listed today and agreed to show it. */
export function photoAt(ctx: Ctx, slug: string): { file: string; personId: string } | null {
	const answer = profileAt(ctx, slug);
	const file = answer.kind === 'shown' ? answer.profile.listing.photo : null;
	const personId = slugOwner(ctx, slug)?.personId;
	return file && personId && /^[0-9a-f-]{36}$/.test(file) ? { file, personId } : null;
}

function numberIfTold(ctx: Ctx, personId: string): string | null {
	const { number } = ctx.db.orm.select({ number: publicRegister.number }).from(publicRegister).where(eq(publicRegister.personId, personId)).get() ?? {};
	return number && registerEntry(ctx, number)?.status.isShown ? number : null;
}

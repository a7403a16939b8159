import type { Ctx } from '#core/ctx.ts';
import { prepared, reading } from '#db/prepared.ts';
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
	const now = prepared(ctx.db.sql, 'SELECT person_id FROM public_listing WHERE slug = ?').pluck().get(slug) as string | undefined;
	if (now) return { personId: now, isFormer: false };
	const former = prepared(ctx.db.sql, 'SELECT person_id FROM public_former_slug WHERE slug = ?').pluck().get(slug) as string | undefined;
	return former ? { personId: former, isFormer: true } : null;
}

/** The address of the listing of a register number, or null unless the person is in good standing and listed today. */
export function listingSlugOf(ctx: Ctx, number: string): string | null {
	return reading(ctx.db.sql, () => {
		const personId = prepared(ctx.db.sql, 'SELECT person_id FROM public_register WHERE number = ?').pluck().get(number) as string | undefined;
		return personId ? (finderEntryOf(ctx.db, personId, ctx.today).entry?.slug ?? null) : null;
	});
}

/** The name of the photo's file under the uploads, or null unless its owner is listed today and agreed to show it. */
export function photoAt(ctx: Ctx, slug: string): string | null {
	const answer = profileAt(ctx, slug);
	const file = answer.kind === 'shown' ? answer.profile.listing.photo : null;
	return file !== null && /^[a-z0-9][a-z0-9_-]{0,99}\.webp$/i.test(file) ? file : null;
}

function numberIfTold(ctx: Ctx, personId: string): string | null {
	const number = prepared(ctx.db.sql, 'SELECT number FROM public_register WHERE person_id = ?').pluck().get(personId) as string | undefined;
	return number && registerEntry(ctx, number)?.status.isShown ? number : null;
}

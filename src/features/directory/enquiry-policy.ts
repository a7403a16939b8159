import { and, eq, gt, isNull, lte, or } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { publicListing } from '#db/schema/index.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';

export type Recipient = { personId: string; address: string };

/**
 * Who is written to at a slug. Only someone in good standing today who takes messages can be: asked anew at every send.
 * @throws NotFound when nobody is listed there today. @throws Conflict when they are, but cannot be written to.
 */
export function recipientAt(ctx: Ctx, slug: string): Recipient {
	const listing = listedAt(ctx, slug);
	if (!listing || !isInGoodStanding(ctx, listing.personId)) throw new NotFound('This therapist is not listed at the moment, so we cannot pass a message on.');
	if (!listing.enquiriesOpen) throw new Conflict('This therapist is not taking messages through the register at the moment.');
	const address = mailAddressOf(ctx.db, listing.personId);
	if (!address) throw new Conflict('This therapist cannot be reached through the register at the moment.');
	return { personId: listing.personId, address };
}

/** True when the page of a therapist may offer to pass a message on. */
export function canBeWrittenTo(ctx: Ctx, slug: string): boolean {
	try {
		return recipientAt(ctx, slug) !== null;
	} catch (error) {
		if (error instanceof NotFound || error instanceof Conflict) return false;
		throw error;
	}
}

function listedAt({ db, today }: Ctx, slug: string) {
	const { personId, enquiriesOpen, publishedOn, withdrawnOn } = publicListing;
	return db.orm
		.select({ personId, enquiriesOpen })
		.from(publicListing)
		.where(and(eq(publicListing.slug, slug), lte(publishedOn, today), or(isNull(withdrawnOn), gt(withdrawnOn, today))))
		.get();
}

function isInGoodStanding(ctx: Ctx, personId: string): boolean {
	const facts = factsOf(ctx.db, personId);
	return facts !== null && registerStatus(facts, ctx.today, registerRules(ctx.db, ctx.today)).isInGoodStanding;
}

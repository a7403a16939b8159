import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';

export type Recipient = { personId: string; address: string };

/**
 * Who is written to at a slug. Only someone in good standing today who takes messages can be: asked anew at every send.
 * @throws NotFound when nobody is listed there today. @throws Conflict when they are, but cannot be written to.
 */
export function recipientAt(ctx: Ctx, slug: string): Recipient {
	const listing = prepared(ctx.db.sql, LISTED).get(slug, ctx.today, ctx.today) as { personId: string; enquiriesOpen: number } | undefined;
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

const LISTED = `SELECT person_id AS personId, enquiries_open AS enquiriesOpen FROM public_listing
	WHERE slug = ? AND published_on <= ? AND (withdrawn_on IS NULL OR withdrawn_on > ?)`;

function isInGoodStanding(ctx: Ctx, personId: string): boolean {
	const facts = factsOf(ctx.db, personId);
	return facts !== null && registerStatus(facts, ctx.today, registerRules(ctx.db, ctx.today)).isInGoodStanding;
}

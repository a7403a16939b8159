import type { Ctx } from '#core/ctx.ts';
import { openText } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernOffer } from '#db/schema/index.ts';
import { noteRead } from './sight.ts';
import type { State } from './state.ts';
import { standingOf } from './step.ts';

export type OfferRow = typeof concernOffer.$inferSelect;
export type OfferSide = 'complainant' | 'respondent';
/** Agreed; not these terms, but others perhaps; or no more trying. */
export type OfferAnswer = NonNullable<OfferRow['complainant']>;
/** Terms as one side sees them: what the other said, it does not learn before both have answered. */
export type OfferSeen = { id: string; no: number; terms: string; months: number | null; own: OfferAnswer | null };

export const ANSWERS_TO_OFFER: Record<OfferAnswer, string> = {
	agreed: 'I agree to these terms',
	not_these: 'Not to these terms, but I am still willing to settle it',
	stop: 'I do not want to settle it: stop trying',
};

/** Where the terms stand in the vault, and what a side said to them by telephone. */
export const termsPlace = (offerId: string) => `proposal:settle:${offerId}`;

/** The terms that wait for answers, or null. */
export function openOffer(db: Db, concernId: string): OfferRow | null {
	return (prepared(db.sql, `${OFFERS} WHERE concern_id = ? AND ended_at IS NULL`).get(concernId) as OfferRow | undefined) ?? null;
}

/** All terms of a concern, oldest first. */
export function offersIn(db: Db, concernId: string): OfferRow[] {
	return prepared(db.sql, `${OFFERS} WHERE concern_id = ? ORDER BY no`).all(concernId) as OfferRow[];
}

/** The terms that a side may answer now, or null. Never authorises. */
export function offerFor(ctx: Pick<Ctx, 'db' | 'keys'>, { concernId, state }: { concernId: string; state: State }, side: OfferSide): OfferSeen | null {
	const offer = state.phase === 'early_resolution' ? openOffer(ctx.db, concernId) : null;
	if (offer === null) return null;
	const terms = openText(ctx, concernId, termsPlace(offer.id)) ?? '';
	return { id: offer.id, no: offer.no, terms, months: offer.undertakingMonths, own: offer[side] };
}

/** The terms for the person who raised it, who is noted as having opened them. Never authorises: whoever asks holds it open (`visitOf`). */
export function termsForComplainant(ctx: Ctx, concernId: string): OfferSeen | null {
	noteRead(ctx, { concernId, personId: null, capacity: 'complainant', what: 'terms' });
	return offerFor(ctx, { concernId, state: standingOf(ctx.db, concernId).state }, 'complainant');
}

/** Why nothing is settled between the sides now, or null. Somebody at risk is never left to an agreement. Pure. */
export function noSettling({ phase, flags }: Pick<State, 'phase' | 'flags'>): string | null {
	if (phase !== 'early_resolution') return 'Both sides are not trying to settle this, or not any more.';
	return flags.includes('immediate_risk') ? 'A case with a mark of a risk is not settled between the sides.' : null;
}

const OFFERS = `SELECT id, concern_id AS concernId, no, made_by AS madeBy, made_at AS madeAt, undertaking_months AS undertakingMonths, complainant,
	complainant_at AS complainantAt, respondent, respondent_at AS respondentAt, complainant_by AS complainantBy, respondent_by AS respondentBy,
	ended_at AS endedAt FROM concern_offer`;

import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { oneOf } from './case-act-parts.ts';
import { tellSides } from './message-put.ts';
import { respondentSight } from './own-door.ts';
import { canTake } from './policy.ts';
import { ANSWERS_TO_OFFER, noSettling, type OfferAnswer, type OfferRow, type OfferSide, openOffer, termsPlace } from './settle-store.ts';
import { type Sight, sightOf } from './sight.ts';
import type { Step } from './state.ts';
import { type By, refuseStale, type Standing, standingOf, takeStep } from './step.ts';

const BOTH = ['complainant', 'respondent'] as const;
type Told = Parameters<typeof tellSides>[1];

/**
 * Lays terms before both sides, in place of any that wait. `months`: for how long the therapist undertakes something; null: nothing.
 * @throws NotFound, Forbidden; Conflict when nothing is being settled, or somebody is at risk
 */
export function makeOffer(ctx: Ctx, reference: string, { seen, words, months }: { seen: number; words: string; months: number | null }): void {
	const told = commit(ctx, { name: 'lay terms before both sides' }, (tx): Told => {
		const sight = settling(ctx, reference, seen);
		const { id, respondentId } = sight.concern;
		prepared(tx.db.sql, 'UPDATE concern_offer SET ended_at = ? WHERE concern_id = ? AND ended_at IS NULL').run(ctx.now, id);
		const no = prepared(tx.db.sql, 'SELECT 1 + coalesce(max(no), 0) FROM concern_offer WHERE concern_id = ?').pluck().get(id) as number;
		const offerId = newId();
		const text = 'INSERT INTO concern_offer (id, concern_id, no, made_by, made_at, undertaking_months) VALUES (?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(offerId, id, no, personOf(ctx).personId, ctx.now, months);
		sealText(tx, id, termsPlace(offerId), words);
		record(tx, 'concern.offer_made', { type: 'concern', id });
		return { concernId: id, respondentId, sides: BOTH, about: `offer:${no}` };
	});
	tellSides(ctx, told);
}

/** Writes down what a side said by telephone, with its words. @throws NotFound, Forbidden; Conflict, Invalid in words */
export function recordAnswer(
	ctx: Ctx,
	reference: string,
	{ seen, side, answer, words }: { seen: number; side: OfferSide; answer: OfferAnswer; words: string },
): void {
	if (words === '') throw new Invalid('words', 'Write what they said, and when.');
	const told = commit(ctx, { name: 'record an answer to terms' }, (tx) => {
		const sight = settling(ctx, reference, seen);
		const offer = openOffer(tx.db, sight.concern.id);
		if (offer === null) throw new Conflict('No terms wait for an answer. Lay terms before both sides first.');
		sealText(tx, sight.concern.id, `${termsPlace(offer.id)}:${side}`, words);
		return putAnswer(tx, sight, { offer: offer.id, side, answer, recordedBy: personOf(ctx).personId });
	});
	tellSides(ctx, told);
}

/** The form of an answer to terms. */
export const answerForm = z.object({ offer: z.string().max(60), answer: oneOf(ANSWERS_TO_OFFER, 'Choose one.') });
export type OwnAnswer = { offer: string; answer: OfferAnswer };

/** Answers terms as the therapist. @throws NotFound; Conflict in words */
export function answerAsRespondent(ctx: Ctx, reference: string, { offer, answer }: OwnAnswer): void {
	const told = commit(ctx, { name: 'answer terms' }, (tx) =>
		putAnswer(tx, respondentSight(ctx, reference), { offer, side: 'respondent', answer, recordedBy: null }),
	);
	tellSides(ctx, told);
}

/** Answers terms as the person who raised it. Authorises: whoever holds it open (`visitOf`). @throws Conflict in words */
export function answerAsComplainant(ctx: Ctx, concernId: string, { offer, answer }: OwnAnswer): void {
	const told = commit(ctx, { name: 'answer terms' }, (tx) =>
		putAnswer(tx, standingOf(tx.db, concernId), { offer, side: 'complainant', answer, recordedBy: null }),
	);
	tellSides(ctx, told);
}

type NewAnswer = { offer: string; side: OfferSide; answer: OfferAnswer; recordedBy: string | null };

/** It is settled when both agreed, over when one wants to stop, and open for other terms else. Joins a transaction. @returns whom to tell */
function putAnswer(tx: Tx, standing: Standing, { offer: offerId, side, answer, recordedBy }: NewAnswer): Told {
	const { id, respondentId } = standing.concern;
	const refusal = noSettling(standing.state);
	if (refusal !== null) throw new Conflict(refusal);
	const offer = openOffer(tx.db, id);
	if (offer === null || offer.id !== offerId) throw new Conflict('There are other terms now, or none. Open the page again.');
	if (offer[side] !== null) throw new Conflict('This was answered already.');
	prepared(tx.db.sql, ANSWER[side]).run(answer, tx.ctx.now, recordedBy, offerId);
	record(tx, 'concern.offer_answered', { type: 'concern', id }, { side, answer, byTelephone: recordedBy !== null });
	const by: By = recordedBy === null ? { side, personId: null } : { side: 'office', personId: recordedBy };
	const step = outcomeOf({ ...offer, [side]: answer });
	if (step !== null) takeStep(tx, standing, step.kind, by, step.data);
	if (step !== null || answer !== 'agreed') prepared(tx.db.sql, 'UPDATE concern_offer SET ended_at = ? WHERE id = ?').run(tx.ctx.now, offerId);
	// What one side said, the other learns by what comes of it only.
	return {
		concernId: id,
		respondentId,
		sides: step === null ? [] : BOTH.filter((one) => one !== side || recordedBy !== null),
		about: `offer:${offer.no}:${step?.kind}`,
	};
}

/** What comes of the answers to terms: keys and months only. Pure. */
function outcomeOf({
	id,
	no,
	complainant,
	respondent,
	undertakingMonths,
}: OfferRow): { kind: 'resolution_agreed' | 'resolution_failed'; data: Step['data'] } | null {
	if (complainant === 'stop' || respondent === 'stop') return { kind: 'resolution_failed', data: { offer: no } };
	if (complainant !== 'agreed' || respondent !== 'agreed') return null;
	const orders = undertakingMonths === null ? [] : [{ kind: 'undertakings', months: undertakingMonths }];
	return { kind: 'resolution_agreed', data: { offer: id, orders } };
}

function settling(ctx: Ctx, reference: string, seen: number): Sight {
	const sight = sightOf(ctx, reference);
	refuseStale(sight, seen);
	const refusal = noSettling(sight.state);
	if (refusal !== null) throw new Conflict(refusal);
	allow(canTake(ctx.actor, sight, 'resolution_agreed'));
	return sight;
}

const ANSWER: Record<OfferSide, string> = {
	complainant: 'UPDATE concern_offer SET complainant = ?, complainant_at = ?, complainant_by = ? WHERE id = ?',
	respondent: 'UPDATE concern_offer SET respondent = ?, respondent_at = ?, respondent_by = ? WHERE id = ?',
};

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { needCase, subjectOf } from './case-commands.ts';
import { caseById, NO_CASE, supervisedCase } from './case-queries.ts';
import type { TrainingCase } from './case-types.ts';
import { canSignCase } from './policy.ts';
import type { RatingInput } from './rating-form.ts';
import { refuseIdentifiers } from './refuse-identifiers.ts';
import { namesIn } from './relation-queries.ts';
import { ratingScaleOn } from './rules.ts';
import type { TrainingLink } from './training-link.ts';

/** A supervisor who is signed in notes a recording that they heard, with its scores. Twice the same is once. @throws NotFound, Invalid, Conflict */
export function rateRecording(ctx: Ctx, code: string, input: RatingInput): void {
	const theCase = supervisedCase(ctx, code);
	allow(canSignCase(ctx.actor, theCase), NO_CASE);
	const me = personOf(ctx).personId;
	if (isNoted(ctx, theCase.id, input)) return;
	commit(ctx, { name: 'rateRecording' }, (tx) => insert(tx, supervisedCase(ctx, code), input, me));
}

/** The same by the link in hand, which goes on working until the report is signed. @throws Conflict, Invalid */
export function rateByLink(ctx: Ctx, link: TrainingLink, input: RatingInput): void {
	if (link.usedAt !== null || link.withdrawnAt !== null) throw new Conflict('This link was used already. A new message brings a new one.');
	if (isNoted(ctx, link.caseId, input)) return;
	commit(ctx, { name: 'rateByLink' }, (tx) => insert(tx, needCase(caseById(tx.db, link.caseId)), input, 'link'));
}

/** Its supervisor takes a rating back; it stays to be seen, with the reason. Twice is the same as once. @throws NotFound, Conflict, Invalid */
export function retractRating(ctx: Ctx, code: string, ratingId: string, reason: string): void {
	const theCase = supervisedCase(ctx, code);
	allow(canSignCase(ctx.actor, theCase), NO_CASE);
	retract(ctx, theCase, ratingId, reason);
}

/** The same by the link in hand. @throws NotFound, Conflict, Invalid */
export function retractByLink(ctx: Ctx, link: TrainingLink, ratingId: string, reason: string): void {
	if (link.usedAt !== null || link.withdrawnAt !== null) throw new Conflict('This link was used already. A new message brings a new one.');
	retract(ctx, needCase(caseById(ctx.db, link.caseId)), ratingId, reason);
}

function retract(ctx: Ctx, theCase: TrainingCase, ratingId: string, reason: string): void {
	const rating = theCase.ratings.find(({ id }) => id === ratingId);
	if (!rating) throw new NotFound('There is no such rating.');
	refuseIdentifiers({ reason }, namesIn(ctx.db, theCase.relationId));
	if (rating.retractedAt !== null) return;
	commit(ctx, { name: 'retractRating' }, (tx) => {
		const text = 'UPDATE training_rating SET retracted_at = ?, retracted_because = ? WHERE id = ? AND retracted_at IS NULL';
		if (prepared(tx.db.sql, text).run(ctx.now, reason, ratingId).changes !== 1) throw new Conflict('This rating was taken back already.');
		record(tx, 'training.rating_retracted', subjectOf(theCase.id), { rating: ratingId });
	});
}

function insert(tx: Tx, theCase: TrainingCase, input: RatingInput, by: string): void {
	refuseOdd(tx, theCase, input);
	const id = newId();
	const text = `INSERT INTO training_rating (id, case_id, relation_id, session_on, phase, at_random, scale_version, scores, rated_at, rated_by, repeat_key)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const { sessionOn, phase, atRandom, scaleVersion, scores } = input;
	const rating = [sessionOn, phase, atRandom ? 1 : 0, scaleVersion, JSON.stringify(scores), tx.ctx.now, by, keyOf(theCase.id, input)];
	prepared(tx.db.sql, text).run(id, theCase.id, theCase.relationId, ...rating);
	record(tx, 'training.recording_rated', subjectOf(theCase.id), { rating: id, scaleVersion, by: by === 'link' ? 'link' : 'account' });
}

function refuseOdd(tx: Tx, { facts, ratings }: TrainingCase, { sessionOn, scaleVersion }: RatingInput): void {
	if (scaleVersion !== ratingScaleOn(tx.db, tx.ctx.today).version)
		throw new Conflict('The scale has changed since you opened this page. Please rate on the new one.');
	if (sessionOn > tx.ctx.today) throw new Invalid('sessionOn', 'That day is still to come.');
	if (sessionOn < facts.beganOn || (facts.endedOn !== null && sessionOn > facts.endedOn))
		throw new Invalid('sessionOn', 'The case has no session on that day: it is before its first or after its last.');
	if (ratings.some((r) => r.retractedAt === null && r.sessionOn === sessionOn))
		throw new Invalid('sessionOn', 'A recording of that day is rated already. Take that rating back first, if it is not right.');
}

function isNoted(ctx: Ctx, caseId: string, input: RatingInput): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM training_rating WHERE repeat_key = ?').get(keyOf(caseId, input)) !== undefined;
}

function keyOf(caseId: string, { repeatKey }: RatingInput): string {
	return hashToken(`${caseId} ${repeatKey}`);
}

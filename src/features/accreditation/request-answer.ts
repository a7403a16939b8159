import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { CHANGED } from './request-ask.ts';
import type { TypedAnswer } from './request-forms.ts';
import { sayRequestLink, stateOfLink } from './request-link.ts';
import { type RequestRow, requestById } from './request-queries.ts';
import { endRequest } from './request-settle.ts';
import { statementOn } from './request-words.ts';
import { standingOf } from './step.ts';

/** What somebody answered, as it is kept: what they wrote, the words they signed under, and when. Instants are milliseconds UTC. */
export type RequestAnswer = { fields: Record<string, string>; statement: string; statementVersion: string; signedName: string; signedAt: number };

/** Somebody who was asked cannot do it, or is not the right person. By the link in hand. @throws Conflict */
export function declineRequest(ctx: Ctx, row: RequestRow, because: 'declined' | 'wrong_person'): void {
	commit(ctx, { name: 'declineRequest' }, (tx) => endRequest(tx, live(tx, row.id), { ending: because }));
}

/** Somebody who was asked needs more time: once, for as long as the standards say. @throws Conflict */
export function askMoreTime(ctx: Ctx, row: RequestRow): void {
	commit(ctx, { name: 'askMoreTime' }, (tx) => {
		const { moreTimeAt, id } = live(tx, row.id);
		if (moreTimeAt !== null) throw new Conflict('You were given more time already. If you need longer, please write to us.');
		giveMoreTime(tx, id);
	});
}

/** Puts the last day of a request off. Joins a transaction and never authorises. */
export function giveMoreTime(tx: Tx, requestId: string): void {
	const row = requestById(tx.db, requestId);
	const { limits } = standingOf(tx.db, row.applicationId).standards;
	const from = row.dueOn > tx.ctx.today ? row.dueOn : tx.ctx.today;
	const dueOn = addDays(from, limits.extensionDays);
	const text = 'UPDATE accreditation_request SET more_time_at = ?, due_on = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, dueOn, row.id, row.version).changes !== 1) throw new Conflict(CHANGED);
	record(tx, 'accreditation.request_more_time', { type: 'application', id: row.applicationId }, { request: row.id, dueOn });
}

/** Keeps what was typed so far: the link brings it back. @throws Conflict when it was kept or sent from another window since */
export function keepAnswer(ctx: Ctx, row: RequestRow, typed: TypedAnswer): void {
	const { version, ...values } = typed;
	commit(ctx, { name: 'keepAnswer' }, (tx) => {
		live(tx, row.id);
		const text = 'UPDATE accreditation_request SET answer = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_at IS NULL';
		const { changes } = prepared(tx.db.sql, text).run(JSON.stringify({ typed: values }), row.id, Number(version));
		if (changes !== 1) throw new Conflict('You kept or sent this from another window. What you typed is still here.');
		record(tx, 'accreditation.request_kept', { type: 'application', id: row.applicationId }, { request: row.id });
	});
}

/**
 * Sends an answer by the link in hand, signed under the words of the day, which are kept with it. It uses the link up: sent twice it is sent once.
 * @throws Conflict
 */
export function sendAnswer(ctx: Ctx, row: RequestRow, input: Record<string, unknown>): void {
	if (requestById(ctx.db, row.id).ending === 'answered') return;
	const { signedName, agree: _, ...fields } = input;
	const { version: statementVersion, words: statement } = statementOn(ctx.db, row.kind, ctx.today);
	const answer: RequestAnswer = { fields: fields as Record<string, string>, statement, statementVersion, signedName: String(signedName), signedAt: ctx.now };
	commit(ctx, { name: 'sendAnswer' }, (tx) => endRequest(tx, live(tx, row.id), { ending: 'answered', answer }));
}

/** What was typed and kept of an answer that is not sent yet, by field. */
export function keptAnswer({ answer, endedAt }: RequestRow): TypedAnswer {
	return endedAt === null && answer !== null ? (JSON.parse(answer) as { typed: TypedAnswer }).typed : {};
}

/** What somebody answered and sent; null while there is nothing. For those who assess, decide and keep the file: never for the applicant. */
export function sentAnswer({ answer, ending }: RequestRow): RequestAnswer | null {
	return ending === 'answered' && answer !== null ? (JSON.parse(answer) as RequestAnswer) : null;
}

function live(tx: Tx, id: string): RequestRow {
	const row = requestById(tx.db, id);
	const state = stateOfLink(tx.ctx, row);
	if (state !== 'live') throw new Conflict(sayRequestLink(state));
	return row;
}

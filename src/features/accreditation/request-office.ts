import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile } from '#core/files.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { keyOf } from './apply-queries.ts';
import { officerSight, type Sight } from './gate-sight.ts';
import { canTake } from './policy.ts';
import { giveMoreTime } from './request-answer.ts';
import { CHANGED, nameRequest, personAt, sendAgainTo, sendRequest } from './request-ask.ts';
import { anotherWanted } from './request-mails.ts';
import { newestRequest, type RequestKind, type RequestRow, requestsIn } from './request-queries.ts';
import { scansAt } from './request-scan.ts';
import { endRequest } from './request-settle.ts';
import { noteFailed } from './request-watch.ts';
import { statementOn } from './request-words.ts';
import { PHASE_SAID } from './state.ts';
import { standingOf, takeStep } from './step.ts';

/** A request as the office names it in an address: `reference-1`. `version`: what the form was made from. */
export type OfficeAct = { reference: string; request: string; version: number };

/** How a request is named in an address: its kind and place, of which the newest counts. */
export function requestKey({ kind, place }: Pick<RequestRow, 'kind' | 'place'>): string {
	return `${kind}-${place}`;
}

/** A request of an application for the office, the newest of its place. @throws NotFound for everybody else */
export function officeRequest(ctx: Ctx, reference: string, key: string): { sight: Sight; row: RequestRow } {
	const sight = officerSight(ctx, reference);
	const [, kind = '', place = ''] = /^(reference|supervisor_report|outside_body)-(\d{1,2})$/.exec(key) ?? [];
	const row = kind === '' ? null : newestRequest(ctx.db, sight.application.id, kind as RequestKind, Number(place));
	if (row === null) throw new NotFound('There is no such request.');
	return { sight, row };
}

/** Asks another body to confirm something from its records. @returns how the request is named. @throws NotFound, Conflict, Invalid beside `email` */
export function askOutsideBody(ctx: Ctx, reference: string, body: { name: string; email: string; about: string }): string {
	const sight = officerSight(ctx, reference);
	if (!canTake(ctx.actor, sight.tie, 'request_made')) throw new Conflict(PHASE_SAID[sight.state.phase]);
	return commit(ctx, { name: 'askOutsideBody' }, (tx) => {
		const places = requestsIn(tx.db, sight.application.id).filter(({ kind }) => kind === 'outside_body');
		const isAsked = places.some((one) => one.endedAt === null && one.toEmail === body.email && one.about === body.about);
		if (isAsked) throw new Conflict('This was asked there already.');
		const place = 1 + Math.max(0, ...places.map((one) => one.place));
		const to = { name: body.name, email: body.email, personId: personAt(tx.db, body.email) };
		sendRequest(tx, nameRequest(tx, sight, { kind: 'outside_body', place, to, about: body.about }));
		return requestKey({ kind: 'outside_body', place });
	});
}

/** `files`: scans of the letter, just stored by the officer who types it in. */
export type ByHand = { ending: 'answered' | 'declined' | 'wrong_person'; words: string; signedName: string; files: readonly string[] };

/** Types in what a letter in the post, or a call, brought. @throws NotFound, Conflict, Invalid beside `words` or `files` */
export function recordByHand(ctx: Ctx, act: OfficeAct, { ending, words, signedName, files }: ByHand): void {
	const row = openRow(ctx, act);
	if (ending === 'answered' && words === '') throw new Invalid('words', 'Type what the letter says.');
	const { version: statementVersion, words: statement } = statementOn(ctx.db, row.kind, ctx.today);
	const answer = { fields: { byHand: words }, statement: `Received on paper or by telephone. ${statement}`, statementVersion, signedName, signedAt: ctx.now };
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'recordByHand' }, (tx) => {
		for (const id of files) attachFile(tx, id, { ...scansAt(row.id), ownerPersonId: personId, field: 'files' });
		endRequest(tx, row, { ending, byHand: personId, ...(ending === 'answered' && { answer }) });
	});
}

/** Gives whoever was asked more time, however often it takes. @throws NotFound, Conflict */
export function officeMoreTime(ctx: Ctx, act: OfficeAct): void {
	const row = openRow(ctx, act);
	commit(ctx, { name: 'officeMoreTime' }, (tx) => giveMoreTime(tx, row.id));
}

/** Notes that the message came back to the office, and tells the applicant. @throws NotFound, Conflict */
export function officeBounced(ctx: Ctx, act: OfficeAct): void {
	const row = openRow(ctx, act);
	if (row.failedAt === null) noteFailed(ctx, row);
}

/** Writes once more, to a corrected address. @throws NotFound, Conflict */
export function officeCorrect(ctx: Ctx, act: OfficeAct, email: string): void {
	const row = openRow(ctx, act);
	commit(ctx, { name: 'officeCorrect' }, (tx) => sendAgainTo(tx, row, email));
}

/**
 * Lets a request be: it goes on without, which assessors and committee see. Also of a place that stays empty.
 * @throws NotFound, Conflict
 */
export function letRequestBe(ctx: Ctx, act: OfficeAct, reason: string): void {
	const { sight, row } = seen(ctx, act);
	commit(ctx, { name: 'letRequestBe', reason }, (tx) => {
		if (row.endedAt === null) return endRequest(tx, row, { ending: 'cancelled' });
		if (!sight.state.wantsAnother.includes(row.id)) throw new Conflict(CHANGED);
		takeStep(tx, standingOf(tx.db, row.applicationId), 'request_settled', { request: row.id, kind: row.kind, ending: row.ending, isGood: false });
	});
}

export type Judgement = { judgement: 'accepted' | 'queried' | 'rejected'; words: string };

/**
 * Says of an answer whether it can be used. Rejected, its place is empty: the applicant is asked to name somebody else.
 * @throws NotFound; Conflict when there is nothing to judge, or it was judged; Invalid beside `words`
 */
export function judgeRequest(ctx: Ctx, act: OfficeAct, { judgement, words }: Judgement): void {
	const { sight, row } = seen(ctx, act);
	if (row.ending !== 'answered' || (row.judgement !== null && row.judgement !== 'queried')) throw new Conflict(CHANGED);
	if (judgement !== 'accepted' && words === '') throw new Invalid('words', 'Write what the matter is.');
	commit(ctx, { name: 'judgeRequest' }, (tx) => {
		const text = `UPDATE accreditation_request SET judged_at = ?, judged_by = ?, judgement = ?, judgement_words = ?, version = version + 1 WHERE id = ? AND version = ?`;
		const { changes } = prepared(tx.db.sql, text).run(ctx.now, personOf(ctx).personId, judgement, words, row.id, row.version);
		if (changes !== 1) throw new Conflict(CHANGED);
		record(tx, 'accreditation.request_judged', { type: 'application', id: row.applicationId }, { request: row.id, judgement });
		if (judgement !== 'rejected') return;
		const wantsAnother = row.kind !== 'outside_body' && sight.state.phase !== 'panel';
		takeStep(tx, standingOf(tx.db, row.applicationId), 'request_settled', { request: row.id, kind: row.kind, ending: 'rejected', isGood: false, wantsAnother });
		const about = { id: row.id, why: 'rejected' as const, key: keyOf(sight.application) };
		if (wantsAnother) postTo(tx, sight.application.personId, (to) => anotherWanted(ctx.settings, about, to));
	});
}

function seen(ctx: Ctx, { reference, request, version }: OfficeAct): { sight: Sight; row: RequestRow } {
	const found = officeRequest(ctx, reference, request);
	if (found.row.version !== version) throw new Conflict(CHANGED);
	if (!canTake(ctx.actor, found.sight.tie, 'request_settled')) throw new Conflict(PHASE_SAID[found.sight.state.phase]);
	return found;
}

function openRow(ctx: Ctx, act: OfficeAct): RequestRow {
	const { row } = seen(ctx, act);
	if (row.endedAt !== null) throw new Conflict(CHANGED);
	return row;
}

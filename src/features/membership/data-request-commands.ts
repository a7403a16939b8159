import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId, newReference } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { allow, personOf } from '#core/policy.ts';
import { addWorkingDays, type Holidays, holidaysOf } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from './contact.ts';
import type { DataAnswerInput, DataRequestInput } from './data-request-forms.ts';
import { mailDataRequestAcknowledged, mailDataRequestAnswered, mailDataRequestExtended, mailDataRequestReceived } from './data-request-mails.ts';
import { canSeeDataRequests } from './data-request-queries.ts';
import { requestRules } from './data-retention.ts';

const MOST_OPEN = 5;

/**
 * Asks for one's own data to be put right or erased. The clock runs from today: one calendar month, to the next working day if that is none.
 * The same form sent twice asks once. @returns the reference
 */
export function askAboutData(ctx: Ctx, { kind, said, repeatKey }: DataRequestInput): string {
	const { personId } = personOf(ctx);
	const key = `${personId}:${repeatKey}`;
	const before = prepared(ctx.db.sql, 'SELECT reference FROM data_request WHERE repeat_key = ?').pluck().get(key) as string | undefined;
	if (before) return before;
	const { answerMonths, acknowledgeDays } = requestRules(ctx.db, ctx.today);
	const row = {
		id: newId(),
		reference: newReference('DAT'),
		acknowledgeByOn: addWorkingDays(holidaysOf(ctx.db), ctx.today, acknowledgeDays),
		dueOn: onWorkingDay(holidaysOf(ctx.db), addMonths(ctx.today, answerMonths)),
	};
	return commit(ctx, { name: 'askAboutData' }, (tx) => {
		const open = prepared(tx.db.sql, 'SELECT count(*) FROM data_request WHERE person_id = ? AND answered_at IS NULL').pluck().get(personId) as number;
		if (open >= MOST_OPEN) throw new Conflict(`You have ${MOST_OPEN} requests that we have not answered yet. Please wait for those answers, or take one back.`);
		prepared(tx.db.sql, INSERT).run(row.id, row.reference, personId, kind, said, key, ctx.now, row.acknowledgeByOn, row.dueOn);
		record(tx, 'data_request.made', { type: 'data_request', id: row.id }, { reference: row.reference, kind, person: personId, dueOn: row.dueOn });
		tell(tx, personId, row, mailDataRequestReceived);
		return row.reference;
	});
}

/** Takes one's own request back. @throws NotFound, Conflict when it is answered */
export function withdrawDataRequest(ctx: Ctx, reference: string): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'withdrawDataRequest' }, (tx) => {
		const request = requestIn(tx, reference);
		if (request.personId !== personId) throw new NotFound('There is no such request.');
		if (request.answeredAt !== null) throw new Conflict('This request has been answered already.');
		prepared(tx.db.sql, CLOSE).run('withdrawn', null, ctx.now, request.id);
		record(tx, 'data_request.answered', { type: 'data_request', id: request.id }, { outcome: 'withdrawn' });
	});
}

/**
 * Acknowledges, extends or answers a request; the member is told by mail, the words stand on their page.
 * @throws Forbidden for one's own; NotFound; Conflict when it was changed in the meantime; Invalid for a second extension
 */
export function dealWithDataRequest(ctx: Ctx, reference: string, { act, words, version }: DataAnswerInput): void {
	allow(canSeeDataRequests(ctx));
	commit(ctx, { name: `dataRequest:${act}` }, (tx) => {
		const request = requestIn(tx, reference);
		allow(request.personId !== personOf(ctx).personId, 'Somebody else has to answer what you asked yourself.');
		if (request.answeredAt !== null) throw new Conflict('This request has been answered, or was taken back.');
		if (request.version !== version) throw new Conflict('Somebody has changed this request since you opened it. What you wrote is still here: look first.');
		if (act === 'acknowledge') acknowledge(tx, request);
		else if (act === 'extend') extend(tx, request, words);
		else answer(tx, request, act, words);
	});
}

type Request = {
	id: string;
	reference: string;
	personId: string;
	dueOn: string;
	acknowledgedAt: number | null;
	extendedBecause: string | null;
	answeredAt: number | null;
	version: number;
};

const INSERT = `INSERT INTO data_request (id, reference, person_id, kind, said, repeat_key, asked_at, acknowledge_by_on, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const CLOSE = 'UPDATE data_request SET outcome = ?, answer = ?, answered_at = ?, version = version + 1 WHERE id = ?';

function acknowledge(tx: Tx, request: Request): void {
	if (request.acknowledgedAt !== null) throw new Invalid('act', 'It has been acknowledged already.');
	prepared(tx.db.sql, 'UPDATE data_request SET acknowledged_at = ?, version = version + 1 WHERE id = ?').run(tx.ctx.now, request.id);
	record(tx, 'data_request.acknowledged', { type: 'data_request', id: request.id });
	tell(tx, request.personId, request, mailDataRequestAcknowledged);
}

/** Once, and only before the first day it was due has passed (UK GDPR article 12(3)). */
function extend(tx: Tx, request: Request, because: string): void {
	if (request.extendedBecause !== null) throw new Invalid('act', 'It was given more time already; it must be answered now.');
	if (tx.ctx.today > request.dueOn) throw new Invalid('act', 'More time can only be taken before the answer was due.');
	const dueOn = onWorkingDay(holidaysOf(tx.db), addMonths(request.dueOn, requestRules(tx.db, tx.ctx.today).extensionMonths));
	const text = 'UPDATE data_request SET extended_because = ?, due_on = ?, acknowledged_at = coalesce(acknowledged_at, ?), version = version + 1 WHERE id = ?';
	prepared(tx.db.sql, text).run(because, dueOn, tx.ctx.now, request.id);
	record(tx, 'data_request.extended', { type: 'data_request', id: request.id }, { dueOn });
	tell(tx, request.personId, { ...request, dueOn }, mailDataRequestExtended);
}

function answer(tx: Tx, request: Request, outcome: 'done' | 'partly' | 'refused', words: string): void {
	prepared(tx.db.sql, CLOSE).run(outcome, words, tx.ctx.now, request.id);
	record(tx, 'data_request.answered', { type: 'data_request', id: request.id }, { outcome });
	tell(tx, request.personId, request, mailDataRequestAnswered);
}

function requestIn(tx: Tx, reference: string): Request {
	const text = `SELECT id, reference, person_id AS personId, due_on AS dueOn, acknowledged_at AS acknowledgedAt, extended_because AS extendedBecause,
		answered_at AS answeredAt, version FROM data_request WHERE reference = ?`;
	const row = prepared(tx.db.sql, text).get(reference) as Request | undefined;
	if (!row) throw new NotFound('There is no such request.');
	return row;
}

function tell(tx: Tx, personId: string, request: { reference: string; dueOn: string }, mail: typeof mailDataRequestReceived): void {
	const to = mailAddressOf(tx.db, personId);
	if (to === null) return;
	queueMail(tx, mail({ settings: tx.ctx.settings, to, request }));
}

function onWorkingDay(holidays: Holidays, day: string): string {
	return addWorkingDays(holidays, addDays(day, -1), 1);
}

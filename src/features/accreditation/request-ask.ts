import { createHmac } from 'node:crypto';
import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { useOnce } from '#core/rate-limit.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { nameOfPerson } from '#features/cpd/index.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { post } from './apply-post.ts';
import { requestMail } from './request-mails.ts';
import { newestRequest, type RequestKind, type RequestRow, requestById } from './request-queries.ts';
import { wantsAnother } from './request-state.ts';
import { type Standing, standingOf, takeStep } from './step.ts';

/** Whom a request goes to: `personId` for somebody on file, whose address nobody else is shown. */
export type Addressee = { name: string; email: string | null; personId: string | null };
export type NewRequest = { kind: RequestKind; place: number; to: Addressee; about: string };

const MOST_A_DAY = 20;
const DAY_MS = 86_400_000;

/** Puts somebody into a place of an application; nobody is asked yet. Joins a transaction and never authorises. @returns the key. @throws Conflict when the place is taken */
export function nameRequest(tx: Tx, { application, standards }: Standing, { kind, place, to, about }: NewRequest): string {
	const newest = newestRequest(tx.db, application.id, kind, place);
	if (newest !== null && !isEmptyPlace(newest)) throw new Conflict('Somebody has been asked for this already. Open the page again to see where it stands.');
	const id = newId();
	const { now, today, actor } = tx.ctx;
	const text = `INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_email, to_person_id, about, made_at, made_by, due_on)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const by = actor.kind === 'person' ? actor.personId : actor.kind;
	const values = [id, application.id, kind, place, to.name, to.email, to.personId, about, now, by, addDays(today, standards.limits.requestDays)];
	prepared(tx.db.sql, text).run(...values);
	record(tx, 'accreditation.request_named', { type: 'application', id: application.id }, { request: id, kind, place }, { ...to });
	return id;
}

function isEmptyPlace(row: RequestRow): boolean {
	return row.ending === 'cancelled' || wantsAnother(row);
}

/**
 * Asks whoever was named: writes to them with their link, and the application takes note that it waits. Joins a transaction and never authorises.
 * @throws Conflict when they were asked already or have no address; Invalid beside `email` when too many were asked today
 */
export function sendRequest(tx: Tx, requestId: string): void {
	const row = requestById(tx.db, requestId);
	if (row.sentAt !== null || row.endedAt !== null) throw new Conflict('They have been asked already.');
	const standing = standingOf(tx.db, row.applicationId);
	const limit = { key: `accreditation-ask:${standing.application.personId}`, most: MOST_A_DAY, windowMs: DAY_MS };
	if (useOnce(tx.db, tx.ctx.now, [limit]) !== null) throw new Invalid('email', `${MOST_A_DAY} people were asked today. Please ask again tomorrow.`);
	write(tx, row, addDays(tx.ctx.today, standing.standards.limits.requestDays));
	takeStep(tx, standing, 'request_made', { request: row.id, kind: row.kind, place: row.place, ...insteadOf(tx.db, standing, row) });
}

/** Writes once more to somebody who was asked, at a corrected address: the earlier link ends. Joins a transaction and never authorises. */
export function sendAgainTo(tx: Tx, row: RequestRow, email: string): void {
	const personId = row.toPersonId ?? personAt(tx.db, email);
	prepared(tx.db.sql, 'UPDATE accreditation_request SET to_email = ?, to_person_id = ? WHERE id = ?').run(email, personId, row.id);
	write(tx, { ...row, toEmail: email }, row.dueOn);
}

function write(tx: Tx, row: RequestRow, dueOn: string): void {
	const { ctx } = tx;
	const to = addressOf(tx.db, row);
	if (to === null) throw new Conflict('There is no address to write to. Name them again, with an address.');
	const token = tokenOf(ctx, row.id, ctx.now);
	const text = `UPDATE accreditation_request SET sent_at = ?, due_on = ?, token_hash = ?, failed_at = NULL, exchange_hash = NULL, exchanged_at = NULL,
		version = version + 1 WHERE id = ? AND version = ? AND ended_at IS NULL`;
	if (prepared(tx.db.sql, text).run(ctx.now, dueOn, hashToken(token), row.id, row.version).changes !== 1) throw new Conflict(CHANGED);
	const { personId } = standingOf(tx.db, row.applicationId).application;
	const facts = { id: row.id, kind: row.kind, sentAt: ctx.now, token, applicant: nameOfPerson(tx.db, personId), about: row.about, dueOn };
	post(tx, requestMail(ctx.settings, facts, to));
	record(tx, 'accreditation.request_sent', { type: 'application', id: row.applicationId }, { request: row.id, kind: row.kind, dueOn });
}

export const CHANGED = 'Something about this request has just changed. Open the page again to see where it stands.';

/** The request whose empty place a new one takes, as the step says it. */
function insteadOf(db: Db, { state }: Standing, row: RequestRow): { insteadOf?: string } {
	const text = 'SELECT id FROM accreditation_request WHERE application_id = ? AND kind = ? AND place = ? AND id <> ? ORDER BY made_at DESC, id DESC';
	const earlier = prepared(db.sql, text).pluck().all(row.applicationId, row.kind, row.place, row.id) as string[];
	const empty = earlier.find((id) => state.wantsAnother.includes(id));
	return empty === undefined ? {} : { insteadOf: empty };
}

/**
 * The token of a request's link. It follows from the request and the moment of sending under the installation's secret, so that a reminder
 * carries the same link as the first message; the register holds its hash only.
 */
export function tokenOf({ keys }: Pick<Ctx, 'keys'>, requestId: string, sentAt: number): string {
	return createHmac('sha256', keys.secret).update(`accreditation-request:${requestId}:${sentAt}`).digest('base64url');
}

/** Where a request goes: the address that was given, else the one on file. Never shown to the applicant. */
export function addressOf(db: Db, { toEmail, toPersonId }: Pick<RequestRow, 'toEmail' | 'toPersonId'>): string | null {
	return toEmail ?? (toPersonId === null ? null : mailAddressOf(db, toPersonId));
}

/** Who on file has an address, so that conflicts of interest are found; null for nobody, or more than one. */
export function personAt(db: Db, email: string): string | null {
	const text = `SELECT id FROM person WHERE lower(email) = :key AND died_on IS NULL UNION SELECT person_id FROM account WHERE lower(email) = :key LIMIT 2`;
	const found = prepared(db.sql, text)
		.pluck()
		.all({ key: mailboxKey(email) }) as string[];
	return found.length === 1 ? (found[0] ?? null) : null;
}

import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationRequest } from '#db/schema/index.ts';

/** A request with what became of the message that carried it: sent, given up, or tried without success so far. */
export type RequestRow = typeof accreditationRequest.$inferSelect & { mailSentAt: number | null; mailFailedAt: number | null; mailProblem: string | null };
export type RequestKind = RequestRow['kind'];

const COLUMNS = `r.id, r.application_id AS applicationId, r.kind, r.place, r.to_name AS toName, r.to_email AS toEmail, r.to_person_id AS toPersonId, r.about,
	r.made_at AS madeAt, r.made_by AS madeBy, r.due_on AS dueOn, r.token_hash AS tokenHash, r.exchange_hash AS exchangeHash, r.exchanged_at AS exchangedAt,
	r.sent_at AS sentAt, r.failed_at AS failedAt, r.opened_at AS openedAt, r.more_time_at AS moreTimeAt, r.ended_at AS endedAt, r.ending,
	r.by_hand_by AS byHandBy, r.answer, r.judged_at AS judgedAt, r.judged_by AS judgedBy, r.judgement, r.judgement_words AS judgementWords, r.version`;
// Sent again by the office, the second message says how it went.
const READ = `SELECT ${COLUMNS}, coalesce(again.sent_at, o.sent_at) AS mailSentAt,
	CASE WHEN again.id IS NULL THEN o.failed_at ELSE again.failed_at END AS mailFailedAt,
	CASE WHEN again.id IS NULL THEN o.last_error ELSE again.last_error END AS mailProblem
	FROM accreditation_request r
	LEFT JOIN outbox o ON o.dedupe_key = 'accreditation.request:' || r.id || ':' || r.sent_at
	LEFT JOIN outbox again ON again.dedupe_key = 'again:' || o.id`;

/** Every request of an application, the oldest first. Never authorises. */
export function requestsIn(db: Db, applicationId: string): RequestRow[] {
	return prepared(db.sql, `${READ} WHERE r.application_id = ? ORDER BY r.made_at, r.id`).all(applicationId) as RequestRow[];
}

/** The newest request for a place, or null. Never authorises. */
export function newestRequest(db: Db, applicationId: string, kind: RequestKind, place: number): RequestRow | null {
	return (
		requestsIn(db, applicationId)
			.filter((row) => row.kind === kind && row.place === place)
			.at(-1) ?? null
	);
}

/** One request by its key. Never authorises. @throws NotFound */
export function requestById(db: Db, id: string): RequestRow {
	const row = prepared(db.sql, `${READ} WHERE r.id = ?`).get(id) as RequestRow | undefined;
	if (!row) throw new NotFound('There is no such request.');
	return row;
}

/** One request by the hash of its link's token, or of what that was exchanged for; null when there is none. Never authorises. */
export function requestByHash(db: Db, column: 'token' | 'exchange', hash: string): RequestRow | null {
	const where = column === 'token' ? 'r.token_hash = ?' : 'r.exchange_hash = ?';
	return (prepared(db.sql, `${READ} WHERE ${where}`).get(hash) as RequestRow | undefined) ?? null;
}

/** Requests that were sent and have not come to an end, those due first. Never authorises: for the job. */
export function requestsOpen(db: Db): RequestRow[] {
	return prepared(db.sql, `${READ} WHERE r.ended_at IS NULL AND r.sent_at IS NOT NULL ORDER BY r.due_on, r.id`).all() as RequestRow[];
}

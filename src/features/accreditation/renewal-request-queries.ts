import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { renewalRequest } from '#db/schema/index.ts';

/** Whoever was asked by a link for a word on a re-accreditation, with what became of the message that carried it. */
export type WordRequest = typeof renewalRequest.$inferSelect & { mailSentAt: number | null; mailFailedAt: number | null; mailProblem: string | null };

const READ = `SELECT q.id, q.renewal_id AS renewalId, q.to_name AS toName, q.to_email AS toEmail, q.to_person_id AS toPersonId, q.asked_by AS askedBy,
	q.asked_at AS askedAt, q.due_on AS dueOn, q.sent_at AS sentAt, q.token_hash AS tokenHash, q.exchange_hash AS exchangeHash, q.exchanged_at AS exchangedAt,
	q.opened_at AS openedAt, q.failed_at AS failedAt, q.more_time_at AS moreTimeAt, q.ended_at AS endedAt, q.ending, q.by_hand_by AS byHandBy, q.answer,
	q.words, q.signed_name AS signedName, q.statement, q.version, coalesce(again.sent_at, o.sent_at) AS mailSentAt,
	CASE WHEN again.id IS NULL THEN o.failed_at ELSE again.failed_at END AS mailFailedAt,
	CASE WHEN again.id IS NULL THEN o.last_error ELSE again.last_error END AS mailProblem
	FROM renewal_request q LEFT JOIN outbox o ON o.dedupe_key = 'renewal.request:' || q.id || ':' || q.sent_at
	LEFT JOIN outbox again ON again.dedupe_key = 'again:' || o.id`;

/** Everybody who was asked by a link, or whose letter was typed in, the first one first. Never authorises. */
export function wordRequestsOn(db: Db, renewalId: string): WordRequest[] {
	return prepared(db.sql, `${READ} WHERE q.renewal_id = ? ORDER BY q.asked_at, q.id`).all(renewalId) as WordRequest[];
}

/** One of them by its key. Never authorises. @throws NotFound */
export function wordRequestById(db: Db, id: string): WordRequest {
	const row = prepared(db.sql, `${READ} WHERE q.id = ?`).get(id) as WordRequest | undefined;
	if (!row) throw new NotFound('There is no such request.');
	return row;
}

/** One by the hash of its link's token, or of what that was exchanged for; null when there is none. Never authorises. */
export function wordRequestByHash(db: Db, column: 'token' | 'exchange', hash: string): WordRequest | null {
	const where = column === 'token' ? 'q.token_hash = ?' : 'q.exchange_hash = ?';
	return (prepared(db.sql, `${READ} WHERE ${where}`).get(hash) as WordRequest | undefined) ?? null;
}

/** Those that were sent and have not come to an end, those due first. Never authorises: for the job. */
export function wordRequestsOpen(db: Db): WordRequest[] {
	return prepared(db.sql, `${READ} WHERE q.ended_at IS NULL AND q.sent_at IS NOT NULL ORDER BY q.due_on, q.id`).all() as WordRequest[];
}

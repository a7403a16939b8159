import type { Db } from '#db/client.ts';
import { type AuditLink, digest, FIRST_LINK, macOf } from './audit.ts';

export type AuditVerdict = { ok: true; events: number; head: string } | { ok: false; events: number; seq: number; problem: string };

type Row = AuditLink & { seq: number; mac: string; salt: string | null; personal: string | null };

/**
 * Walks the whole chain and names the first event that was changed, removed, added or moved.
 * @param expectedHead the head noted elsewhere (a backup, the last mail to two officers): only that shows a cut-off tail.
 */
export function verifyAudit(db: Db, key: Buffer, expectedHead?: { seq: number; mac: string }): AuditVerdict {
	let previous = FIRST_LINK;
	let last = 0;
	const rows = db.sql.prepare('SELECT e.*, p.salt, p.data AS personal FROM audit_event e LEFT JOIN audit_personal p ON p.seq = e.seq ORDER BY e.seq');
	for (const row of rows.iterate() as IterableIterator<Row>) {
		const problem = problemOf(row, previous, last, key);
		if (problem) return { ok: false, events: last, seq: row.seq, problem };
		if (expectedHead?.seq === row.seq && expectedHead.mac !== row.mac) return { ok: false, events: last, seq: row.seq, problem: 'differs from the noted head' };
		previous = row.mac;
		last = row.seq;
	}
	const stored = (db.sql.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'audit_event'").pluck().get() as number | undefined) ?? 0;
	const cut = Math.max(stored, expectedHead?.seq ?? 0);
	if (last < cut) return { ok: false, events: last, seq: last + 1, problem: 'events at the end are missing' };
	return { ok: true, events: last, head: previous };
}

function problemOf(row: Row, previous: string, last: number, key: Buffer): string | null {
	if (row.seq !== last + 1) return 'events before this one are missing';
	if (row.previous_mac !== previous) return 'does not follow the event before it';
	if (row.mac !== macOf(key, row)) return 'was changed after it was recorded';
	if (row.personal !== null && row.personal_digest !== digest(row.salt ?? '', row.personal)) return 'has personal values that were changed';
	return null;
}

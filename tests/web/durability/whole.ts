import type { Db } from '#db/client.ts';
import type { Acknowledged } from './crowd.ts';

const count = ({ sql }: Db, text: string, ...values: unknown[]) =>
	sql
		.prepare(text)
		.pluck()
		.get(...values) as number;

/** Messages that are not there exactly once, with their event and their two letters; empty when all are. */
export function notWhole(db: Db, acknowledged: readonly Acknowledged[]): string[] {
	return acknowledged.flatMap(({ text, reference }) => {
		const rows = db.sql.prepare('SELECT id, reference FROM enquiry WHERE sender_name = ?').all(text) as { id: string; reference: string }[];
		const [row] = rows;
		if (!row || rows.length > 1 || (reference !== null && row.reference !== reference)) return [`${text}: ${rows.length} rows`];
		const parts = [
			count(db, "SELECT count(*) FROM audit_event WHERE kind = 'enquiry.sent' AND subject_id = ?", row.id),
			count(db, 'SELECT count(*) FROM outbox WHERE subject LIKE ?', `%${row.reference}%`),
		];
		return parts[0] === 1 && parts[1] === 2 ? [] : [`${text}: ${parts[0]} events, ${parts[1]} letters`];
	});
}

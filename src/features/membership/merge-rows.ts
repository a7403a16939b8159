import type { Tx } from '#core/commit.ts';
import { prepared } from '#db/prepared.ts';

/** Where a table names a person. `key`: the columns of its primary key. */
type Reference = { table: string; column: string; key: string[] };
export type RowCount = { table: string; count: number };
export type Moved = { moved: RowCount[]; stayed: RowCount[] };

/** Moved by rules of their own, or copies that are made anew, or what tells of merges itself. */
const APART = new Set([
	'person_name',
	'name_key',
	'name_sound',
	'registration',
	'finder',
	'finder_due',
	'person_merge',
	'person_merge_row',
	'person_unmerge',
	'not_same_person',
	'file_read',
]);
/** What someone shows on their page: two pages are never mixed, so all of it moves or none. */
const isListing = (table: string) => (/^listing/.test(table) && table !== 'listing_former_slug') || table === 'practice_place';

/** That somebody has to do with a concern is nobody's to learn from a merge: its rows move, and are not counted aloud (issue 5 §2). */
export const isSealed = (table: string): boolean => /^concern(_|$)/.test(table);

/**
 * Gives every row that names the loser to the winner, in whatever table. What a rule of the schema keeps where it is (unique, or never to be
 * changed) stays with the second file. Each row is noted in `person_merge_row`. Joins a transaction.
 */
export function moveRows(tx: Tx, loserId: string, winnerId: string): Moved {
	const counts = { moved: new Map<string, number>(), stayed: new Map<string, number>() };
	const keepsListing = prepared(tx.db.sql, 'SELECT 1 FROM listing WHERE person_id = ?').get(winnerId) !== undefined;
	for (const reference of references(tx)) {
		const mayMove = !(keepsListing && isListing(reference.table));
		for (const key of rowsOf(tx, reference, loserId)) {
			const what = mayMove && moveRow(tx, reference, key, winnerId) ? 'moved' : 'stayed';
			counts[what].set(reference.table, (counts[what].get(reference.table) ?? 0) + 1);
			noteRow(tx, { loserId, table: reference.table, column: reference.column, what, row: key });
		}
	}
	const listed = (map: Map<string, number>) => [...map].filter(([table]) => !isSealed(table)).map(([table, count]) => ({ table, count }));
	return { moved: listed(counts.moved), stayed: listed(counts.stayed) };
}

/** Notes one row of a merge, with what tells it from others and what it said before. */
export function noteRow(tx: Tx, note: { loserId: string; table: string; column: string; what: 'moved' | 'stayed' | 'changed'; row: object }): void {
	const text = 'INSERT INTO person_merge_row (loser_id, table_name, column_name, what, row_before) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(note.loserId, note.table, note.column, note.what, JSON.stringify(note.row));
}

function references(tx: Tx): Reference[] {
	const text = `SELECT m.name AS "table", f."from" AS "column", (SELECT json_group_array(c.name) FROM pragma_table_info(m.name) c WHERE c.pk > 0) AS key
		FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'person' ORDER BY m.name, f."from"`;
	const rows = prepared(tx.db.sql, text).all() as { table: string; column: string; key: string }[];
	return rows.filter(({ table }) => !APART.has(table)).map((row) => ({ ...row, key: JSON.parse(row.key) as string[] }));
}

type Key = Record<string, string | number | null>;

function rowsOf(tx: Tx, { table, column, key }: Reference, loserId: string): Key[] {
	return tx.db.sql.prepare(`SELECT ${key.map(quoted).join(', ')} FROM ${quoted(table)} WHERE ${quoted(column)} = ?`).all(loserId) as Key[];
}

function moveRow(tx: Tx, { table, column, key }: Reference, row: Key, winnerId: string): boolean {
	const where = key.map((name) => `${quoted(name)} IS :${name}`).join(' AND ');
	if (table === 'membership_period' && beginsAlike(tx, row, winnerId)) return false;
	try {
		return (
			tx.db.sql.prepare(`UPDATE OR IGNORE ${quoted(table)} SET ${quoted(column)} = :merge_winner WHERE ${where}`).run({ ...row, merge_winner: winnerId })
				.changes === 1
		);
	} catch (error) {
		if ((error as { code?: string }).code === 'SQLITE_CONSTRAINT_TRIGGER') return false;
		throw error;
	}
}

/** Two periods of one person that begin on one day would be one and the same. */
function beginsAlike(tx: Tx, { id }: Key, winnerId: string): boolean {
	const text = 'SELECT 1 FROM membership_period w JOIN membership_period l ON l.from_on = w.from_on WHERE l.id = ? AND w.person_id = ?';
	return prepared(tx.db.sql, text).get(id, winnerId) !== undefined;
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import type { Merge } from './merge-commands.ts';
import { isSealed, type RowCount } from './merge-rows.ts';
import { indexName, unindexName } from './names.ts';
import { changePerson, type PersonDetails } from './person-commands.ts';

type Noted = { table: string; column: string; what: 'moved' | 'stayed' | 'changed'; row: Record<string, string | number | null> };
/** What the merge noted of the person: fields that were taken over, and names that were added to the winner (their keys). */
export type Taken = { taken: (keyof PersonDetails)[]; bornOn: boolean; names?: string[] };

/** Everything a merge noted, the last first, as it is taken back. */
export function notedRows(tx: Pick<Tx, 'db'>, loserId: string): Noted[] {
	const text = `SELECT table_name AS "table", column_name AS "column", what, row_before AS row FROM person_merge_row WHERE loser_id = ? ORDER BY id DESC`;
	const rows = prepared(tx.db.sql, text).all(loserId) as (Omit<Noted, 'row'> & { row: string })[];
	return rows.map((noted) => ({ ...noted, row: JSON.parse(noted.row) as Noted['row'] }));
}

/** What the merge noted of the person; null for one that was made before names were noted, which cannot be taken back whole. */
export function takenIn(rows: readonly Noted[]): Taken | null {
	const noted = rows.find(({ table, what }) => table === 'person' && what === 'changed')?.row as unknown as Taken | undefined;
	return noted?.names ? noted : null;
}

/** Gives back every row that moved and is still there. Joins a transaction. @returns how many went back, by table. @throws Conflict */
export function moveBack(tx: Tx, { loserId, winnerId }: Merge, rows: readonly Noted[]): RowCount[] {
	const counts = new Map<string, number>();
	for (const noted of rows.filter(({ what }) => what === 'moved'))
		if (giveBack(tx, { loserId, winnerId }, noted)) counts.set(noted.table, (counts.get(noted.table) ?? 0) + 1);
	return [...counts].filter(([table]) => !isSealed(table)).map(([table, count]) => ({ table, count }));
}

/** A row that was deleted since, or given to somebody else, is left alone. */
function giveBack(tx: Tx, { loserId, winnerId }: Merge, { table, column, row }: Noted): boolean {
	const key = { ...row, ...(column in row && { [column]: winnerId }) };
	const where = Object.keys(key).map((name) => `${quoted(name)} IS :${name}`);
	const text = `UPDATE ${quoted(table)} SET ${quoted(column)} = :merge_loser WHERE ${quoted(column)} = :merge_winner AND ${where.join(' AND ')}`;
	try {
		return tx.db.sql.prepare(text).run({ ...key, merge_loser: loserId, merge_winner: winnerId }).changes === 1;
	} catch (error) {
		if (!String((error as { code?: string }).code).startsWith('SQLITE_CONSTRAINT')) throw error;
		throw new Conflict(`Something of “${table.replaceAll('_', ' ')}” can no longer be given back: it has been settled since.`);
	}
}

/** The number goes back to the file that had it; one that had become a former number is a number again. */
export function giveNumberBack(tx: Tx, { loserId }: Merge, rows: readonly Noted[]): void {
	const row = rows.find(({ table, what }) => table === 'registration' && what === 'changed')?.row;
	if (!row) return;
	const { sql } = tx.db;
	if (prepared(sql, 'DELETE FROM registration_former WHERE number = ?').run(row.number).changes === 0)
		prepared(sql, 'UPDATE registration SET person_id = ? WHERE number = ?').run(loserId, row.number);
	else
		prepared(sql, 'INSERT INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, ?)').run(
			loserId,
			row.number,
			row.sequence,
			row.registered_on,
		);
}

/** Names that the merge added to the winner go; the other file has its present name again and is found by all of its names. */
export function giveNamesBack(tx: Tx, { loserId }: Merge, rows: readonly Noted[], { names = [] }: Taken): void {
	const { sql } = tx.db;
	for (const id of names) {
		unindexName(tx, id);
		prepared(sql, 'DELETE FROM person_name WHERE id = ?').run(id);
	}
	const present = rows.find(({ table, what }) => table === 'person_name' && what === 'changed')?.row.id;
	prepared(sql, 'UPDATE person_name SET to_on = NULL WHERE id = ?').run(present);
	const text = 'SELECT id, given_names AS givenNames, family_name AS familyName FROM person_name WHERE person_id = ?';
	for (const name of prepared(sql, text).all(loserId) as { id: string; givenNames: string; familyName: string }[])
		indexName(tx, { ...name, personId: loserId });
}

/** What the winner took over and has not changed since goes; the office's own id goes back. */
export function giveFactsBack(tx: Tx, { loserId, winnerId }: Merge, { taken, bornOn }: Taken): void {
	const { sql } = tx.db;
	const read = 'SELECT title, gender, email, phone, import_key AS importKey, born_on AS bornOn FROM person WHERE id = ?';
	const facts = (id: string) => prepared(sql, read).get(id) as Record<string, string | null>;
	const [loser, winner] = [facts(loserId), facts(winnerId)];
	const gone = taken.filter((name) => name === 'importKey' || winner[name] === loser[name]);
	if (gone.length > 0) changePerson(tx, winnerId, Object.fromEntries(gone.map((name) => [name, null])));
	if (taken.includes('importKey')) changePerson(tx, loserId, { importKey: winner.importKey ?? null });
	if (!bornOn || winner.bornOn !== loser.bornOn) return;
	prepared(sql, 'UPDATE person SET born_on = NULL, version = version + 1 WHERE id = ?').run(winnerId);
	const was = { before: { bornOn: winner.bornOn }, after: { bornOn: null } };
	record(tx, 'person.birth_date_changed', { type: 'person', id: winnerId }, {}, was);
}

/** Where both had a listing, the other one has its address again, and is shown if it was. */
export function giveListingAddressBack(tx: Tx, { loserId, winnerId }: Merge, rows: readonly Noted[]): void {
	const row = rows.find(({ table, column, what }) => table === 'listing' && column === 'slug' && what === 'changed')?.row;
	if (!row) return;
	prepared(tx.db.sql, 'DELETE FROM listing_former_slug WHERE slug = ? AND person_id = ?').run(row.slug, winnerId);
	const text = 'UPDATE listing SET slug = ?, published_on = ?, withdrawn_on = ? WHERE person_id = ?';
	prepared(tx.db.sql, text).run(row.slug, row.published_on, row.withdrawn_on, loserId);
}

function quoted(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}

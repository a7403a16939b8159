import { inArray } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { DISPOSALS, type Disposal } from '#db/disposal.ts';
import { PERSONAL_TABLES, type RetentionClass } from '#db/personal-data.ts';
import { storedFile } from '#db/schema/files.ts';
import type { Tx } from './commit.ts';
import { dropFile } from './files.ts';

/** Which rows of a table: a condition in SQL, and the values of its names. */
export type Rows = { where: string; values: Record<string, string> };
/** What went, by table; `files` were marked and their contents are to be removed after the commit (`removeDeletedFile`). */
export type Destroyed = { counts: Record<string, number>; files: string[] };

/** Decided tables with the class that decides when they go. */
export const DISPOSED: readonly (Disposal & { keptAs: RetentionClass; where: string; title: string })[] = DISPOSALS.flatMap((disposal) => {
	const about = PERSONAL_TABLES.find(({ table }) => table === disposal.table);
	return about ? [{ ...disposal, keptAs: disposal.as ?? about.keptAs, where: disposal.erases ?? about.where, title: about.title }] : [];
});

/** How many rows still have something to destroy. */
export function countRows({ sql }: Db, disposal: Disposal, rows: Rows): number {
	return sql
		.prepare(`SELECT count(*) FROM "${disposal.table}" WHERE ${conditionOf(disposal, rows)}`)
		.pluck()
		.get(rows.values) as number;
}

/**
 * Opens what the schema keeps shut against changes, for `work` only, in the running transaction. Keys are checked at its end, so that parents
 * and children may go in any order.
 */
export function whileOpen<T>(tx: Tx, work: () => T): T {
	tx.db.sql.pragma('defer_foreign_keys = ON');
	tx.db.sql.prepare('INSERT INTO destruction_open (only) VALUES (1)').run();
	const result = work();
	tx.db.sql.prepare('DELETE FROM destruction_open').run();
	return result;
}

/** Destroys some rows of a table as `DISPOSALS` says; what is kept is left alone. Call it inside `whileOpen`. Adds to `done`. */
export function destroyRows(tx: Tx, disposal: Disposal, rows: Rows, { because, done }: { because: 'retention' | 'erasure'; done: Destroyed }): void {
	if (disposal.how === 'keep') return;
	const condition = conditionOf(disposal, rows);
	const { person, people } = rows.values;
	for (const text of disposal.also ?? []) {
		if (person !== undefined) tx.db.sql.prepare(text).run({ person });
		if (people !== undefined) tx.db.sql.prepare(ofMany(text)).run({ people });
	}
	const count = disposal.how === 'file' ? destroyFiles(tx, condition, rows, { because, done }) : change(tx, disposal, condition, rows);
	if (count > 0) done.counts[disposal.table] = (done.counts[disposal.table] ?? 0) + count;
}

function change(tx: Tx, { how, table, set }: Disposal, condition: string, { values }: Rows): number {
	const text = how === 'delete' ? `DELETE FROM "${table}" WHERE ${condition}` : `UPDATE "${table}" SET ${set} WHERE ${condition}`;
	return tx.db.sql.prepare(text).run(values).changes;
}

/** A file's row stays, so that its content is removed and a restore does not look for it; its name and what it seemed to hold go. */
function destroyFiles(tx: Tx, condition: string, { values }: Rows, { because, done }: { because: 'retention' | 'erasure'; done: Destroyed }): number {
	const ids = tx.db.sql.prepare(`SELECT id FROM stored_file WHERE ${condition}`).pluck().all(values) as string[];
	for (const id of ids) dropFile(tx, id, because);
	if (ids.length > 0)
		tx.db.orm.update(storedFile).set({ name: 'erased', hints: '[]', quarantineFinding: null, quarantinedAt: null }).where(inArray(storedFile.id, ids)).run();
	done.files.push(...ids);
	return ids.length;
}

/** A condition about one person (`= :person`) made one about many, given as a JSON list (`:people`). */
export function ofMany(condition: string): string {
	return condition.replaceAll('= :person', 'IN (SELECT value FROM json_each(:people))');
}

/** Nothing destroyed yet. */
export function nothingDestroyed(): Destroyed {
	return { counts: {}, files: [] };
}

/**
 * What was deleted stays readable in the database's file until the log of changes has been written into it.
 * @returns false when somebody is reading just now: it is then done by the daily `purge`
 */
export function writeThrough({ sql }: Db): boolean {
	const patience = sql.pragma('busy_timeout', { simple: true });
	sql.pragma('busy_timeout = 100');
	const [result] = sql.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
	sql.pragma(`busy_timeout = ${patience}`);
	return result?.busy === 0;
}

function conditionOf({ how, live }: Disposal, { where }: Rows): string {
	const isLive = how === 'file' ? "name <> 'erased'" : live;
	return isLive ? `(${where}) AND (${isLive})` : `(${where})`;
}

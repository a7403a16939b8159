import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { record } from './audit.ts';
import type { Tx } from './commit.ts';

/** Tables whose rows have sealed bytes in the folder of files: since when a row's bytes are gone, and what it is told by when no backup had them. */
const STORES = [
	{ table: 'stored_file', gone: 'deleted_at', because: 'deleted_because' },
	{ table: 'concern_file', gone: 'removed_at', because: 'removed_because' },
] as const;

/** Files whose content must be on the disk. A register older than a table has none of it. */
export function liveFiles(db: Db): { id: string; sealedSha256: string }[] {
	const rows = storesIn(db).flatMap(({ table, gone }) => {
		const text = `SELECT id, sealed_sha256 AS sealedSha256 FROM ${table} WHERE ${gone} IS NULL`;
		return prepared(db.sql, text).all() as { id: string; sealedSha256: string }[];
	});
	return rows.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Names that rows know: of files that are kept, and of those deleted with the instant they were, in milliseconds UTC. */
export function namesKnown(db: Db): { live: Set<string>; deleted: Map<string, number> } {
	const texts = storesIn(db).map(({ table, gone }) => `SELECT sealed_sha256, ${gone} FROM ${table} WHERE ${gone} IS NOT NULL`);
	if (has(db, 'concern_file_gone')) texts.push('SELECT sealed_sha256, gone_at FROM concern_file_gone');
	const gone = texts.flatMap((text) => db.sql.prepare(text).raw().all() as [string, number][]);
	return { live: new Set(liveFiles(db).map((row) => row.sealedSha256)), deleted: new Map(gone) };
}

/** What a restore could not bring back is said in the register itself, so that nobody looks for it: it was deleted after the backup was made. */
export function markMissing(tx: Tx, ids: readonly string[]): void {
	for (const id of ids) {
		for (const { table, gone, because } of storesIn(tx.db))
			tx.db.sql.prepare(`UPDATE ${table} SET ${gone} = ?, ${because} = 'not_in_backup' WHERE id = ? AND ${gone} IS NULL`).run(tx.ctx.now, id);
		record(tx, 'file.deleted', { type: 'file', id }, { because: 'not_in_backup' });
	}
}

function storesIn(db: Db) {
	return STORES.filter(({ table }) => has(db, table));
}

function has(db: Db, table: string): boolean {
	return db.sql.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(table) !== undefined;
}

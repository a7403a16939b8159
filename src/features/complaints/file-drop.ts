import { record } from '#core/audit.ts';
import { bookkeep, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { removeSealed } from '#core/file-store.ts';
import { dropText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernFile } from '#db/schema/index.ts';
import { keyPlace, namePlace } from './file-seal.ts';

type Because = Exclude<(typeof concernFile.$inferSelect)['removedBecause'], null | 'not_in_backup'>;

/**
 * Marks a document as removed and destroys its key and its name; its bytes go with `removeConcernBytes` after the commit, or with the next
 * clean-up. Twice is the same as once. Joins a transaction and never authorises.
 */
export function dropConcernFile(tx: Tx, id: string, because: Because = 'retention'): void {
	const concernId = prepared(tx.db.sql, DROP).pluck().get(tx.ctx.now, because, id) as string | undefined;
	if (concernId === undefined) return;
	for (const place of [keyPlace(id), namePlace(id)]) dropText(tx, concernId, place);
	record(tx, 'concern.file_removed', { type: 'concern', id: concernId }, { because });
}

/** Removes from the disk the bytes of all documents of a concern that `dropConcernFile` marked, after that commit. */
export function removeConcernBytes({ db, settings }: Pick<Ctx, 'db' | 'settings'>, concernId: string): void {
	const names = prepared(db.sql, 'SELECT sealed_sha256 FROM concern_file WHERE concern_id = ? AND removed_at IS NOT NULL').pluck().all(concernId) as string[];
	for (const name of names) removeSealed(settings.dataDir, name);
}

/**
 * Deletes the rows of the documents of a concern that was never sent; that their bytes are to go is noted. Joins a transaction.
 * @returns the names of those bytes, to be removed from the disk after the commit
 */
export function forgetConcernFiles(tx: Tx, concernId: string): string[] {
	const names = prepared(tx.db.sql, 'SELECT sealed_sha256 FROM concern_file WHERE concern_id = ?').pluck().all(concernId) as string[];
	prepared(tx.db.sql, GONE).run(tx.ctx.now, concernId);
	prepared(tx.db.sql, 'DELETE FROM concern_file WHERE concern_id = ?').run(concernId);
	return names;
}

/** Forgets which bytes went with drafts, once they are in no backup any more. For the job. @returns how many */
export function forgetGoneFiles(ctx: Ctx): number {
	return bookkeep(ctx.db, () => prepared(ctx.db.sql, 'DELETE FROM concern_file_gone WHERE gone_at < ?').run(ctx.now - GONE_KEPT_MS).changes);
}

/** Twice as long as the backups keep what was deleted (`pruneBackupFiles`). */
const GONE_KEPT_MS = 62 * 86_400_000;
const DROP = 'UPDATE concern_file SET removed_at = ?, removed_because = ? WHERE id = ? AND removed_at IS NULL RETURNING concern_id';
const GONE = 'INSERT INTO concern_file_gone (sealed_sha256, gone_at) SELECT sealed_sha256, ? FROM concern_file WHERE concern_id = ? ON CONFLICT DO NOTHING';

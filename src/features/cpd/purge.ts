import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { removeDeletedFile } from '#core/files.ts';
import { prepared } from '#db/prepared.ts';
import { dropEvidence } from './evidence.ts';

/** For how long a deleted entry can be brought back. */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

/** Deletes for good what members deleted 30 days ago and more. Evidence goes with it. @returns how many entries */
export function purgeDeletedEntries(ctx: Ctx): number {
	const before = ctx.now - UNDO_DAYS * DAY_MS;
	const due = 'SELECT id FROM cpd_entry WHERE deleted_at <= ? AND frozen_at IS NULL';
	const ids = prepared(ctx.db.sql, due).pluck().all(before) as string[];
	if (ids.length === 0) return 0;
	const files = commit(ctx, { name: 'purgeDeletedEntries' }, (tx) => {
		const dropped = ids.flatMap((id) => dropEvidence(tx, id));
		for (const id of ids) prepared(tx.db.sql, 'DELETE FROM cpd_entry WHERE id = ? AND deleted_at <= ?').run(id, before);
		record(tx, 'cpd.entries_purged', { type: 'cpd_entry', id: 'deleted' }, { count: ids.length, ids });
		return dropped;
	});
	for (const id of files) removeDeletedFile(ctx, id);
	return ids.length;
}

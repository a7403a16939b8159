import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernFile } from '#db/schema/index.ts';
import { type FileState, stateOfFile } from './file-list.ts';
import type { FileLane } from './file-put.ts';
import { namePlace, openFile } from './file-seal.ts';

type Row = typeof concernFile.$inferSelect;
export type OpenedFile = { name: string; type: Row['type']; bytes: number; content: Buffer };

/** Why a document does not open, to whoever may know of it. */
export const FILE_SHUT: Record<Exclude<FileState, 'ready'>, string> = {
	being_checked: 'This document is still being checked for anything harmful. It is kept: try again in a few minutes.',
	quarantined: 'This document was found to be harmful after it was stored. Nobody can open it.',
	lost: 'This document was not in the backup from which the register was put back. It cannot be opened.',
};
const DAMAGED = 'This document is damaged on our disk and is not shown. It can be put back from a backup: please tell us.';

/**
 * A document of a concern with its content, proved. Never authorises and notes no opening: whoever asks has done both. With `lane`, one of another
 * lane is as one that is not there. @throws NotFound; Conflict in words while it does not open: being checked, harmful, damaged
 */
export async function readConcernFile(ctx: Ctx, concernId: string, fileId: string, lane?: FileLane): Promise<OpenedFile> {
	const row = prepared(ctx.db.sql, ROW).get(fileId, concernId) as Found | undefined;
	if (!row || (lane !== undefined && row.lane !== lane)) throw new NotFound('There is no such document.');
	const state = stateOfFile(row);
	if (state !== 'ready') throw new Conflict(FILE_SHUT[state]);
	const content = await openFile(ctx, { concernId, id: fileId }, row.sealedSha256);
	if (content === null || content.length !== row.bytes) throw new Conflict(DAMAGED);
	return { name: openText(ctx, concernId, namePlace(fileId)) ?? 'document', type: row.type, bytes: row.bytes, content };
}

type Found = Pick<Row, 'lane' | 'type' | 'bytes' | 'sealedSha256' | 'scannedAt' | 'quarantinedAt' | 'removedAt'>;
const ROW = `SELECT lane, type, bytes, sealed_sha256 AS sealedSha256, scanned_at AS scannedAt, quarantined_at AS quarantinedAt, removed_at AS removedAt
	FROM concern_file WHERE id = ? AND concern_id = ? AND (removed_at IS NULL OR removed_because = 'not_in_backup')`;

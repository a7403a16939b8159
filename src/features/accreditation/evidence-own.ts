import type { Ctx } from '#core/ctx.ts';
import { readStoredFile, type StoredFile } from '#core/files.ts';
import { ownStanding } from './apply-queries.ts';
import { filesAt } from './evidence-queries.ts';

/** One file of one's own application with its content. @throws NotFound unless both are one's own; Conflict while it is not checked */
export async function readOwnFile(ctx: Ctx, key: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	return readStoredFile(ctx, fileId, filesAt(ownStanding(ctx, key).application.id));
}

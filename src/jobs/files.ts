import type { Ctx } from '#core/ctx.ts';
import { checkFiles, cleanUpFiles } from '#core/file-upkeep.ts';

/** Deletes what nobody needs of stored files. */
export function cleanUpStoredFiles(ctx: Ctx): string {
	const { unused, deleted, unknown, unfinished } = cleanUpFiles(ctx);
	return `${unused} never used, ${deleted} deleted, ${unknown} unknown, ${unfinished} unfinished`;
}

/** Proves tonight's part of the stored files. */
export async function checkStoredFiles(ctx: Ctx): Promise<string> {
	return `${await checkFiles(ctx)} files whole`;
}

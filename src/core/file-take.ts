import { bookkeep } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { Invalid } from './errors.ts';
import { checkFile, type FileType, type FileUse } from './file-check.ts';
import { refuseWhenFull } from './free-space.ts';
import { type Limit, useOnce } from './rate-limit.ts';
import { type Scanner, type ScanVerdict, scannerFor } from './scan.ts';

/** The largest file that is taken, in bytes. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
export const HOUR_MS = 3_600_000;

/** A file that may be kept, as it will be kept. `text`: what a PDF says, for warnings. `scan`: what the scanner said; `found` must not be kept. */
export type TakenFile = { type: FileType; content: Buffer; text: string; scan: ScanVerdict; scannedBy: Scanner['name'] };

/** What is noted of a file's scan when it is stored: while no scanner has answered, it opens for nobody. */
export function scanNoted({ now }: Pick<Ctx, 'now'>, { scan, scannedBy }: Pick<TakenFile, 'scan' | 'scannedBy'>) {
	const isClean = scan.state === 'clean';
	return { scanTriedAt: now, scannedAt: isClean ? now : null, scannedBy: isClean ? scannedBy : null };
}

/**
 * Looks into a file that somebody sends, before it is kept: size, room on the disk, how many there were, its structure in a process of its own,
 * the scanner (security.md §5.2). Outside a transaction. Never authorises.
 * @throws Invalid beside `field` for a file that is refused, with what to do about it. @throws Error with code ENOSPC_UPLOADS when the disk is nearly full.
 */
export async function takeFile(ctx: Ctx, file: File, { field, use, limits }: { field: string; use: FileUse; limits: readonly Limit[] }): Promise<TakenFile> {
	if (file.size === 0) throw new Invalid(field, 'That file is empty. Choose another one.');
	if (file.size > MOST_FILE_BYTES) throw new Invalid(field, 'That file is larger than 10 MB. Make it smaller, or choose another one.');
	refuseWhenFull(ctx.settings);
	if (bookkeep(ctx.db, () => useOnce(ctx.db, ctx.now, limits)) !== null)
		throw new Invalid(field, 'You have sent many files in the last hour. Try again later.');
	const verdict = await checkFile(ctx.settings.sourceDir, Buffer.from(await file.arrayBuffer()), use);
	if ('refused' in verdict) throw new Invalid(field, verdict.refused);
	const scanner = scannerFor(ctx.settings);
	return { ...verdict, scan: await scanner.scan(verdict.content), scannedBy: scanner.name };
}

/** What is said of a file that a scanner knows. */
export const HARMFUL = 'That file was found to be harmful and is not kept.';

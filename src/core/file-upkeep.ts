import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, isNull, lt } from 'drizzle-orm';
import { storedFile } from '#db/schema/files.ts';
import { commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { liveFiles, namesKnown } from './file-rows.ts';
import { filesFolder, sealedPath, sha256 } from './file-store.ts';
import { dropFile } from './files.ts';

const DAY_MS = 86_400_000;
/** A file without a row may belong to a register that a restore put aside: it is kept as long as texts are (see backup-leftovers.ts). */
const UNKNOWN_KEPT_MS = 31 * DAY_MS;
/** The whole store is proved once in this many nights. */
const NIGHTS = 30;

/** Deletes files that were stored for a form nobody finished, contents of deleted files, and what a crash left without a row. */
export function cleanUpFiles(ctx: Ctx): { unused: number; deleted: number; unknown: number; unfinished: number } {
	const unused = dropUnused(ctx);
	const { live, deleted } = namesKnown(ctx.db);
	const counts = { unused, deleted: 0, unknown: 0, unfinished: 0 };
	for (const { name, path, age } of filesOnDisk(filesFolder(ctx.settings.dataDir), ctx.now)) {
		const kind = live.has(name) ? null : deleted.has(name) ? 'deleted' : name.endsWith('.part') ? 'unfinished' : 'unknown';
		const isDue = kind === 'deleted' || (kind === 'unfinished' && age > DAY_MS) || (kind === 'unknown' && age > UNKNOWN_KEPT_MS);
		if (!kind || !isDue) continue;
		rmSync(path, { force: true });
		counts[kind] += 1;
	}
	return counts;
}

function dropUnused(ctx: Ctx): number {
	const { id, createdAt, attachedAt, deletedAt } = storedFile;
	const isUnused = and(isNull(attachedAt), isNull(deletedAt), lt(createdAt, ctx.now - DAY_MS));
	const rows = ctx.db.orm.select({ id }).from(storedFile).where(isUnused).all();
	if (rows.length > 0) commit(ctx, { name: 'cleanUpFiles' }, (tx) => rows.forEach((row) => void dropFile(tx, row.id, 'never_used')));
	return rows.length;
}

/**
 * Proves a thirtieth of the stored files against the sum in their name, another one every day.
 * @throws Error that names the ids of files that are gone or damaged: they must be put back from a backup.
 */
export async function checkFiles(ctx: Ctx): Promise<number> {
	const tonight = Math.floor(ctx.now / DAY_MS) % NIGHTS;
	const rows = liveFiles(ctx.db).filter(({ sealedSha256 }) => Number.parseInt(sealedSha256.slice(0, 6), 16) % NIGHTS === tonight);
	const folder = filesFolder(ctx.settings.dataDir);
	const bad: string[] = [];
	for (const { id, sealedSha256 } of rows) if (!(await isWhole(folder, sealedSha256))) bad.push(id);
	if (bad.length > 0) throw new Error(`stored files are gone or damaged, put them back from a backup: ${bad.join(', ')}`);
	return rows.length;
}

/** Is the sealed file there, with the content that its name says? */
export async function isWhole(folder: string, name: string): Promise<boolean> {
	const bytes = await readFile(sealedPath(folder, name)).catch(() => null);
	return bytes !== null && sha256(bytes) === name;
}

/** Every file under a store's folder. `age` in milliseconds since it was written. */
export function filesOnDisk(folder: string, now: number): { name: string; path: string; age: number }[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => ({ name: entry.name, path: join(entry.parentPath, entry.name) }))
		.map((file) => ({ ...file, age: now - statSync(file.path).mtimeMs }));
}

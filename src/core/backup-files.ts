import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import type { Ctx } from './ctx.ts';
import { liveFiles, namesKnown } from './file-rows.ts';
import { filesFolder, sealedPath } from './file-store.ts';
import { filesOnDisk, isWhole } from './file-upkeep.ts';
import { syncFolder } from './mail-files.ts';

/** What of stored files a backup holds. `digest`: SHA-256 over their names in order; `missing`: ids of rows whose file was not there. */
export type KeptFiles = { count: number; bytes: number; digest: string; missing: string[] };

const KEPT_AFTER_DELETION_MS = 31 * 86_400_000;

/**
 * Puts beside the backups, in their folder `files`, every stored file that a fresh copy of the register knows. Each is there once for all
 * backups: a second name of the same file where the disk can do that, else a copy; proved by its sum when it comes.
 */
export async function backUpFiles(copy: string, dataDir: string, folder: string): Promise<KeptFiles> {
	const db = openDatabase(copy, { readonly: true });
	try {
		const kept: KeptFiles = { count: 0, bytes: 0, digest: '', missing: [] };
		const names = createHash('sha256');
		for (const { id, sealedSha256: name } of liveFiles(db)) {
			names.update(name);
			const [from, to] = [filesFolder(dataDir), filesFolder(folder)];
			if (!cameBefore(from, to, name) && !(await bring(from, to, name))) {
				kept.missing.push(id);
				continue;
			}
			kept.count += 1;
			kept.bytes += statSync(sealedPath(filesFolder(folder), name)).size;
		}
		return { ...kept, digest: names.digest('hex') };
	} finally {
		db.sql.close();
	}
}

/**
 * Deletes from the backups' folder what was deleted in the register more than 31 days ago, as texts are: no backup keeps longer what had to go.
 * @returns how many went.
 */
export function pruneBackupFiles(ctx: Ctx, folder: string): number {
	const { live, deleted } = namesKnown(ctx.db);
	const due = filesOnDisk(filesFolder(folder), ctx.now).filter(({ name, age }) => {
		if (live.has(name)) return false;
		return (deleted.has(name) ? ctx.now - (deleted.get(name) ?? 0) : age) > KEPT_AFTER_DELETION_MS;
	});
	for (const { path } of due) rmSync(path, { force: true });
	return due.length;
}

/** Ids of files that a register in a file knows and that are whole neither beside the backup nor in the data folder. */
export async function missingFiles(db: Db, from: { backups: string; dataDir: string }): Promise<string[]> {
	const missing: string[] = [];
	for (const { id, sealedSha256: name } of liveFiles(db)) {
		const isThere = (await isWhole(filesFolder(from.backups), name)) || (await isWhole(filesFolder(from.dataDir), name));
		if (!isThere) missing.push(id);
	}
	return missing;
}

/** Puts back every file that a restored register knows. @returns ids of those that are nowhere any more. */
export async function restoreFiles(db: Db, from: { backups: string; dataDir: string }): Promise<string[]> {
	const missing: string[] = [];
	for (const { id, sealedSha256: name } of liveFiles(db)) {
		if (!(await bring(filesFolder(from.backups), filesFolder(from.dataDir), name))) missing.push(id);
	}
	return missing;
}

/** Has a whole file in `to`, from `from` if need be. A damaged one is replaced. False when there is none that is whole. */
async function bring(from: string, to: string, name: string): Promise<boolean> {
	if (await isWhole(to, name)) return true;
	if (!(await isWhole(from, name))) return false;
	const target = sealedPath(to, name);
	mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
	const part = `${target}.${process.pid}.part`;
	try {
		linkOrCopy(sealedPath(from, name), part);
		renameSync(part, target);
	} finally {
		rmSync(part, { force: true });
	}
	syncFolder(dirname(target));
	return true;
}

/** Came with an earlier backup and was proved then; reading all files again every few hours would keep the disk busy, the nightly check does it in turns. */
function cameBefore(from: string, to: string, name: string): boolean {
	const [one, other] = [sealedPath(from, name), sealedPath(to, name)].map((path) => statSync(path, { throwIfNoEntry: false })?.size);
	return one !== undefined && one === other;
}

function linkOrCopy(from: string, to: string): void {
	try {
		linkSync(from, to);
	} catch (error) {
		if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK', 'ENOSYS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
		copyFileSync(from, to);
		syncFolder(to);
	}
}

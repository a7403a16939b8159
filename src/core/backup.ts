import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { record } from './audit.ts';
import { type BackupContents, checkCopy, headOf, sha256Of } from './backup-check.ts';
import { backUpFiles, type KeptFiles } from './backup-files.ts';
import { commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { syncFolder } from './mail-files.ts';

/**
 * The list beside a backup. `textsEmptied`: what people wrote was deleted from it because its 30 days were over.
 * `sha256Before`: while that is being done the file may still be the old one. `files`: stored files, in the folder `files` beside it.
 */
export type Manifest = BackupContents & {
	file: string;
	madeAt: number;
	sha256: string;
	bytes: number;
	textsEmptied: boolean;
	sha256Before?: string;
	files?: KeptFiles;
};

const EVERYTHING = 0x7fffffff;

/**
 * Copies the register while it is in use, and counts the copy only when it was opened and proved (`checkCopy`).
 * The name says when and nothing else; mode 0600. Stored files are put beside it, sealed as they are. The keys are not in it: keep a copy of
 * DATA_DIR/keys elsewhere; without them no stored file can be opened.
 * @param folder absolute path; made when missing.
 * @throws Error when the copy could not be made or is not sound; nothing is left under the backup's name then.
 */
export async function makeBackup(ctx: Ctx, folder: string): Promise<Manifest> {
	mkdirSync(folder, { recursive: true, mode: 0o700 });
	const file = join(folder, backupName(ctx.now));
	const part = join(folder, `.${basename(file)}.${process.pid}.part`);
	try {
		const head = headOf(ctx.db);
		await copyInto(ctx, part);
		const contents = checkCopy(part, ctx.keys.audit, head);
		const files = await backUpFiles(part, ctx.settings.dataDir, folder);
		const manifest = { ...(await manifestOf(part, file, contents, ctx.now)), files };
		writeManifest(file, manifest);
		renameSync(part, file);
		syncFolder(folder);
		noteBackup(ctx, manifest);
		return manifest;
	} finally {
		for (const end of ['', '-journal', '-wal', '-shm']) rmSync(part + end, { force: true });
	}
}

/** `register-2026-11-22T1200Z.db`: the minute in UTC, and no personal data. */
export function backupName(now: number): string {
	return `register-${new Date(now).toISOString().slice(0, 16).replace(':', '')}Z.db`;
}

/** The list beside a backup, or null when there is none or it cannot be read. */
export function readManifest(file: string): Manifest | null {
	try {
		return JSON.parse(readFileSync(manifestName(file), 'utf8')) as Manifest;
	} catch {
		return null;
	}
}

export function manifestName(file: string): string {
	return file.replace(/\.db$/, '.json');
}

/** Writes the list beside a backup in one step. */
export function writeManifest(file: string, manifest: Manifest): void {
	const part = `${manifestName(file)}.part`;
	writeFileSync(part, `${JSON.stringify(manifest, null, '\t')}\n`, { mode: 0o600, flush: true });
	renameSync(part, manifestName(file));
}

export async function manifestOf(copy: string, file: string, contents: BackupContents, madeAt: number): Promise<Manifest> {
	const { version, counts, auditHead } = contents;
	return { file: basename(file), madeAt, sha256: await sha256Of(copy), bytes: statSync(copy).size, textsEmptied: false, version, counts, auditHead };
}

async function copyInto(ctx: Ctx, part: string): Promise<void> {
	if (existsSync(part)) rmSync(part);
	// Made before SQLite opens it, so that it is never readable by others, not even for a moment.
	writeFileSync(part, '', { mode: 0o600 });
	// In one go: piece by piece, every write of another process would start the copy again. Readers and writers are not held up.
	await ctx.db.sql.backup(part, { progress: () => EVERYTHING });
	settle(part);
	chmodSync(part, 0o600);
	sync(part);
}

/** One file without a write-ahead log beside it. */
export function settle(file: string): void {
	const sql = new Database(file);
	try {
		sql.pragma('secure_delete = ON');
		sql.pragma('journal_mode = DELETE');
	} finally {
		sql.close();
	}
}

export function sync(file: string): void {
	const handle = openSync(file, 'r+');
	try {
		fsyncSync(handle);
	} finally {
		closeSync(handle);
	}
}

function noteBackup(ctx: Ctx, { file, sha256, auditHead, bytes, files }: Manifest): void {
	const stored = { count: files?.count ?? 0, missing: files?.missing.length ?? 0, digest: files?.digest ?? '' };
	commit(ctx, { name: 'makeBackup' }, (tx) => record(tx, 'backup.made', { type: 'backup', id: file }, { sha256, bytes, auditHead, files: stored }));
}

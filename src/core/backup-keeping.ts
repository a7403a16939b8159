import { copyFileSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { manifestName, manifestOf, readManifest, settle, sync, writeManifest } from './backup.ts';
import { syncFolder } from './mail-files.ts';

const NAME = /^register-(\d{4}-\d\d-\d\d)T(\d\d)(\d\d)Z\.db$/;

/** How many of each are kept: the newest of each hour, of each day, of each month. */
export const KEPT = { hourly: 48, daily: 35, monthly: 12 } as const;

/** Names of the backups in a folder, newest first. */
export function backupsIn(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder)
		.filter((name) => NAME.test(name))
		.sort()
		.reverse();
}

/** When a backup was made, from its name, in milliseconds UTC; null for another file. */
export function madeAt(name: string): number | null {
	const [, day, hour, minute] = NAME.exec(name) ?? [];
	return day ? Date.parse(`${day}T${hour}:${minute}:00Z`) : null;
}

/** Which backups stay: the newest of each of the last 48 hours, 35 days and 12 months that have one. */
export function toKeep(names: readonly string[]): Set<string> {
	const newestFirst = [...names].sort().reverse();
	const slices = [
		[KEPT.hourly, 'register-2026-11-22T12'.length],
		[KEPT.daily, 'register-2026-11-22'.length],
		[KEPT.monthly, 'register-2026-11'.length],
	] as const;
	return new Set(slices.flatMap(([most, length]) => firstOfEach(newestFirst, length).slice(0, most)));
}

function firstOfEach(names: readonly string[], length: number): string[] {
	const first = new Map<string, string>();
	for (const name of names) if (!first.has(name.slice(0, length))) first.set(name.slice(0, length), name);
	return [...first.values()];
}

/** Deletes the backups that need not be kept. The newest always stays. Returns their names. */
export function pruneBackups(folder: string): string[] {
	const names = backupsIn(folder);
	const keep = toKeep(names);
	const gone = names.filter((name) => !keep.has(name));
	for (const name of gone) {
		rmSync(join(folder, name), { force: true });
		rmSync(manifestName(join(folder, name)), { force: true });
	}
	return gone;
}

const TEXTS_OVER_AFTER_MS = 31 * 86_400_000;

/**
 * What people wrote is kept 30 days; a backup that is kept for a year must not keep it longer. A backup older than 31 days
 * holds only texts whose time is over, so it is emptied of them once.
 * @param empty deletes in one copy what is due and returns how much; given by the features.
 * @returns names of the backups that were emptied.
 */
export async function emptyOldBackups(folder: string, now: number, empty: (copy: Db) => number): Promise<string[]> {
	const old = backupsIn(folder).filter((name) => (madeAt(name) ?? now) < now - TEXTS_OVER_AFTER_MS);
	const full = old.filter((name) => readManifest(join(folder, name))?.textsEmptied !== true);
	for (const name of full) await emptyOne(join(folder, name), empty);
	return full;
}

async function emptyOne(file: string, empty: (copy: Db) => number): Promise<void> {
	const part = `${file}.${process.pid}.part`;
	const manifest = readManifest(file);
	try {
		copyFileSync(file, part);
		emptyCopy(part, empty);
		if (!manifest) return renameSync(part, file);
		// Cut off anywhere, the file is one of the two that the list names.
		const files = manifest.files ? { files: manifest.files } : {};
		const fresh = { ...(await manifestOf(part, file, manifest, manifest.madeAt)), ...files, sha256Before: manifest.sha256 };
		writeManifest(file, fresh);
		renameSync(part, file);
		syncFolder(dirname(file));
		const { sha256Before: _, ...settled } = fresh;
		writeManifest(file, { ...settled, textsEmptied: true });
	} finally {
		for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
	}
}

function emptyCopy(part: string, empty: (copy: Db) => number): void {
	const copy = openDatabase(part);
	try {
		copy.sql.transaction(() => empty(copy)).immediate();
	} finally {
		copy.sql.close();
	}
	settle(part);
	sync(part);
}

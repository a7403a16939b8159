import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { and, eq, isNull } from 'drizzle-orm';
import { type Db, dbOn, openDatabase } from '#db/client.ts';
import { outbox } from '#db/schema/index.ts';
import { record } from './audit.ts';
import { readManifest, settle, sync } from './backup.ts';
import { type BackupContents, checkCopy, sha256Of } from './backup-check.ts';
import { restoreFiles } from './backup-files.ts';
import { commit } from './commit.ts';
import { ctxFor, type Ground } from './ctx.ts';
import { markMissing } from './file-rows.ts';
import type { Keys } from './keys.ts';
import { syncFolder } from './mail-files.ts';
import { sentSince } from './restore-mail.ts';

type Place = Omit<Ground, 'db'>;
/** `filesMissing`: stored files that the backup knows and that are nowhere any more; the register says so of each. */
export type Restored = BackupContents & { keptAside: string | null; filesMissing: number };

/**
 * Proves a backup without changing anything: the checksum of the list beside it, then everything `checkCopy` looks at.
 * @throws Error that says for people what is wrong.
 */
export async function proveBackup(file: string, keys: Keys): Promise<BackupContents> {
	if (!existsSync(file)) throw new Error('There is no such file.');
	if (!statSync(file).isFile()) throw new Error('This is a folder, not a backup file.');
	const manifest = readManifest(file);
	if (manifest && ![manifest.sha256, manifest.sha256Before].includes(await sha256Of(file)))
		throw new Error('This backup differs from what was noted when it was made: its checksum is another.');
	return checkCopy(file, keys.audit, manifest?.auditHead ?? null);
}

/**
 * Puts a backup in the place of the register, in one step. The register that was there is kept beside it.
 * Stored files come back from the folder beside the backup. Messages that went out since the backup was made are marked as sent in it, so that nobody gets them twice.
 * @param now milliseconds UTC.
 * @throws Error for people: no sound backup, a newer version, or a register that is in use. Nothing is changed then.
 */
export async function restoreBackup(place: Place, file: string, now: number): Promise<Restored> {
	const { dataDir } = place.settings;
	mkdirSync(dataDir, { recursive: true, mode: 0o700 });
	const target = join(dataDir, 'register.db');
	const stamp = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
	const part = join(dataDir, `.restoring-${stamp}.db`);
	try {
		const contents = await proveBackup(file, place.keys);
		copyFileSync(file, part);
		chmodSync(part, 0o600);
		const present = takeOver(target);
		try {
			const filesMissing = await prepare(place, part, { present, now, file });
			const keptAside = existsSync(target) ? putAside(target, join(dataDir, `register-before-restore-${stamp}.db`)) : null;
			renameSync(part, target);
			syncFolder(dataDir);
			return { ...contents, keptAside, filesMissing };
		} finally {
			present?.sql.close();
		}
	} finally {
		for (const end of ['', '-wal', '-shm', '-journal']) rmSync(part + end, { force: true });
	}
}

/** Notes the restore in the copy itself, so that its audit tells of the gap. */
async function prepare(place: Place, part: string, from: { present: Db | null; now: number; file: string }): Promise<number> {
	let filesMissing = 0;
	const db = openDatabase(part);
	try {
		const sent = sentSince(db, from.present);
		const missing = await restoreFiles(db, { backups: dirname(from.file), dataDir: place.settings.dataDir });
		commit(ctxFor({ ...place, db }, { kind: 'system', name: 'restore' }, from.now), { name: 'restoreBackup' }, (tx) => {
			for (const { id, sentAt } of sent) {
				const isUnsent = and(eq(outbox.id, id), isNull(outbox.sentAt));
				tx.db.orm.update(outbox).set({ sentAt }).where(isUnsent).run();
			}
			record(tx, 'backup.restored', { type: 'backup', id: basename(from.file) }, { mailsMarkedSent: sent.length, filesMissing: missing.length });
			markMissing(tx, missing);
		});
		filesMissing = missing.length;
	} finally {
		db.sql.close();
	}
	settle(part);
	sync(part);
	return filesMissing;
}

/**
 * Takes the register for ourselves, or refuses. Whoever has it open in WAL mode holds a shared lock, so an exclusive one cannot be had.
 * Null when there is none, or one too damaged to be opened: that one is nobody's.
 */
function takeOver(target: string): Db | null {
	if (!existsSync(target)) return null;
	const sql = new Database(target, { timeout: 0 });
	try {
		sql.pragma('locking_mode = EXCLUSIVE');
		sql.exec('BEGIN EXCLUSIVE; COMMIT');
		// Everything into the one file: a log left behind would be replayed over the restored register.
		sql.pragma('journal_mode = DELETE');
		sql.exec('BEGIN EXCLUSIVE');
		return dbOn(sql);
	} catch (error) {
		sql.close();
		if (/^SQLITE_(NOTADB|CORRUPT)/.test((error as { code?: string }).code ?? '')) return null;
		throw new Error('The register is in use. Stop the server and every other task first, then restore.', { cause: error });
	}
}

/** Under a second name before the first one is taken over: at no moment is there no register. */
function putAside(target: string, aside: string): string {
	linkSync(target, aside);
	for (const end of ['-wal', '-shm']) if (existsSync(target + end)) renameSync(target + end, aside + end);
	return aside;
}

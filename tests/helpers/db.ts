import { copyFileSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';

let template: string | undefined;

const MEMORY = '/dev/shm';
const GIB = 2 ** 30;

/**
 * Where registers of tests lie: in memory when there is room, as a disk is waited for at every commit and no test cuts its power. Not
 * when broken runs have left much there.
 */
export function placeForRegisters(): string {
	if (!existsSync(MEMORY)) return tmpdir();
	const { bsize, blocks, bavail } = statfsSync(MEMORY);
	const isRoomy = bavail * bsize > 2 * GIB && (blocks - bavail) * bsize < GIB;
	return isRoomy ? MEMORY : tmpdir();
}

/** A temporary folder that the test removes itself by calling `remove`. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(placeForRegisters(), 'ipt-test-'));
	return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A real, empty register in a file of its own: migrated once, then copied. */
export function emptyRegister(folder: string): Db {
	template ??= makeTemplate();
	const file = join(folder, 'register.db');
	copyFileSync(template, file);
	return openDatabase(file);
}

function makeTemplate(): string {
	const file = join(mkdtempSync(join(tmpdir(), 'ipt-test-')), 'template.db');
	const { sql } = openDatabase(file);
	migrate(sql, 0);
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
	return file;
}

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Db, openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';

let template: string | undefined;

/** A temporary folder that the test removes itself by calling `remove`. */
export function temporaryFolder(): { path: string; remove(): void } {
	const path = mkdtempSync(join(tmpdir(), 'ipt-test-'));
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
	const file = join(temporaryFolder().path, 'template.db');
	const { sql } = openDatabase(file);
	migrate(sql, 0);
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
	return file;
}

import Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import * as schema from './schema/index.ts';

/** One open connection: `sql` for prepared statements, `orm` for Drizzle's builder. Both are the same connection. */
export type Db = { sql: Database.Database; orm: BetterSQLite3Database<typeof schema> };

/**
 * Opens the register's database file with the settings its promises rest on, and checks that they hold.
 * @throws Error when a setting could not be made (an SQLite with the WAL-reset bug, a file system without WAL).
 */
export function openDatabase(file: string, options: { readonly?: boolean } = {}): Db {
	const sql = new Database(file, { readonly: options.readonly ?? false, timeout: 5000 });
	// better-sqlite3 silently drops to NORMAL in WAL mode; a power cut then loses acknowledged writes.
	if (!options.readonly) sql.pragma('journal_mode = WAL');
	for (const pragma of PRAGMAS) sql.pragma(pragma);
	assertDurable(sql, options.readonly ?? false);
	return dbOn(sql);
}

/** Drizzle's builder over a connection that was opened elsewhere, with whatever settings it has. */
export function dbOn(sql: Database.Database): Db {
	return { sql, orm: drizzle(sql, { schema }) };
}

const PRAGMAS = [
	'synchronous = FULL',
	'foreign_keys = ON',
	'trusted_schema = OFF',
	'cell_size_check = ON',
	'secure_delete = ON',
	'temp_store = MEMORY',
	'mmap_size = 0',
	'cache_size = -32000',
	'journal_size_limit = 67108864',
];

function assertDurable(sql: Database.Database, readonly: boolean): void {
	const expected: [string, unknown][] = [
		['synchronous', 2],
		['foreign_keys', 1],
		['trusted_schema', 0],
	];
	if (!readonly) expected.push(['journal_mode', 'wal'], ['secure_delete', 1]);
	for (const [name, value] of expected) {
		const actual = sql.pragma(name, { simple: true });
		if (actual !== value) throw new Error(`The database setting ${name} is ${actual}, but must be ${value}.`);
	}
	const version = sql.prepare('SELECT sqlite_version()').pluck().get() as string;
	if (!isAtLeast(version, [3, 51, 3])) throw new Error(`SQLite ${version} can lose commits (fixed in 3.51.3).`);
}

function isAtLeast(version: string, floor: readonly number[]): boolean {
	const parts = version.split('.').map(Number);
	for (const [i, least] of floor.entries()) {
		if ((parts[i] ?? 0) !== least) return (parts[i] ?? 0) > least;
	}
	return true;
}

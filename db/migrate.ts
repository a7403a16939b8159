import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';

const FOLDER = new URL('./migrations/', import.meta.url);

type Migration = { version: number; name: string; statements: string; checksum: string };

/** The database was written by a newer version of the program than this one. */
export const NEWER_DATABASE = 'newer-database';

/**
 * Brings a database to the newest version, one numbered SQL file at a time.
 * Keys are off *before* each transaction and checked after it: with keys on, a table rebuild silently deletes child rows.
 * @returns the versions applied now.
 * @throws Error with `cause: NEWER_DATABASE` when the file is newer than this program, or when a migration would lose rows.
 */
export function migrate(sql: Database.Database, now: number): number[] {
	sql.exec(
		'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT',
	);
	const done = appliedMigrations(sql);
	const known = migrations();
	refuseUnknown(done, known);
	const waiting = known.filter((m) => !done.has(m.version));
	for (const migration of waiting) apply(sql, migration, now);
	return waiting.map((m) => m.version);
}

/** The version this program writes. */
export function newestVersion(): number {
	return migrations().at(-1)?.version ?? 0;
}

function apply(sql: Database.Database, migration: Migration, now: number): void {
	sql.pragma('foreign_keys = OFF');
	try {
		sql
			.transaction(() => {
				const before = rowCounts(sql);
				sql.exec(migration.statements);
				refuseLoss(before, rowCounts(sql), migration);
				const broken = sql.pragma('foreign_key_check') as unknown[];
				if (broken.length > 0) throw new Error(`Migration ${migration.name} leaves ${broken.length} rows without their parent.`);
				sql
					.prepare('INSERT INTO migration (version, name, checksum, applied_at) VALUES (?, ?, ?, ?)')
					.run(migration.version, migration.name, migration.checksum, now);
				sql.pragma(`user_version = ${migration.version}`);
			})
			.exclusive();
	} finally {
		sql.pragma('foreign_keys = ON');
	}
}

/** A migration that means to drop rows says so in its first line: `-- may shrink: table, table`. */
function refuseLoss(before: Map<string, number>, after: Map<string, number>, migration: Migration): void {
	const declared = /^-- may shrink: (.+)$/m.exec(migration.statements)?.[1]?.split(/,\s*/) ?? [];
	for (const [table, count] of before) {
		const left = after.get(table) ?? 0;
		if (left < count && !declared.includes(table)) throw new Error(`Migration ${migration.name} would lose rows of ${table}: ${count} → ${left}.`);
	}
}

function rowCounts(sql: Database.Database): Map<string, number> {
	const tables = sql
		.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'finder_place%'")
		.pluck()
		.all() as string[];
	return new Map(tables.map((t) => [t, sql.prepare(`SELECT count(*) FROM "${t}"`).pluck().get() as number]));
}

function appliedMigrations(sql: Database.Database): Map<number, string> {
	const rows = sql.prepare('SELECT version, checksum FROM migration').all() as { version: number; checksum: string }[];
	return new Map(rows.map((r) => [r.version, r.checksum]));
}

function refuseUnknown(done: Map<number, string>, known: Migration[]): void {
	for (const [version, checksum] of done) {
		const match = known.find((m) => m.version === version);
		if (!match)
			throw new Error('This database was written by a newer version of the program. Start that version, or restore an older backup.', {
				cause: NEWER_DATABASE,
			});
		if (match.checksum !== checksum) throw new Error(`Migration ${match.name} was changed after it had been applied.`);
	}
}

function migrations(): Migration[] {
	return readdirSync(FOLDER)
		.filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
		.sort()
		.map((name) => {
			const statements = readFileSync(new URL(name, FOLDER), 'utf8');
			return { version: Number(name.slice(0, 4)), name, statements, checksum: createHash('sha256').update(statements).digest('hex') };
		});
}

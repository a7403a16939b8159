import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Db, openDatabase } from '#db/client.ts';
import { migrate, NEWER_DATABASE, newestVersion } from '#db/migrate.ts';
import * as schema from '#db/schema/index.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

describe('the database', () => {
	test('holds exactly the columns that the Drizzle schema names', () => {
		for (const table of Object.values(schema)) {
			const { name, columns } = getTableConfig(table);
			const actual = db.sql.pragma(`table_info(${name})`) as { name: string; notnull: number; pk: number }[];
			const described = columns.map((c) => c.name).sort();
			expect(described, name).toEqual(actual.map((c) => c.name).sort());
			for (const column of columns.filter((c) => !c.primary)) {
				const real = actual.find((c) => c.name === column.name);
				if (real?.pk === 0) expect(column.notNull, `${name}.${column.name}`).toBe(real.notnull === 1);
			}
		}
	});

	test('has only STRICT tables', () => {
		const loose = db.sql
			.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
			.pluck()
			.all();
		expect(loose).toEqual([]);
	});

	test('keeps every table in step with the schema: none is left out', () => {
		const known = new Set(Object.values(schema).map((t) => getTableConfig(t).name));
		const tables = db.sql
			.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'finder_place%' AND name <> 'migration'")
			.pluck()
			.all() as string[];
		expect(tables.filter((t) => !known.has(t))).toEqual([]);
	});

	test('is opened with full durability and foreign keys on every connection', () => {
		const second = openDatabase(db.sql.name);
		expect(second.sql.pragma('synchronous', { simple: true })).toBe(2);
		expect(second.sql.pragma('foreign_keys', { simple: true })).toBe(1);
		second.sql.close();
	});

	test('is left alone by a second migration', () => {
		expect(migrate(db.sql, 0)).toEqual([]);
		expect(db.sql.pragma('user_version', { simple: true })).toBe(newestVersion());
	});

	test('of a newer version is refused in words', () => {
		db.sql.prepare("INSERT INTO migration (version, name, checksum, applied_at) VALUES (9999, 'later', '', 0)").run();
		try {
			migrate(db.sql, 0);
			expect.unreachable();
		} catch (error) {
			expect((error as Error).cause).toBe(NEWER_DATABASE);
			expect((error as Error).message).toContain('newer version');
		}
	});
});

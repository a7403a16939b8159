import { is } from 'drizzle-orm';
import { getTableConfig, getViewConfig, SQLiteColumn, SQLiteTable, SQLiteView } from 'drizzle-orm/sqlite-core';
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

const tables = Object.values(schema).filter((part) => is(part, SQLiteTable));
const views = Object.values(schema)
	.filter((part) => is(part, SQLiteView))
	.map(getViewConfig);

describe('the database', () => {
	test('holds exactly the columns that the Drizzle schema names', () => {
		for (const table of tables) {
			const { name, columns } = getTableConfig(table);
			const actual = db.sql.pragma(`table_info(${name})`) as TableInfo[];
			const described = columns.map((c) => c.name).sort();
			expect(described, name).toEqual(actual.map((c) => c.name).sort());
			for (const column of columns.filter((c) => !c.primary)) {
				const real = actual.find((c) => c.name === column.name);
				if (real?.pk === 0) expect(column.notNull, `${name}.${column.name}`).toBe(real.notnull === 1);
				// Drizzle's insert writes the schema's default, not the table's.
				expect(defaultOf(column), `${name}.${column.name}`).toBe(real?.dflt_value ?? null);
			}
		}
	});

	test('holds exactly the public views that the Drizzle schema names, with exactly their columns', () => {
		const real = db.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name").pluck().all();
		expect(views.map((view) => view.name).sort()).toEqual(real);
		for (const view of views) {
			const actual = db.sql.pragma(`table_info(${view.name})`) as TableInfo[];
			expect(
				columnsOf(view)
					.map((c) => c.name)
					.sort(),
				view.name,
			).toEqual(actual.map((c) => c.name).sort());
		}
	});

	test('gives a column of a view that is one of a table the type, the closed list and the emptiness it has there', () => {
		const narrowed: string[] = [];
		for (const view of views) {
			const origins = db.sql.prepare(`SELECT * FROM ${view.name}`).columns();
			for (const column of columnsOf(view)) {
				const origin = origins.find((o) => o.name === column.name);
				const source = tables.map((t) => getTableConfig(t)).find((t) => t.name === origin?.table);
				const base = source?.columns.find((c) => c.name === origin?.column);
				if (!base) continue;
				const named = `${view.name}.${column.name}`;
				expect([column.getSQLType(), column.enumValues], named).toEqual([base.getSQLType(), base.enumValues]);
				if (column.notNull && !base.notNull) narrowed.push(named);
				else expect(column.notNull, named).toBe(base.notNull);
			}
		}
		// The view holds published listings only.
		expect(narrowed).toEqual(['public_listing.published_on']);
	});

	test('has only STRICT tables', () => {
		const loose = db.sql
			.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'")
			.pluck()
			.all();
		expect(loose).toEqual([]);
	});

	test('keeps every table in step with the schema: none is left out', () => {
		const known = new Set(tables.map((t) => getTableConfig(t).name));
		const real = db.sql
			.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'finder_place%' AND name <> 'migration'")
			.pluck()
			.all() as string[];
		expect(real.filter((t) => !known.has(t))).toEqual([]);
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

type TableInfo = { name: string; notnull: number; pk: number; dflt_value: string | null };

function columnsOf({ selectedFields }: (typeof views)[number]): SQLiteColumn[] {
	return Object.values(selectedFields).filter((field) => is(field, SQLiteColumn));
}

/** A column's default as SQLite writes it down. */
function defaultOf(column: SQLiteColumn): string | null {
	if (!column.hasDefault) return null;
	return typeof column.default === 'string' ? `'${column.default}'` : String(column.default);
}

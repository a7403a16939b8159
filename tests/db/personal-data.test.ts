import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { NOT_PERSONAL } from '#db/not-personal.ts';
import { isWithheld, PERSONAL_TABLES } from '#db/personal-data.ts';
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

const tables = () => db.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").pluck().all() as string[];

test('every table of the register says how it relates to a person, or why it does not', () => {
	const known = [...PERSONAL_TABLES.map(({ table }) => table), ...Object.keys(NOT_PERSONAL)];
	expect(known.toSorted()).toEqual(tables());
	expect(new Set(known).size).toBe(known.length);
});

test('every condition can be asked, and finds nobody where there is nobody', () => {
	for (const { table, where } of PERSONAL_TABLES)
		expect(db.sql.prepare(`SELECT * FROM "${table}" WHERE ${where}`).all({ person: 'nobody' }), table).toEqual([]);
});

test('what is left out exists, and every class has a rule', () => {
	const classes = JSON.parse(db.sql.prepare("SELECT data FROM rule_set WHERE kind = 'retention'").pluck().get() as string) as { classes: object };
	for (const { table, without = [], keptAs } of PERSONAL_TABLES) {
		const columns = (db.sql.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
		for (const column of without) expect(columns, table).toContain(column);
		expect(Object.keys(classes.classes)).toContain(keptAs);
	}
});

test('a table that points to a person is not called impersonal, but for copies', () => {
	const copies = /^(finder|name_)/;
	const pointing = tables().filter((table) => (db.sql.pragma(`foreign_key_list("${table}")`) as { table: string }[]).some((key) => key.table === 'person'));
	expect(pointing.filter((table) => table in NOT_PERSONAL && !copies.test(table))).toEqual([]);
});

test('secrets and the names of colleagues are never handed over', () => {
	for (const column of [
		'password_hash',
		'totp_sealed',
		'token_hash',
		'id_hash',
		'passkey_handle',
		'public_key',
		'credential_id',
		'code_hash',
		'decided_by',
		'mac',
	])
		expect(isWithheld(column), column).toBe(true);
	for (const column of ['email', 'given_names', 'reference', 'sha', 'created_at', 'reflection']) expect(isWithheld(column), column).toBe(false);
});

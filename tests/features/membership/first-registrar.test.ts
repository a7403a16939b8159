import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { appointFirstRegistrar } from '#features/membership/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
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

const settingsWith = (registrarEmail: string | null): Ctx => {
	const ctx = testCtx(db, '2026-11-22');
	return { ...ctx, settings: { ...ctx.settings, registrarEmail } };
};
const count = (table: 'role_grant' | 'person' | 'outbox') => db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

test('a new installation appoints the person named in the settings, once, and sends them a link', () => {
	expect(appointFirstRegistrar(settingsWith('chair@body.example'))).toBe('appointed');
	expect([count('role_grant'), count('person'), count('outbox')]).toEqual([1, 1, 1]);
	expect(appointFirstRegistrar(settingsWith('somebody-else@body.example'))).toBe('there is a registrar');
	expect([count('role_grant'), count('person'), count('outbox')]).toEqual([1, 1, 1]);
});

test('somebody who is on file already is not put there twice', () => {
	db.sql.prepare("INSERT INTO person (id, email, created_at) VALUES ('p', 'Chair@Body.example', 0)").run();
	db.sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES ('n', 'p', 'Chris', 'Chair')").run();
	appointFirstRegistrar(settingsWith('chair@body.example'));
	expect(db.sql.prepare('SELECT person_id FROM role_grant').pluck().get()).toBe('p');
});

test('without the setting nobody is appointed; and after the registrar has left, nobody by this door', () => {
	expect(appointFirstRegistrar(settingsWith(null))).toBe('nobody is named');
	appointFirstRegistrar(settingsWith('chair@body.example'));
	db.sql.prepare("UPDATE role_grant SET from_on = '2025-01-01', to_on = '2026-01-01'").run();
	expect(appointFirstRegistrar(settingsWith('intruder@body.example'))).toBe('there is a registrar');
});

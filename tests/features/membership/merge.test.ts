import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { openAccount } from '#features/accounts/index.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import { fileKeyOf, indexName, keepApart, mergeFiles, possibleDuplicates, previewMerge, recordConsent, writeNote } from '#features/membership/index.ts';
import { findNumber, registerPerson } from '#features/register/index.ts';
import { as, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let register: TestRegister;
let ctx: Ctx;
let officer: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	officer = as(ctx, putPayer(ctx, 'Olu', 'olu@office.example'), 'membership_officer');
});
afterEach(() => register.close());

const one = <T>(text: string, ...values: string[]) =>
	ctx.db.sql
		.prepare(text)
		.pluck()
		.get(...values) as T;
const run = (text: string, ...values: (string | number)[]) => ctx.db.sql.prepare(text).run(...values);
const merge = (loserId: string, winnerId: string) => mergeFiles(officer, { loserId, winnerId, reason: 'The same person' }, MEMBERSHIP_HANDLERS.onChanged);
const account = (personId: string, email: string) => commit(ctx, { name: 'test' }, (tx) => openAccount(tx, personId, email, null));

/** A person with a row in a dozen tables. */
function fullPerson(name: string, email: string, slug = `${name.toLowerCase()}-town`): string {
	const id = listTherapist(ctx.db, slug, { email });
	run('UPDATE person_name SET given_names = ? WHERE person_id = ?', name, id);
	invoiceTo(ctx, id, { subjectId: slug });
	run("INSERT INTO membership_leave (id, person_id, from_on, to_on) VALUES (?, ?, '2025-01-01', '2025-02-01')", newId(), id);
	run(
		"INSERT INTO core_profession (id, person_id, body, reference, standing, from_on) VALUES (?, ?, 'HCPC', ?, 'registered', '2024-01-01')",
		newId(),
		id,
		email,
	);
	writeNote(officer, { personId: id, text: `About ${name}`, repeat: slug });
	commit(ctx, { name: 'test' }, (tx) => {
		recordConsent(tx, id, { purpose: 'privacy', version: '2026-1' });
		indexName(tx, { id: one('SELECT id FROM person_name WHERE person_id = ?', id), personId: id, givenNames: name, familyName: 'Example' });
	});
	return id;
}

/** Every row of the register that names a person, by table, whoever they are. */
function rowsNaming(...people: string[]): Record<string, number> {
	const text = `SELECT m.name AS "table", f."from" AS "column" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table' AND f."table" = 'person'`;
	const counts: Record<string, number> = {};
	for (const { table, column } of ctx.db.sql.prepare(text).all() as { table: string; column: string }[]) {
		if (/^(person_merge|name_|finder|listing_former_slug|registration|person_name)/.test(table)) continue;
		const list = people.map(() => '?').join(', ');
		counts[`${table}.${column}`] = ctx.db.sql
			.prepare(`SELECT count(*) FROM "${table}" WHERE "${column}" IN (${list})`)
			.pluck()
			.get(...people) as number;
	}
	return counts;
}

describe('bringing two files together', () => {
	test('loses no row: each is with the winner, or told of as staying with the second file', () => {
		const [winner, loser] = [fullPerson('Ann', 'ann@x.example'), fullPerson('Anna', 'anna@x.example')];
		const before = rowsNaming(winner, loser);
		merge(loser, winner);
		expect(rowsNaming(winner, loser)).toEqual(before);
		const left = rowsNaming(loser);
		const told = ctx.db.sql
			.prepare("SELECT table_name || '.' || column_name AS what, count(*) AS n FROM person_merge_row WHERE what = 'stayed' GROUP BY 1")
			.all() as {
			what: string;
			n: number;
		}[];
		expect(Object.fromEntries(Object.entries(left).filter(([, n]) => n > 0))).toEqual(Object.fromEntries(told.map(({ what, n }) => [what, n])));
		expect(one('SELECT count(*) FROM invoice WHERE person_id = ?', winner)).toBe(2);
		expect(one('SELECT count(*) FROM person_note WHERE person_id = ?', winner)).toBe(2);
		expect(ctx.db.sql.pragma('foreign_key_check')).toEqual([]);
	});

	test('leaves the loser’s register number, page and key leading to the winner, and never gives the number again', () => {
		const [winner, loser] = [fullPerson('Ann', 'ann@x.example'), fullPerson('Anna', 'anna@x.example')];
		const [kept, former] = [winner, loser].map((id) => one<string>('SELECT number FROM registration WHERE person_id = ?', id));
		merge(loser, winner);
		expect(fileKeyOf(ctx.db, former ?? '')).toEqual({ personId: winner, key: kept });
		expect(fileKeyOf(ctx.db, loser)).toEqual({ personId: winner, key: kept });
		expect(findNumber(ctx, former ?? '')).toMatchObject({ kind: 'number', number: kept, exists: true });
		expect(one('SELECT person_id FROM public_former_slug WHERE slug = ?', 'anna-town')).toBe(winner);
		expect(one('SELECT count(*) FROM public_listing WHERE person_id = ?', loser)).toBe(0);
		const next = commit(ctx, { name: 'test' }, (tx) => registerPerson(tx, putPayer(ctx, 'New', null), { registeredOn: '2026-11-22', number: null }));
		expect([kept, former]).not.toContain(next);
	});

	test('gives the winner an account, a number and facts that only the loser had', () => {
		const winner = putPayer(ctx, 'Ann', null);
		const loser = fullPerson('Anna', 'anna@x.example');
		const accountId = account(loser, 'anna@x.example');
		run("UPDATE person SET born_on = '1980-02-03', import_key = 'M-7' WHERE id = ?", loser);
		const number = one<string>('SELECT number FROM registration WHERE person_id = ?', loser);
		merge(loser, winner);
		expect(one('SELECT person_id FROM account WHERE id = ?', accountId)).toBe(winner);
		expect(one('SELECT person_id FROM registration WHERE number = ?', number)).toBe(winner);
		expect(ctx.db.sql.prepare('SELECT email, born_on, import_key FROM person WHERE id = ?').get(winner)).toEqual({
			email: 'anna@x.example',
			born_on: '1980-02-03',
			import_key: 'M-7',
		});
		expect(one('SELECT count(*) FROM person_name WHERE person_id = ? AND given_names = ? AND to_on IS NOT NULL', winner, 'Anna')).toBe(1);
		expect(one('SELECT slug FROM listing WHERE person_id = ?', winner)).toBe('anna-town');
	});

	test('is refused while both have an account, an order is open, one has died, or both have something under way', () => {
		const [winner, loser] = [putPayer(ctx, 'Ann', null), putPayer(ctx, 'Anna', null)];
		const why = () => previewMerge(officer, { loserId: loser, winnerId: winner }).obstacles.join(' ');
		account(winner, 'a@x.example');
		const second = account(loser, 'b@x.example');
		expect(why()).toContain('Both have an account');
		expect(() => merge(loser, winner)).toThrow('Both have an account');
		run("UPDATE account SET disabled_at = 1, disabled_reason = 'twice' WHERE id = ?", second);
		expect(why()).toBe('');
		run("INSERT INTO register_order (id, person_id, kind, from_on) VALUES ('o', ?, 'warning', '2026-01-01')", loser);
		expect(why()).toContain('order of the register');
		run("UPDATE register_order SET outcome = 'met', outcome_on = '2026-02-01'");
		for (const id of [winner, loser])
			run("INSERT INTO membership_purchase (id, person_id, kind, category, asked_on) VALUES (?, ?, 'join', 'basic', '2026-11-01')", newId(), id);
		expect(why()).toContain('not paid');
		run("UPDATE membership_purchase SET cancelled_on = '2026-11-02' WHERE person_id = ?", loser);
		run("UPDATE person SET died_on = '2026-10-01' WHERE id = ?", loser);
		expect(why()).toContain('died');
		expect(one('SELECT count(*) FROM person_merge')).toBe(0);
	});

	test('can be tried: it says what would move and changes nothing', () => {
		const [winner, loser] = [fullPerson('Ann', 'ann@x.example'), fullPerson('Anna', 'anna@x.example')];
		const [rows, events] = [rowsNaming(loser), one('SELECT count(*) FROM audit_event')];
		const preview = previewMerge(officer, { loserId: loser, winnerId: winner });
		expect(preview.moved).toContainEqual({ table: 'invoice', count: 1 });
		expect(preview.stayed.map((s) => s.table)).toContain('listing');
		expect([rowsNaming(loser), one('SELECT count(*) FROM audit_event')]).toEqual([rows, events]);
	});

	test('is done once, never with oneself, by those who keep files, with a fresh proof', () => {
		const [winner, loser] = [putPayer(ctx, 'Ann', null), putPayer(ctx, 'Anna', null)];
		const pair = { loserId: loser, winnerId: winner };
		for (const role of ['finance', 'administrator', 'external_reviewer', 'member'] as const)
			expect(() => previewMerge(as(ctx, putPayer(ctx, 'X', null), role), pair)).toThrow('does not allow');
		expect(() => mergeFiles({ ...officer, actor: { ...officer.actor, provedAt: 0 } as Ctx['actor'] }, { ...pair, reason: 'x' }, () => undefined)).toThrow(
			'Confirm',
		);
		expect(() => merge(winner, winner)).toThrow('same file');
		expect(() => merge((officer.actor as { personId: string }).personId, winner)).toThrow('does not allow');
		merge(loser, winner);
		expect(() => merge(loser, winner)).toThrow('already');
		expect(one("SELECT count(*) FROM audit_event WHERE kind = 'person.merged'")).toBe(1);
	});
});

describe('files that look like one person', () => {
	test('are found by address, by name and birth date, by core number; once merged or said to be two, no more', () => {
		const [a, b] = [fullPerson('Ann', 'same@x.example'), fullPerson('Ann', 'SAME@x.example', 'ann-city')];
		run("UPDATE person SET born_on = '1980-02-03'");
		expect(possibleDuplicates(officer)).toMatchObject([{ why: 'the same e-mail address, the same name and date of birth' }]);
		keepApart(officer, { one: b, other: a, reason: 'Twins at one address' });
		keepApart(officer, { one: a, other: b, reason: 'Twins at one address' });
		expect(possibleDuplicates(officer)).toEqual([]);
		const [c, d] = [fullPerson('Cy', 'cy@x.example'), fullPerson('Cyd', 'cyd@x.example')];
		run("UPDATE core_profession SET reference = 'PYL1' WHERE person_id IN (?, ?)", c, d);
		expect(possibleDuplicates(officer)).toMatchObject([{ why: 'the same number of their core profession' }]);
		merge(d, c);
		expect(possibleDuplicates(officer)).toEqual([]);
	});
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { findPeople, peopleForm } from '#features/membership/index.ts';
import { as, invoiceTo } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { officer, putPerson } from './people.ts';

let register: TestRegister;
let ctx: Ctx;
let asOfficer: Ctx;
beforeAll(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	asOfficer = officer(ctx);
	putPerson(ctx, { given: 'Siân Mary', family: 'O’Neill', email: 'Sian@Example.org', phone: '+44 (0)20 7946-0123', importKey: 'CRM-77', isRegistered: true });
	invoiceTo(ctx, putPerson(ctx, { given: 'Bob', family: 'Smythe', category: 'plus', paidToOn: '2026-11-10' }));
	putPerson(ctx, { given: 'Cat', family: 'Jones', paidToOn: '2025-01-01', email: 'cat@example.org' });
});
afterAll(() => register.close());

const search = (typed: Record<string, string>, who: Ctx = asOfficer) => findPeople(who, peopleForm.parse(typed)).people.map((p) => p.name);

describe('the search for people', () => {
	test.each([
		['the beginning of a name', 'sia'],
		['any word of it first, without accents', 'oneill s'],
		['the register number, as people write it', 'ipt 1 7'],
		['the member id', 'CRM-77'],
		['the beginning of the e-mail address, in any case', 'SIAN@ex'],
		['the last digits of a telephone number', '7946 0123'],
		['a telephone number in full, written another way', '020 7946 0123'],
	])('finds someone by %s', (_, q) => {
		const number = ctx.db.sql.prepare('SELECT number FROM registration').pluck().get() as string;
		expect(search({ q: q === 'ipt 1 7' ? number.replace('-', ' ').toLowerCase() : q })).toEqual(['Siân Mary O’Neill']);
	});

	test('finds someone by an invoice, and by how a name sounds', () => {
		expect(search({ q: 'inv-2026-00001' })).toEqual(['Bob Smythe']);
		expect(search({ q: 'smith' })).toEqual(['Bob Smythe']);
	});

	test('filters by what someone is, and lists everyone in the order of names when nothing is typed', () => {
		expect(search({})).toEqual(['Cat Jones', 'Olive Officer', 'Siân Mary O’Neill', 'Bob Smythe']);
		expect(search({ status: 'active' })).toEqual(['Siân Mary O’Neill']);
		expect(search({ status: 'grace', grade: 'plus' })).toEqual(['Bob Smythe']);
		expect(search({ status: 'lapsed' })).toEqual(['Cat Jones']);
		expect(search({ account: 'with' })).toEqual([]);
		expect(search({ mail: 'no_address', status: 'grace' })).toEqual(['Bob Smythe']);
	});

	test('takes nothing at its word: an unknown filter asks for all, and percent signs are letters', () => {
		expect(search({ status: 'nonsense', page: '-3' })).toHaveLength(4);
		expect(search({ q: '%' })).toEqual([]);
		expect(search({ q: "' OR 1=1 --" })).toEqual([]);
	});

	test('gives a reviewer from outside names and standing, but no address', () => {
		const { people } = findPeople(as(ctx, putPerson(ctx, { family: 'Reviewer' }), 'external_reviewer'), peopleForm.parse({ q: 'sian' }));
		expect(people).toMatchObject([{ name: 'Siân Mary O’Neill', state: 'active', grade: 'basic', email: null }]);
	});

	test.each(['finance', 'member', 'assessor', 'complaints_officer', 'auditor'] as const)('is closed to %s', (role) => {
		expect(() => search({ q: 'sian' }, as(ctx, 'x', role))).toThrow('does not allow');
	});
});

describe('of twenty thousand people', () => {
	test('anyone is found in a few milliseconds, and the rarest status in well under a second', () => {
		const big = registerIn('2026-11-22');
		const who = officer(big.ctx);
		fill(big.ctx, 20_000);
		const timed = (typed: Record<string, string>) => {
			const times = Array.from({ length: 5 }, () => {
				const begun = performance.now();
				findPeople(who, peopleForm.parse(typed));
				return performance.now() - begun;
			});
			return times.sort((a, b) => a - b)[2] ?? 0;
		};
		expect(timed({ q: 'name1234' })).toBeLessThan(50);
		expect(timed({ q: 'person15000@' })).toBeLessThan(50);
		expect(timed({ q: '07700 915000' })).toBeLessThan(100);
		expect(timed({})).toBeLessThan(50);
		expect(timed({ status: 'on_leave' })).toBeLessThan(200);
		expect(timed({ status: 'none' })).toBeLessThan(2000);
		big.close();
	});
});

function fill(ctx: Ctx, count: number): void {
	const { sql } = ctx.db;
	const person = sql.prepare('INSERT INTO person (id, email, phone, created_at) VALUES (?, ?, ?, 0)');
	const name = sql.prepare('INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, ?, ?)');
	const key = sql.prepare('INSERT INTO name_key (key, name_id, person_id) VALUES (?, ?, ?)');
	const period = sql.prepare("INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'basic', '2020-01-01', '2027-01-01')");
	sql.transaction(() => {
		for (let i = 0; i < count; i += 1) {
			person.run(`p${i}`, `person${i}@example.org`, `07700 9${String(i).padStart(5, '0')}`);
			name.run(`n${i}`, `p${i}`, 'Given', `Name${i}`);
			key.run(`name${i} given`, `n${i}`, `p${i}`);
			key.run(`given name${i}`, `n${i}`, `p${i}`);
			period.run(`m${i}`, `p${i}`);
		}
	})();
}

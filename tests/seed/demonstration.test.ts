import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASE_NAMES, caseAt } from '#db/seed/cases.ts';
import { makePeople, SEED_COLUMNS, type SeedRow } from '#db/seed/people.ts';
import { writePeopleFile } from '#db/seed/people-file.ts';
import { seededRandom } from '#db/seed/random.ts';
import { finderDifferences } from '#features/directory/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { builtGazetteer, type Desk, importDesk, TODAY } from '../cli/import/importing.ts';

const options = () => ({ count: 400, asAt: TODAY, seed: 7, gazetteer: builtGazetteer() });
let people: SeedRow[];
beforeAll(() => {
	people = [...makePeople(options())];
});

describe('invented people', () => {
	test('are the same every time', () => {
		expect([...makePeople(options())]).toEqual(people);
		expect([...makePeople({ ...options(), seed: 8 })]).not.toEqual(people);
	});

	test('hold every case there is in any 400', () => {
		const names = new Set(people.map((_, i) => caseAt(i, seededRandom(1), () => TODAY).name));
		expect(CASE_NAMES.filter((name) => !names.has(name))).toEqual([]);
	});

	test('have telephone numbers that Ofcom keeps free and addresses that nobody can have', () => {
		for (const row of people) {
			for (const column of ['phone', 'public phone']) if (row[column]) expect(row[column]).toMatch(/^(020 7946 0\d{3}|07700 900\d{3})$/);
			expect(row['email']).toMatch(/^[a-z.-]+\.\d+@example\.org$/);
			if (row['website']) expect(row['website']).toMatch(/\.example\.org\/$/);
		}
	});

	test('use only columns of the file, and write it as the file says', () => {
		const unknown = people.flatMap((row) => Object.keys(row)).filter((column) => !(SEED_COLUMNS as readonly string[]).includes(column));
		expect(unknown).toEqual([]);
	});

	test('say different things about themselves', () => {
		const texts = people.map((row) => row['about']).filter(Boolean);
		expect(new Set(texts).size).toBeGreaterThan(texts.length * 0.95);
	});
});

describe('the demonstration register', () => {
	let desk: Desk;
	beforeAll(async () => {
		desk = importDesk();
		const file = join(desk.folder, 'demonstration.csv');
		writePeopleFile(file, options(), () => undefined);
		const result = await desk.bring(readFileSync(file));
		expect(result.summary).toContain('400 people created');
		expect(result.counts).toMatchObject({ refused: 0, note: 0, 'likely duplicate': 0 });
	});
	afterAll(() => desk.close());

	const statuses = () =>
		desk.rows<{ id: string }>('SELECT person_id AS id FROM registration').map(({ id }) => {
			const facts = factsOf(desk.ctx.db, id);
			if (!facts) throw new Error('no facts');
			return registerStatus(facts, TODAY, registerRules(desk.ctx.db, TODAY));
		});

	test('shows every standing', () => {
		const standings = new Set(statuses().map((s) => s.standing));
		for (const standing of [
			'accredited',
			'organisation',
			'on_leave',
			'conditions',
			'interim_conditions',
			'interim_suspended',
			'suspended',
			'removed',
			'lapsed',
			'left',
		])
			expect(standings).toContain(standing);
	});

	test('holds every level and kind of award and every kind of order', () => {
		expect(desk.rows('SELECT DISTINCT level FROM award')).toHaveLength(4);
		expect(desk.rows('SELECT DISTINCT kind FROM award')).toHaveLength(7);
		expect(desk.rows('SELECT DISTINCT kind FROM register_order')).toHaveLength(9);
		expect(desk.rows('SELECT DISTINCT outcome FROM register_order WHERE outcome IS NOT NULL')).toHaveLength(3);
	});

	test('reaches all four nations, about as their people do', () => {
		const rows = desk.rows<{ nation: string; n: number }>('SELECT nation, count(DISTINCT person_id) AS n FROM practice_place GROUP BY nation');
		const share = (nation: string) => (rows.find((r) => r.nation === nation)?.n ?? 0) / 388;
		expect(rows).toHaveLength(4);
		expect(share('england')).toBeGreaterThan(0.7);
		for (const nation of ['scotland', 'wales', 'northern-ireland']) expect(share(nation)).toBeGreaterThan(0.008);
	});

	test('has a finder that agrees with the facts', () => {
		expect(desk.rows<{ n: number }>('SELECT count(*) AS n FROM finder')[0]?.n).toBeGreaterThan(250);
		expect(finderDifferences(desk.ctx.db, TODAY)).toEqual([]);
	});

	test('has availability that was confirmed lately and some that has faded', () => {
		const rows = desk.rows<{ stale: number }>(
			"SELECT availability_confirmed_on < '2026-09-20' AS stale FROM listing WHERE availability_confirmed_on IS NOT NULL",
		);
		const stale = rows.filter((r) => r.stale).length / rows.length;
		expect(stale).toBeGreaterThan(0.05);
		expect(stale).toBeLessThan(0.35);
	});

	test('imported again changes nothing', async () => {
		const file = join(desk.folder, 'again.csv');
		writeFileSync(file, stringify([[...SEED_COLUMNS], ...people.map((row) => SEED_COLUMNS.map((column) => row[column] ?? ''))]));
		const events = desk.rows('SELECT seq FROM audit_event').length;
		const result = await desk.bring(readFileSync(file));
		expect(result.counts).toMatchObject({ created: 0, changed: 0, unchanged: 400 });
		expect(desk.rows('SELECT seq FROM audit_event')).toHaveLength(events);
	});
});

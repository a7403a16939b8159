import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { putCheck } from '#features/membership/index.ts';
import { type Desk, importDesk } from './importing.ts';

let desk: Desk;
beforeEach(() => {
	desk = importDesk();
});
afterEach(() => desk.close());

const HEAD = 'first name,surname,email,DOB,insurer,insurance expires,insurance seen on,DBS,DBS date,DBS seen on,CPD from,CPD to,CPD hours,IPT hours,cpd source';
const ANN = 'Ann,Lee,ann@x.example,03/02/1980,Example Mutual,31/12/2026,01/10/2026,enhanced,05/05/2025,06/05/2025,01/04/2025,31/03/2026,30.5,12,Old system';
const bring = (...rows: string[]) => desk.bring(`${[HEAD, ...rows].join('\n')}\n`);
const checks = () =>
	desk.rows('SELECT kind, body, type, outcome, how, dated_on, checked_on, valid_to_on, reference FROM person_check WHERE superseded_at IS NULL ORDER BY kind');
const totals = () => desk.rows("SELECT began_on, done_on, minutes, ipt_minutes, source FROM cpd_entry WHERE kind = 'brought_forward'");

describe('columns of existing members', () => {
	test('bring in the birth date, insurance, record check and CPD total', async () => {
		const result = await bring(ANN);
		expect([result.counts.created, result.ignored]).toEqual([1, []]);
		expect(desk.rows('SELECT born_on FROM person')).toEqual([{ born_on: '1980-02-03' }]);
		expect(checks()).toMatchObject([
			{ kind: 'insurance', body: 'Example Mutual', type: 'own', outcome: 'confirmed', how: 'imported', checked_on: '2026-10-01', valid_to_on: '2026-12-31' },
			{ kind: 'record_check', body: 'Disclosure and Barring Service', type: 'enhanced', dated_on: '2025-05-05', checked_on: '2025-05-06', reference: null },
		]);
		expect(totals()).toEqual([{ began_on: '2025-04-01', done_on: '2026-03-31', minutes: 1830, ipt_minutes: 720, source: 'Old system' }]);
	});

	test('change nothing the second time; another total for the same days takes the place of the first', async () => {
		await bring(ANN);
		const again = await bring(ANN);
		expect(again.counts).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
		const more = await bring(ANN.replace('30.5', '31'));
		expect([more.counts.changed, totals()]).toMatchObject([1, [{ minutes: 1860 }]]);
	});

	test('leave what nobody has seen as “could not be checked”, and keep what was checked since', async () => {
		await bring('Ann,Lee,ann@x.example,,Example Mutual,2026-12-31,,,,,,,,,');
		expect(checks()).toMatchObject([{ outcome: 'could_not_check', valid_to_on: '2026-12-31' }]);
		const personId = desk.rows<{ id: string }>('SELECT id FROM person')[0]?.id ?? '';
		const seen = { kind: 'insurance', body: 'Newer Mutual', type: 'own', reference: null, outcome: 'confirmed', how: 'document_seen' } as const;
		commit(desk.ctx, { name: 'test' }, (tx) =>
			putCheck(tx, personId, { ...seen, datedOn: null, checkedOn: '2026-11-20', validToOn: '2027-06-30', nextCheckOn: null }),
		);
		expect((await bring(ANN)).counts.changed).toBe(1);
		expect(checks()).toMatchObject([{ body: 'Newer Mutual' }, { kind: 'record_check' }]);
	});

	test('are refused with a reason when they cannot be right', async () => {
		const wrong = async (row: string) => (await bring(row)).summary;
		expect(await wrong(ANN.replace('03/02/1980', '03/02/45'))).toContain('four digits');
		expect(await wrong(ANN.replace('30.5', '"2,5"'))).toContain('cpd hours');
		expect(await wrong(ANN.replace(',12,', ',40,'))).toContain('more than all the hours');
		expect(await wrong(ANN.replace('01/04/2025', ''))).toContain('cpd from is empty');
		expect(await wrong(ANN.replace('01/04/2025', '01/04/2027'))).toContain('before the first day');
		expect(await wrong(ANN.replace('enhanced', 'magic'))).toContain('record check');
		expect(desk.rows('SELECT 1 FROM person')).toEqual([]);
	});

	test('leave a declared CPD year alone', async () => {
		await bring(ANN.replace('30.5,12', ','));
		const id = desk.rows<{ id: string }>('SELECT id FROM person')[0]?.id ?? '';
		const columns = desk
			.rows<{ name: string; type: string; notnull: number }>('SELECT name, type, "notnull" FROM pragma_table_info(\'cpd_year\')')
			.filter((c) => c.notnull === 1 || c.name === 'id');
		const known: Record<string, string> = { id: 'y', person_id: id, from_on: '2025-04-01', to_on: '2026-03-31' };
		const values = columns.map((c) => known[c.name] ?? (c.type === 'INTEGER' ? 1 : '{}'));
		desk.ctx.db.sql.prepare(`INSERT INTO cpd_year (${columns.map((c) => c.name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`).run(...values);
		expect((await bring(ANN)).summary).toContain('declared year takes nothing more');
	});

	test('find a merged file by its former number and member id', async () => {
		await desk.bring('member id,name,email\nM-1,Ann Lee,ann@x.example\nM-2,Anna Lee,anna@x.example\n');
		const [winner, loser] = desk.rows<{ id: string }>('SELECT id FROM person ORDER BY import_key').map((r) => r.id);
		desk.ctx.db.sql.prepare("INSERT INTO person_merge VALUES (?, ?, 0, 'x', 'x')").run(loser, winner);
		const result = await desk.bring('member id,name,email,phone\nM-2,Ann Lee,ann@x.example,01632 960001\n');
		expect(result.counts.created).toBe(0);
		expect(desk.rows("SELECT phone FROM person WHERE import_key = 'M-1'")).toEqual([{ phone: '01632 960001' }]);
	});
});

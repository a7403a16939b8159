import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Forbidden } from '#core/errors.ts';
import type { ReportTable } from '#features/accreditation/index.ts';
import { afterwards, casework } from '#features/complaints/index.ts';
import { hiddenParts, NOT_SHOWN } from '#features/complaints/report-small.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { laterAs, on, reviewer, upheldOn, withdrawnOn } from './after-scene.ts';

const TODAY = '2026-11-23';
const RANGE = { fromOn: '2026-01-01', toOn: TODAY };
let ctx: Ctx;
let owner: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	staff(ctx, 'Lars', 'lay_panel_member');
});

const report = (who: Someone, day = TODAY) => afterwards.concernsReport(laterAs(who, day), { ...RANGE, toOn: day });
const table = (tables: readonly ReportTable[], key: string) => tables.find((one) => one.key === key) as ReportTable;
const cell = (tables: readonly ReportTable[], key: string, label: string) => table(tables, key).rows.find(([first]) => first === label)?.[1];

describe('small numbers', () => {
	test('are hidden so that no sum tells them: two parts at least, and five cases at least behind them', () => {
		const cases = Array.from({ length: 3000 }, (_, n) => Array.from({ length: 2 + (n % 7) }, (__, i) => (n * 7 + i * i * 13 + (n >> (i % 5))) % 23));
		for (const counts of cases) {
			const hidden = hiddenParts(counts, 5);
			const sum = counts.reduce((all, count, i) => all + (hidden[i] ? count : 0), 0);
			for (const [i, count] of counts.entries()) if (count < 5) expect(hidden[i]).toBe(true);
			const isAll = hidden.every(Boolean);
			expect(sum === 0 || isAll || (sum >= 5 && hidden.filter(Boolean).length >= 2), counts.join()).toBe(true);
		}
	});

	test('stay hidden from the committee, the registrar and a reviewer, in the table, its picture and the file', () => {
		for (let n = 0; n < 7; n++) withdrawnOn(ctx, '2026-03-02', owner);
		for (let n = 0; n < 6; n++) upheldOn(ctx, '2026-04-02', owner);
		upheldOn(ctx, '2026-04-02', owner, { outcome: 'not_upheld' });
		expect([cell(report(owner), 'outcome', 'Withdrawn'), cell(report(owner), 'outcome', 'Not upheld'), cell(report(owner), 'outcome', 'All')]).toEqual([
			7, 1, 14,
		]);
		const others = [staff(ctx, 'Cora', 'committee'), staff(ctx, 'Rita', 'registrar'), reviewer(ctx, 'Uma', '2027-01-01')];
		for (const who of others) {
			const seen = report(who);
			expect([cell(seen, 'outcome', 'Withdrawn'), cell(seen, 'outcome', 'Upheld'), cell(seen, 'outcome', 'Not upheld'), cell(seen, 'outcome', 'All')]).toEqual([
				7,
				NOT_SHOWN,
				NOT_SHOWN,
				14,
			]);
			expect(table(seen, 'outcome').bars.find(({ label }) => label === 'Upheld')).toMatchObject({ words: NOT_SHOWN, width: 0 });
			expect(afterwards.concernsReportCsv(laterAs(who, TODAY), RANGE).content).toContain('What came of them,Not upheld,How many,not shown');
		}
	});

	test('of the equality questions are hidden from everybody', () => {
		const put = ctx.db.sql.prepare("INSERT INTO concern_equality (id, month, side, answers) VALUES (?, '2026-05', 'complainant', ?)");
		for (let n = 0; n < 8; n++) put.run(`y${n}`, JSON.stringify({ disability: n < 6 ? 'no' : 'yes' }));
		expect(cell(report(owner), 'equality-disability', 'Yes')).toBe(NOT_SHOWN);
		expect(cell(report(owner), 'equality-disability', 'No')).toBe(NOT_SHOWN);
		expect(cell(report(owner), 'equality-disability', 'All')).toBe(8);
	});
});

test('no figure tells anybody of a case about themselves, their circle, or one they stepped back from', () => {
	for (let n = 0; n < 9; n++) withdrawnOn(ctx, '2026-03-02', owner);
	const people = [staff(ctx, 'Otto', 'complaints_officer'), staff(ctx, 'Rita', 'registrar'), staff(ctx, 'Cora', 'committee')];
	for (const who of people) {
		const other = people.find((one) => one !== who) as Someone;
		const [before, ofOther] = [report(who), report(other)];
		const open = aConcern(ctx, { about: who });
		upheldOn(ctx, '2026-04-02', owner, { about: who });
		letIn(ctx, open.id, staff(ctx, 'Adam', 'administrator'), 'break_glass', { days: 0.05 });
		expect(report(who)).toEqual(before);
		expect(report(other)).not.toEqual(ofOther);
	}
	const { id, reference } = aConcern(ctx);
	const before = report(people[0] as Someone);
	letIn(ctx, id, people[0] as Someone, 'caseworker');
	casework.stepBack(laterAs(people[0] as Someone, TODAY), reference);
	expect(report(people[0] as Someone)).not.toEqual(before);
	expect(cell(report(people[0] as Someone), 'stage', 'Received')).not.toBe(cell(report(owner), 'stage', 'Received'));
});

test('others than officers read one year at a time, up to the last quarter that is over: no two ranges differ by a case', () => {
	const days = (who: Someone, fromOn: string, toOn: string, today = TODAY) => afterwards.daysFor(laterAs(who, today), { fromOn, toOn });
	const cora = staff(ctx, 'Cora', 'committee');
	expect(days(owner, '2026-03-02', '2026-03-03')).toEqual({ fromOn: '2026-03-02', toOn: '2026-03-03' });
	expect(days(cora, '2026-03-02', '2026-03-03')).toEqual({ fromOn: '2026-01-01', toOn: '2026-09-30' });
	expect(days(cora, '2024-03-02', '2025-03-03')).toEqual({ fromOn: '2025-01-01', toOn: '2025-12-31' });
	expect(days(cora, '2026-01-01', '2027-01-05', '2027-01-05')).toEqual({ fromOn: '2026-01-01', toOn: '2026-12-31' });
	for (let n = 0; n < 8; n++) withdrawnOn(ctx, '2026-09-30', owner);
	const before = report(cora);
	for (let n = 0; n < 8; n++) withdrawnOn(ctx, '2026-10-01', owner);
	expect(report(cora)).toEqual(before);
});

test('promises kept and missed are counted by kind, and a file is safe to open', () => {
	aConcern(on(ctx, '2026-10-01'));
	expect(table(report(owner), 'promises').rows).toEqual([
		['Say that it arrived', 0, 1, 0, '0 %'],
		['Decide whether it is for us', 0, 1, 0, '0 %'],
	]);

	const { name, content } = afterwards.concernsReportCsv(laterAs(owner, TODAY), RANGE);
	expect(name).toBe('concerns-2026-01-01-to-2026-11-23.csv');
	for (const line of content.split('\n')) for (const one of line.split(',')) expect(one).not.toMatch(/^"?[=+@\t]/);
});

test('figures are for those who work on concerns, answer for the register, decide, or review: nobody else', () => {
	for (const role of ['administrator', 'membership_officer', 'assessor', 'auditor', 'finance', 'lay_panel_member'] as const)
		expect(() => report(staff(ctx, `One${role}`, role))).toThrow(Forbidden);
	expect(() => report(aPerson(ctx, 'Mary'))).toThrow(Forbidden);
});

describe('what everybody can read', () => {
	const years = (day = '2027-03-01') => afterwards.concernYears(ctx.db, day).years;

	test('appears when the year is over, to the nearest five, and tells of no single case', () => {
		for (let n = 0; n < 12; n++) withdrawnOn(ctx, '2026-03-02', owner);
		upheldOn(ctx, '2026-04-02', owner);
		expect(years('2026-12-31')).toEqual([]);
		expect(years()).toMatchObject([{ year: 2026, came: 'about 15', glasses: [], learned: [] }]);
		expect(years()[0]?.outcomes).toContainEqual(['Withdrawn', 'about 10']);
		expect(years()[0]?.outcomes).toContainEqual(['Upheld', 'under 5']);
		expect(JSON.stringify(years())).not.toMatch(/CON-/);
	});

	test('says how often a case was opened in an emergency, and names neither it nor anybody', () => {
		const { id } = aConcern(on(ctx, '2026-05-04'));
		letIn(on(ctx, '2026-06-07'), id, staff(ctx, 'Adam', 'administrator'), 'break_glass', { days: 0.05 });
		expect(years()[0]?.glasses).toEqual(['June 2026: once']);
	});

	test('says what was learned only in words that one wrote and another cleared', () => {
		const { id, reference } = withdrawnOn(ctx, '2026-03-02', owner);
		const second = staff(ctx, 'Carl', 'complaints_officer');
		for (const [who, as] of [
			[owner, 'owner'],
			[second, 'caseworker'],
		] as const)
			letIn(ctx, id, who, as);
		const act = (who: Someone, name: string, input: object = {}) => {
			const found = casework.caseAct(laterAs(who, TODAY), reference, name);
			found.run(found.schema.parse({ seen: found.seen, ...input }) as never);
		};
		act(owner, 'learning', { words: 'Say at the beginning how therapy may end.' });
		expect(years()[0]?.learned).toEqual([]);
		const names = (who: Someone) => casework.actsOnCase(laterAs(who, TODAY), reference).map(({ key }) => key);
		expect([names(owner).includes('clear-learning'), names(owner).includes('take-back-learning')]).toEqual([false, true]);
		const alone = "UPDATE concern_learning SET settled_by = proposed_by, settled_at = 1, result = 'cleared', year = 2026, words = 'x'";
		expect(() => ctx.db.sql.prepare(alone).run()).toThrow('CHECK');
		expect(casework.caseAct(laterAs(second, TODAY), reference, 'clear-learning').shows).toEqual(['Say at the beginning how therapy may end.']);
		act(second, 'clear-learning', { result: 'cleared' });
		expect(years()[0]?.learned).toEqual(['Say at the beginning how therapy may end.']);
		expect(() => ctx.db.sql.prepare("UPDATE concern_learning SET words = 'changed'").run()).toThrow('never changed');
		expect(() => act(second, 'clear-learning', { result: 'cleared' })).toThrow();
		act(owner, 'learning', { words: 'Another.' });
		act(second, 'clear-learning', { result: 'refused' });
		expect(years()[0]?.learned).toHaveLength(1);
		expect(() => act(owner, 'clear-learning', { result: 'cleared' })).toThrow();
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { Forbidden } from '#core/errors.ts';
import { applicationsReport, applicationsReportCsv, askedRange, standingOf, takeStep, yearlyFigures } from '#features/accreditation/index.ts';
import type { StepKind } from '#features/accreditation/phases.ts';
import { spreadOf } from '#features/accreditation/report-figures.ts';
import { stageDays, waitedFor } from '#features/accreditation/report-queries.ts';
import { monthsOf } from '#features/accreditation/report-range.ts';
import { statesOf, turnOf } from '#features/accreditation/state.ts';
import { aMember, asOn, asPerson } from '#tests/features/cpd/members.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { begun } from './standards-scene.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-01-05');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

type Told = [day: string, kind: StepKind, data?: Record<string, unknown>];
/** An application begun on the first of some days, with steps on others. */
function told(route: string, [first, ...rest]: [string, ...Told[]]): string {
	const id = begun(asOn(system, first), route);
	let count = 0;
	for (const [day, kind, data] of rest) {
		const ctx = asOn(system, day);
		commit(ctx, { name: 'test' }, (tx) => {
			if (kind === 'submitted') tx.db.sql.prepare("UPDATE accreditation_application SET reference = 'ACC-' || rowid WHERE id = ?").run(id);
			takeStep(tx, standingOf(tx.db, id), kind, data);
			count += 1;
		});
	}
	expect(count).toBe(rest.length);
	return id;
}
const MARKED: Told[] = [
	['2026-02-09', 'assigned', { person: 'a', place: 1 }],
	['2026-02-09', 'assigned', { person: 'b', place: 2 }],
	['2026-02-20', 'sheet_sealed', { person: 'a' }],
	['2026-02-27', 'sheet_sealed', { person: 'b' }],
	['2026-03-02', 'reconciled', { recommendation: 'award' }],
];
const DECIDED: [string, ...Told[]] = [
	'2026-01-05',
	['2026-02-02', 'submitted'],
	['2026-02-06', 'accepted'],
	...MARKED,
	['2026-03-31', 'decided', { decision: 'd', outcome: 'awarded' }],
];
const HELD: [string, ...Told[]] = [
	'2026-01-05',
	['2026-03-02', 'submitted'],
	['2026-03-10', 'held', { untilOn: '2026-04-30' }],
	['2026-03-30', 'released'],
	['2026-04-02', 'withdrawn'],
];
const YEAR = { fromOn: '2026-01-01', toOn: '2026-12-31' };
const officer = (day = '2026-12-31') => asPerson(asOn(system, day), 'officer', 'membership_officer');
const table = (key: string, range = YEAR) => applicationsReport(officer(), range).find((one) => one.key === key)?.rows ?? [];

describe('the report on applications', () => {
	test('counts what was sent by month and route, and what came of it', () => {
		told('practitioner', DECIDED);
		told('supervisor', HELD);
		const sent = table('sent');
		expect([sent.length, sent[1], sent[2]]).toEqual([12, ['February 2026', 1, 0, 1], ['March 2026', 0, 1, 1]]);
		expect(table('outcomes')).toEqual([
			['Accredited practitioner', 1, 1, 0, 0, 0, 0, 0],
			['Accredited supervisor', 1, 0, 0, 0, 1, 0, 0],
		]);
	});

	test('says how long each stage took, and how long it was from sending to decision', () => {
		told('practitioner', DECIDED);
		told('supervisor', HELD);
		const stages = Object.fromEntries(table('stages').map(([stage, ...figures]) => [stage, figures]));
		expect(stages).toMatchObject({
			'Is it complete?': [2, 4, 31, 31],
			Assessment: [1, 24, 24, 24],
			Committee: [1, 29, 29, 29],
			'On hold, within any of these': [1, 20, 20, 20],
		});
		expect(table('decisions').at(-1)).toEqual(['All routes', 1, 57, 57, 57]);
	});

	test('says for whom they waited, only on the days that were asked for', () => {
		told('practitioner', DECIDED);
		const waited = (range = YEAR) => Object.fromEntries(table('waiting', range).map(([who, , days]) => [who, days]));
		expect(waited()).toMatchObject({ 'The office': 7, 'The assessors': 21, 'The committee': 29, 'The applicant': 0 });
		expect(waited({ fromOn: '2026-02-16', toOn: '2026-03-12' })).toMatchObject({ 'The office': 0, 'The assessors': 14, 'The committee': 10 });
	});

	test('says the same as a replay of every application', () => {
		const histories = Array.from({ length: 12 }, (_, i) => told('practitioner', (i % 3 === 0 ? HELD : moved(DECIDED, i * 5)) as typeof DECIDED));
		const [stages, turns] = [new Map<string, number>(), new Map<string, number>()];
		for (const id of histories) {
			const { steps, route } = standingOf(system.db, id);
			const states = statesOf(steps, route);
			states.forEach((state, i) => {
				const [next, step] = [states[i + 1], steps[i + 1]];
				if (next && step && next.phase !== state.phase) stages.set(state.phase, (stages.get(state.phase) ?? 0) + daysBetween(state.phaseFromOn, step.onDay));
				const turn = turnOf(state, route);
				if (step && state.phase !== 'draft') turns.set(turn, (turns.get(turn) ?? 0) + daysBetween(steps[i]?.onDay ?? '', step.onDay));
			});
		}
		const said = new Map<string, number>();
		for (const { stage, days, count } of stageDays(system.db, YEAR)) if (stage !== 'hold') said.set(stage, (said.get(stage) ?? 0) + days * count);
		expect(said).toEqual(stages);
		expect(new Map(waitedFor(system.db, YEAR, '2026-12-31').map(({ turn, days }) => [turn as string, days]))).toEqual(turns);
	});

	test('shows how much of each sample was drawn', () => {
		const drawer = aMember(system, 'Odile');
		const text = `INSERT INTO sample_draw (id, reference, purpose, drawn_on, seed, percent, eligible_count, drawn_count, digest, drawn_by, drawn_at)
			VALUES ('d', 'DRAW-2026-01', 'audit', '2026-05-04', '0123456789abcdef', 15, 40, 6, 'x', ?, 0)`;
		system.db.sql.prepare(text).run(drawer);
		expect(table('draws')).toEqual([['DRAW-2026-01', 'CPD audit', '4 May 2026', 40, '15 %', 6, '15 %']]);
		expect(table('draws', { fromOn: '2026-01-01', toOn: '2026-05-03' })).toEqual([]);
	});

	test('is for those who answer for it, and holds no names', () => {
		told('practitioner', DECIDED);
		for (const role of ['assessor', 'finance', 'member'] as const) expect(() => applicationsReport(asPerson(system, 'x', role), YEAR)).toThrow(Forbidden);
		expect(JSON.stringify(applicationsReport(officer(), YEAR))).not.toContain('Ann');
	});

	test('as a file has one line a figure, and nothing that a spreadsheet would run', () => {
		told('practitioner', DECIDED);
		const { name, content } = applicationsReportCsv(officer(), YEAR);
		expect(name).toBe('applications-2026-01-01-to-2026-12-31.csv');
		expect(content).toContain('From sending to decision,All routes,Half within (days),57');
		expect(content.split('\n').filter((line) => /(^|,)"?[=+@]/.test(line))).toEqual([]);
	});
});

describe('the days of a report', () => {
	const asked = (query: string) => askedRange(new URLSearchParams(query), '2026-11-22');
	test('are the last twelve months unless others are asked for', () => {
		expect(asked('').range).toEqual({ fromOn: '2025-11-23', toOn: '2026-11-22' });
		expect(asked('from=1 April 2026&to=30/06/2026').range).toEqual({ fromOn: '2026-04-01', toOn: '2026-06-30' });
		expect(monthsOf({ fromOn: '2026-11-30', toOn: '2027-01-01' })).toEqual(['2026-11', '2026-12', '2027-01']);
	});

	test.each([
		['from=soon', 'from'],
		['from=2026-05-02&to=2026-05-01', 'to'],
		['from=2001-01-01&to=2026-05-01', 'to'],
	])('that cannot be shown are said: %s', (query, field) => expect(asked(query).errors[0]?.field).toBe(field));
});

describe('half and nine in ten', () => {
	test('are days that did occur', () => {
		const lasted = [
			{ days: 40, count: 1 },
			{ days: 3, count: 5 },
			{ days: 8, count: 4 },
		];
		expect(spreadOf(lasted)).toEqual({ count: 10, median: 3, ninetieth: 8, longest: 40 });
		expect([spreadOf([]), spreadOf([{ days: 0, count: 1 }])?.median]).toEqual([null, 0]);
	});
});

describe('figures for the public', () => {
	test('are of years that are over, and hide what is under five', () => {
		for (let i = 0; i < 6; i += 1) told('practitioner', DECIDED);
		told('supervisor', HELD);
		expect(yearlyFigures(system.db, '2026-12-31')).toEqual([]);
		const [year] = yearlyFigures(system.db, '2027-01-01');
		expect(year?.rows).toEqual([
			['Accredited practitioner', '6', '6', 'under 5', 'under 5'],
			['Accredited supervisor', 'under 5', 'under 5', 'under 5', 'under 5'],
			['All routes', '6 or more', '6 or more', 'under 5', 'under 5'],
		]);
		expect(year?.within).toBe('Half of all decisions came within 57 days of sending, nine in ten within 57.');
	});
});

/** The same history some days later. */
function moved([first, ...rest]: [string, ...Told[]], days: number): [string, ...Told[]] {
	return [addDays(first, days), ...rest.map(([day, kind, data]): Told => [addDays(day, days), kind, data])];
}

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths } from '#core/dates.ts';
import {
	lateDueDays,
	RENEWAL_MOVES,
	type RenewalKind,
	type RenewalStep,
	renewalPhaseOn,
	renewalRefusal,
	renewalStateOf,
} from '#features/accreditation/renewal-state.ts';

const LIMITS = { awardGraces: [{ fromOn: '2000-01-01', days: 60 }], reactivateMonths: 24, informationRounds: 3 };
const DUE = '2027-03-31';
const KINDS = Object.keys(RENEWAL_MOVES) as RenewalKind[];

const begin = (): RenewalStep[] => [{ no: 1, kind: 'opened', at: 0, onDay: '2026-09-30', byPerson: null, data: { dueOn: DUE } }];
const with_ = (steps: RenewalStep[], kind: RenewalKind, onDay: string, data: Record<string, unknown> = {}): RenewalStep[] => [
	...steps,
	{ no: steps.length + 1, kind, at: 0, onDay, byPerson: null, data },
];
const on = (steps: RenewalStep[], day: string) => renewalPhaseOn(renewalStateOf(steps), day, LIMITS);

describe('what the day alone brings', () => {
	test.each([
		['open up to and with the last day', DUE, 'window_open'],
		['late from the day after', addDays(DUE, 1), 'late'],
		['late for sixty days', addDays(DUE, 60), 'late'],
		['at its end after that, with a short way back', addDays(DUE, 61), 'reactivatable'],
		['for two years', addDays(addMonths(addDays(DUE, 61), 24), -1), 'reactivatable'],
		['and then no more', addMonths(addDays(DUE, 61), 24), 'closed'],
	])('it is %s', (_, day, phase) => expect(on(begin(), day)).toBe(phase));

	test('what was sent in time waits as long as it takes', () => expect(on(with_(begin(), 'submitted', DUE, { reasons: [] }), '2031-01-01')).toBe('submitted'));
});

test('the list of those who are late holds the days on which the phase says late, whatever versions the late window has', () => {
	const graces = fc.array(fc.tuple(fc.nat(300), fc.nat(90)), { minLength: 1, maxLength: 4 });
	fc.assert(
		fc.property(graces, fc.nat(400), fc.integer({ min: -120, max: 10 }), (versions, at, back) => {
			const awardGraces = versions.map(([n, days]) => ({ fromOn: addDays('2026-01-01', n), days })).toSorted((a, b) => a.fromOn.localeCompare(b.fromOn));
			const limits = { ...LIMITS, awardGraces };
			const today = addDays('2026-01-01', at);
			const dueOn = addDays(today, back);
			const state = renewalStateOf([{ no: 1, kind: 'opened', at: 0, onDay: '2025-06-01', byPerson: null, data: { dueOn } }]);
			const isListed = lateDueDays(limits, today).some((span) => span.fromOn <= dueOn && dueOn <= span.toOn);
			expect(isListed).toBe(renewalPhaseOn(state, today, limits) === 'late');
		}),
		{ numRuns: 500 },
	);
});

describe('what is sent', () => {
	const sent = (reasons: string[], data = {}) => with_(begin(), 'submitted', '2027-01-01', { reasons, ...data });

	test('waits for the draw when nothing is missing, and is assessed when something is, or on the way back', () => {
		expect(on(sent([]), '2027-01-02')).toBe('submitted');
		expect(on(sent(['insurance']), '2027-01-02')).toBe('in_assessment');
		expect(on(sent([], { isReinstating: true }), '2027-01-02')).toBe('in_assessment');
	});

	test('is confirmed at one look only after the draw, and not when it was drawn', () => {
		const refusal = (steps: RenewalStep[]) => renewalRefusal(renewalStateOf(steps), 'confirmed', '2027-01-03', LIMITS);
		expect(refusal(sent([]))).toContain('Draw the sample first');
		expect(refusal(with_(sent([]), 'drawn', '2027-01-02', { sampled: false }))).toBeNull();
		expect(on(with_(sent([]), 'drawn', '2027-01-02', { sampled: true }), '2027-01-03')).toBe('in_assessment');
	});

	test('is asked about three times at most', () => {
		let steps = sent(['insurance']);
		for (let round = 0; round < 3; round += 1)
			steps = with_(with_(steps, 'information_requested', '2027-01-02', { dueOn: '2027-02-01' }), 'information_overdue', '2027-02-02');
		expect(renewalRefusal(renewalStateOf(steps), 'information_requested', '2027-02-03', LIMITS)).toContain('No further round');
	});
});

/** The reference: what each step leads to, told again in another way. */
function told(steps: readonly RenewalStep[]): string {
	const kinds = steps.map(({ kind }) => kind).filter((kind) => !['extended', 'assigned', 'unassigned'].includes(kind));
	const last = kinds.at(-1);
	const submitted = steps.findLast(({ kind }) => kind === 'submitted');
	const isAmber = submitted !== undefined && ((submitted.data.reasons as unknown[]).length > 0 || submitted.data.isReinstating === true);
	if (last === 'opened') return 'window_open';
	if (last === 'submitted') return isAmber ? 'in_assessment' : 'submitted';
	if (last === 'drawn') return steps.findLast(({ kind }) => kind === 'drawn')?.data.sampled === true ? 'in_assessment' : 'submitted';
	if (last === 'information_requested') return 'information';
	if (last === 'information_answered' || last === 'information_overdue') return 'in_assessment';
	if (last === 'put_to_committee' || last === 'task_missed') return 'panel';
	if (last === 'task_met') return 'confirmed';
	return last ?? '';
}

test('random histories: no illegal phase, more time never takes time away, every moment of the past is the replay up to it', () => {
	const dataFor = (kind: RenewalKind, n: number, day: string): Record<string, unknown> => {
		if (kind === 'submitted') return { reasons: n % 2 ? ['insurance'] : [], isReinstating: n % 5 === 0 };
		if (kind === 'drawn') return { sampled: n % 3 === 0 };
		if (kind === 'information_requested') return { dueOn: addDays(day, 21) };
		if (kind === 'conditional') return { tasks: [{ id: 'one', dueOn: addDays(day, 90) }] };
		if (kind === 'task_met' || kind === 'task_missed') return { task: 'one' };
		if (kind === 'extended') return { until: addDays(DUE, (n % 200) - 50) };
		return kind === 'assigned' ? { person: `p${n}` } : {};
	};
	const choices = fc.array(fc.tuple(fc.nat(KINDS.length - 1), fc.nat(50), fc.nat(1000)), { maxLength: 40 });
	fc.assert(
		fc.property(choices, (chosen) => {
			let steps = begin();
			let day = '2026-09-30';
			for (const [which, days, n] of chosen) {
				day = addDays(day, days);
				const before = renewalStateOf(steps);
				const kind = KINDS[which] as RenewalKind;
				if (renewalRefusal(before, kind, day, LIMITS) !== null) continue;
				const earlier = steps;
				steps = with_(steps, kind, day, dataFor(kind, n, day));
				const after = renewalStateOf(steps);
				expect(after.base).toBe(told(steps));
				expect(after.dueOn >= before.dueOn).toBe(true);
				expect(renewalStateOf(steps.slice(0, earlier.length))).toEqual(before);
				if (kind === 'refused') expect(before.base).toBe('panel');
				if (kind === 'confirmed' && before.base === 'submitted') expect(before.isDrawn && !before.isSampled).toBe(true);
			}
		}),
		{ numRuns: 400 },
	);
});

test('every step may be taken in the phases that its row names, and in no other', () => {
	const rows = KINDS.map((kind) => `${kind}: ${RENEWAL_MOVES[kind].from.join(', ')}`);
	expect(rows).toMatchInlineSnapshot(`
		[
		  "opened: ",
		  "submitted: window_open, late, reactivatable",
		  "drawn: submitted",
		  "assigned: in_assessment, information",
		  "unassigned: in_assessment, information",
		  "information_requested: in_assessment",
		  "information_answered: information",
		  "information_overdue: information",
		  "confirmed: submitted, in_assessment, panel",
		  "conditional: in_assessment",
		  "task_met: conditional",
		  "task_missed: conditional",
		  "put_to_committee: in_assessment",
		  "refused: panel",
		  "extended: window_open, late, submitted, in_assessment, information, panel",
		  "closed: window_open, late, reactivatable, closed",
		]
	`);
});

import { describe, expect, test } from 'vitest';
import { dueOn } from '#features/accreditation/due.ts';
import type { StepKind } from '#features/accreditation/phases.ts';
import type { Limits } from '#features/accreditation/standards.ts';
import { refusalOf, type Step, stateOf, turnOf } from '#features/accreditation/state.ts';

const TWO = { assessors: 2 };
const LIMITS = { checksWorkingDays: 5, assessmentWorkingDays: 20, panelWorkingDays: 30, reviewWorkingDays: 30, draftMonths: 6 } as Limits;
const HOLIDAYS = new Set(['2026-12-25', '2026-12-28', '2027-01-01']);

type Told = [day: string, kind: StepKind, data?: Step['data']];
const steps = (...told: Told[]): Step[] => told.map(([onDay, kind, data = {}], i) => ({ no: i + 1, kind, at: i, onDay, byPerson: null, data }));

const SENT: Told[] = [
	['2026-11-02', 'begun'],
	['2026-11-03', 'submitted'],
	['2026-11-04', 'accepted'],
];
const GIVEN: Told[] = [...SENT, ['2026-11-05', 'assigned', { person: 'a', place: 1 }], ['2026-11-05', 'assigned', { person: 'b', place: 2 }]];
const MARKED: Told[] = [...GIVEN, ['2026-11-10', 'sheet_sealed', { person: 'a' }], ['2026-11-11', 'sheet_sealed', { person: 'b' }]];
const DECIDED: Told[] = [
	...MARKED,
	['2026-11-12', 'reconciled', { recommendation: 'award' }],
	['2026-11-20', 'decided', { decision: 'd1', outcome: 'declined' }],
];

describe('an application', () => {
	test('goes from the draft to the committee, and each time it is somebody’s turn', () => {
		const turns = (told: Told[]) => {
			const state = stateOf(steps(...told), TWO);
			return [state.phase, turnOf(state, TWO)];
		};
		expect(turns(SENT.slice(0, 1))).toEqual(['draft', 'applicant']);
		expect(turns(SENT.slice(0, 2))).toEqual(['checks', 'office']);
		expect(turns(SENT)).toEqual(['assessment', 'office']);
		expect(turns(GIVEN)).toEqual(['assessment', 'assessors']);
		expect(turns(DECIDED.slice(0, -1))).toEqual(['panel', 'committee']);
		expect(turns(DECIDED)).toEqual(['decided', 'nobody']);
	});

	test('waits for a reference only once the assessors are done, and goes on when it is there', () => {
		const waiting: Told[] = [...MARKED.slice(0, 2), ['2026-11-03', 'request_made', { request: 'r1' }], ...MARKED.slice(2)];
		const recommended: Told[] = [...waiting, ['2026-11-12', 'reconciled', { recommendation: 'award' }]];
		expect(stateOf(steps(...recommended), TWO).phase).toBe('verification');
		const settled = stateOf(steps(...recommended, ['2026-11-14', 'request_settled', { request: 'r1', isGood: false }]), TWO);
		expect([settled.phase, settled.failedRequests]).toEqual(['panel', ['r1']]);
	});

	test('does not go to the committee before every sheet is sealed', () => {
		const state = stateOf(steps(...MARKED.slice(0, -1)), TWO);
		expect(refusalOf(state, 'reconciled', TWO)).toContain('sealed');
		expect(refusalOf(state, 'put_to_panel', TWO)).not.toBeNull();
	});

	test('is never declined by a silence: it goes to a person', () => {
		const asked: Told[] = [...MARKED, ['2026-11-12', 'information_requested', { dueOn: '2026-12-24' }], ['2026-12-25', 'information_overdue']];
		const state = stateOf(steps(...asked), TWO);
		expect([state.phase, state.outcome, turnOf(state, TWO)]).toEqual(['assessment', null, 'office']);
	});

	test('asks for more three times at most', () => {
		const round = (day: string): Told[] => [
			[day, 'information_requested', { dueOn: '2027-03-01' }],
			[day, 'information_answered'],
		];
		const state = stateOf(steps(...GIVEN, ...round('2026-11-12'), ...round('2026-11-13'), ...round('2026-11-16')), TWO);
		expect(refusalOf(state, 'information_requested', TWO)).toContain('Three rounds');
	});

	test('stops its clock while it waits for the applicant, and a pause never moves the day earlier', () => {
		const due = (...told: Told[]) => dueOn(stateOf(steps(...told), TWO), LIMITS, HOLIDAYS);
		expect(due(...GIVEN)).toBe('2026-12-02');
		const asked: Told[] = [...GIVEN, ['2026-11-12', 'information_requested', { dueOn: '2026-12-24' }]];
		expect(due(...asked)).toBe('2026-12-24');
		expect(due(...asked, ['2026-11-19', 'information_answered'])).toBe('2026-12-09');
		const held: Told[] = [...GIVEN, ['2026-12-01', 'held', { untilOn: '2027-01-29' }]];
		expect(due(...held)).toBeNull();
		expect(due(...held, ['2027-01-04', 'released'])).toBe('2027-01-05');
	});

	test('goes to other people when a review sets the decision aside, and keeps the old one on record', () => {
		const reviewed = stateOf(steps(...DECIDED, ['2026-11-25', 'review_requested'], ['2026-12-10', 'review_decided', { result: 'quashed' }]), TWO);
		expect([reviewed.phase, reviewed.outcome, reviewed.overturned]).toEqual(['panel', null, ['d1']]);
	});

	test('stands as before the decision when a mistake is undone, from that day on', () => {
		const undone = stateOf(steps(...DECIDED, ['2026-11-24', 'rolled_back', { toNo: DECIDED.length - 1 }]), TWO);
		expect([undone.phase, undone.phaseFromOn, undone.outcome, undone.overturned]).toEqual(['panel', '2026-11-24', null, ['d1']]);
		expect(undone.recommendation).toBe('award');
	});
});

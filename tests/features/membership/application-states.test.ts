import { describe, expect, test } from 'vitest';
import type { Actor } from '#core/ctx.ts';
import { ROLE_NAMES } from '#core/roles.ts';
import { type ApplicationState, MOVES, mayMove } from '#features/membership/index.ts';

const STATES: readonly ApplicationState[] = ['draft', 'submitted', 'more_wanted', 'decline_proposed', 'admitted', 'joined', 'declined', 'withdrawn', 'closed'];
const ACTIONS = [...new Set(MOVES.map((move) => move.action))];
const person = (personId: string, ...roles: (typeof ROLE_NAMES)[number][]): Actor => ({
	kind: 'person',
	personId,
	accountId: 'a',
	roles,
	level: 2,
	provedAt: 0,
});

/** Who may do what, written down a second time: state, then action, then by whom. */
const TABLE: Record<string, string> = {
	'draft submit': 'applicant',
	'draft withdraw': 'applicant',
	'draft close': 'system',
	'submitted ask': 'officer',
	'submitted admit': 'officer',
	'submitted decline': 'officer',
	'submitted withdraw': 'applicant',
	'more_wanted answer': 'applicant',
	'more_wanted withdraw': 'applicant',
	'more_wanted close': 'system',
	'decline_proposed confirm': 'second',
	'decline_proposed return': 'officer',
	'decline_proposed withdraw': 'applicant',
	'admitted pay': 'system',
	'admitted withdraw': 'applicant',
	'admitted close': 'system',
};

const MAY: Record<string, Record<string, boolean>> = {
	applicant: { applicant: true, officer: false, proposer: false, ownOfficer: true, other: false },
	officer: { applicant: false, officer: true, proposer: true, ownOfficer: false, other: false },
	second: { applicant: false, officer: true, proposer: false, ownOfficer: false, other: false },
	system: { applicant: true, officer: true, proposer: true, ownOfficer: true, other: true },
	nobody: { applicant: false, officer: false, proposer: false, ownOfficer: false, other: false },
};

const ACTORS: Record<string, Actor> = {
	applicant: person('ann'),
	officer: person('olly', 'membership_officer'),
	proposer: person('pat', 'registrar'),
	ownOfficer: person('ann', 'membership_officer'),
	other: person('eve', ...ROLE_NAMES.filter((role) => role !== 'membership_officer' && role !== 'registrar')),
};

describe('an application', () => {
	const rows = STATES.flatMap((state) => ACTIONS.map((action) => [state, action] as const));
	test.each(rows)('that is %s: %s only by whom the table names', (state, action) => {
		const expected = MAY[TABLE[`${state} ${action}`] ?? 'nobody'];
		const application = { state, personId: 'ann', proposedBy: 'pat' };
		const seen = Object.fromEntries(Object.entries(ACTORS).map(([who, actor]) => [who, mayMove(actor, application, action)]));
		expect(seen).toEqual(expected);
	});

	test('comes to an end from every state, and from an end nowhere', () => {
		const ends = STATES.filter((state) => !MOVES.some((move) => move.from === state));
		expect(ends).toEqual(['joined', 'declined', 'withdrawn', 'closed']);
		for (const state of STATES.filter((s) => !ends.includes(s))) expect(MOVES.some((m) => m.from === state && m.action === 'withdraw')).toBe(true);
	});
});

import { expect, test } from 'vitest';
import type { Actor } from '#core/ctx.ts';
import { ROLE_NAMES, type Role } from '#core/roles.ts';
import { PANEL_ACTS } from '#features/complaints/panel-acts.ts';
import type { Room } from '#features/complaints/panel-room.ts';
import type { Round, Seat } from '#features/complaints/panel-rows.ts';
import type { PanelKind, PanelRules } from '#features/complaints/panel-rules.ts';
import { MOVES, type Phase, type StepKind } from '#features/complaints/phases.ts';
import { canTake, isComplaintsOfficer } from '#features/complaints/policy.ts';
import type { Access } from '#features/complaints/sight.ts';
import type { State } from '#features/complaints/state.ts';
import { expectGolden } from '#tests/helpers/golden.ts';

const PHASES: Phase[] = [
	'enquiry',
	'received',
	'triage',
	'awaiting_complainant',
	'preliminary',
	'early_resolution',
	'investigation',
	'decision_to_refer',
	'hearing',
	'outcome',
	'appeal',
	'closed',
	'dropped',
];
const CAPACITIES: Access['capacity'][] = [
	'owner',
	'caseworker',
	'lay_screener',
	'investigator',
	'facilitator',
	'monitor',
	'secretary',
	'panel',
	'adviser',
	'reviewer',
	'break_glass',
];
const KINDS = [...new Set(MOVES.map(({ kind }) => kind))];
const OF_PANELS: StepKind[] = ['referred', 'no_case', 'advised', 'facts_found', 'breach_found', 'sanction_decided', 'interim_decided', 'appeal_decided'];

const person = (roles: readonly Role[], level: 1 | 2 = 2): Actor => ({ kind: 'person', personId: 'me', accountId: 'me', roles, level, provedAt: 0 });
const access = (capacity: Access['capacity'], declared: Access['declared'] = 'none'): Access => ({ id: capacity, capacity, untilAt: 9e15, declared });

type Who = { title: string; actor: Actor; capacity: Access['capacity'] | null; isGateShut?: true };

function allowed({ actor, capacity, isGateShut }: Who, phase: Phase): StepKind[] {
	const accesses = capacity === null ? [] : [access(capacity)];
	const sight = { accesses, isGateShut: isGateShut ?? false, isUnowned: capacity === null && isComplaintsOfficer(actor), state: { phase } as State };
	return KINDS.filter((kind) => canTake(actor, sight, kind));
}

function linesOf(who: Who): string[] {
	const phases = PHASES.flatMap((phase) => {
		const kinds = allowed(who, phase);
		return kinds.length === 0 ? [] : [`  ${phase}: ${kinds.join(', ')}`];
	});
	return [who.title, ...(phases.length === 0 ? ['  nothing'] : phases), ''];
}

/** Each role by itself, on a case that waits for an officer; each capacity with a role of the office, without one, without the second step, behind the gate. */
const ACTORS: Who[] = [
	{ title: 'nobody signed in', actor: { kind: 'public' }, capacity: null },
	{ title: 'the system', actor: { kind: 'system', name: 'job' }, capacity: null },
	...ROLE_NAMES.map((role): Who => ({ title: `the role ${role}, on a case that nobody has`, actor: person([role]), capacity: null })),
	...CAPACITIES.map((capacity): Who => ({ title: `let in as ${capacity}`, actor: person(['committee']), capacity })),
	...CAPACITIES.map((capacity): Who => ({ title: `let in as ${capacity}, behind the gate`, actor: person(['committee']), capacity, isGateShut: true })),
	...CAPACITIES.map((capacity): Who => ({ title: `let in as ${capacity}, without the second step`, actor: person(['committee'], 1), capacity })),
	...CAPACITIES.map((capacity): Who => ({ title: `let in as ${capacity}, no role of the office any more`, actor: person(['member']), capacity })),
];

test('who may take which step of a case in which phase is as it was agreed: read the difference before you commit it', () => {
	expectGolden('complaints/permitted-actions', ACTORS.flatMap(linesOf).join('\n'));
});

test('no step of a panel is taken by anybody for having been let in, whatever they are', () => {
	for (const who of ACTORS)
		for (const phase of PHASES) for (const kind of OF_PANELS) expect([who.title, phase, allowed(who, phase).includes(kind)]).toEqual([who.title, phase, false]);
});

test('nobody behind the gate, without the second step or without a role of the office takes any step', () => {
	for (const who of ACTORS.filter(({ title }) => /behind|without|any more|signed in/.test(title)))
		for (const phase of PHASES) expect([who.title, allowed(who, phase)]).toEqual([who.title, []]);
});

const rule = { least: 3, most: 3, lay: { atLeast: 1, rule: 'some' }, quorum: 3, noticeDays: 1, advisers: 0, tie: 'chair' } as const;
const RULES = { kinds: {}, adjournedNoticeDays: 7, orders: { suspension: [1, 12] }, healthOrders: [] } as unknown as PanelRules;
const SEATS: Seat[] = ['chair', 'member', 'lay'].map((one) => ({
	id: one,
	personId: one,
	name: one,
	role: one === 'chair' ? 'chair' : 'member',
	isLay: one === 'lay',
	state: 'here',
}));
const at = (phase: Phase, more: Partial<State> = {}): State =>
	({
		phase,
		hearing: 'not_begun',
		hearingOn: '2026-01-01',
		interim: 'none',
		pauses: [],
		flags: [],
		appeals: 0,
		outcome: null,
		outcomeOn: '2026-01-01',
		...more,
	}) as State;
const round = (kind: Round['kind'], more: Partial<Round> = {}): Round => {
	const motion = kind === 'prospect' || kind === 'facts' ? { allegations: ['a'], admitted: [] } : {};
	return { id: kind, no: 1, kind, motion, present: SEATS.map(({ id }) => id), openedAt: 1, countedAt: null, counts: null, carried: null, voted: [], ...more };
};
const even = { countedAt: 2, counts: { all: { agree: 1, disagree: 1 } } };
const done = (kind: Round['kind'], carried: Record<string, string>) => round(kind, { countedAt: 2, counts: {}, carried });

/** Where a panel can stand. */
const STANDS: { title: string; kind: PanelKind; state: State; rounds: Round[]; isOver?: true }[] = [
	{ title: 'screening, at its beginning', kind: 'screening', state: at('decision_to_refer'), rounds: [] },
	{ title: 'screening, a vote is open', kind: 'screening', state: at('decision_to_refer'), rounds: [round('prospect')] },
	{ title: 'screening, a prospect was found', kind: 'screening', state: at('decision_to_refer'), rounds: [done('prospect', { a: 'real_prospect' })] },
	{
		title: 'screening, the way is carried',
		kind: 'screening',
		state: at('decision_to_refer'),
		rounds: [done('prospect', { a: 'none' }), done('way', { all: 'no_case' })],
	},
	{ title: 'screening, over', kind: 'screening', state: at('hearing'), rounds: [done('way', { all: 'referred' })], isOver: true },
	{ title: 'interim, asked for', kind: 'interim', state: at('investigation', { interim: 'asked' }), rounds: [] },
	{ title: 'interim, in force', kind: 'interim', state: at('investigation', { interim: 'in_force' }), rounds: [] },
	{ title: 'hearing, not listed', kind: 'hearing', state: at('hearing', { hearingOn: null }), rounds: [] },
	{ title: 'hearing, listed and sitting', kind: 'hearing', state: at('hearing'), rounds: [] },
	{ title: 'hearing, facts are carried', kind: 'hearing', state: at('hearing'), rounds: [done('facts', { a: 'proved' })] },
	{ title: 'hearing, facts are written down', kind: 'hearing', state: at('hearing', { hearing: 'facts' }), rounds: [done('facts', { a: 'proved' })] },
	{ title: 'appeal, at its beginning', kind: 'appeal', state: at('appeal'), rounds: [] },
	{ title: 'appeal, the votes are even', kind: 'appeal', state: at('appeal'), rounds: [done('filter', { all: 'realistic' }), round('appeal', even)] },
];
const IN_ROOM = [
	{ title: 'the owner', as: 'owner' },
	{ title: 'the secretary', as: 'secretary' },
	{ title: 'the chair', as: 'chair' },
	{ title: 'a member', as: 'member' },
	{ title: 'a member who has not said yet what ties them to it', as: 'asked' },
	{ title: 'the adviser', as: 'adviser' },
] as const;

function roomFor(as: (typeof IN_ROOM)[number]['as'], { kind, state, rounds, isOver }: (typeof STANDS)[number]): Room {
	const seat = SEATS.find(({ id }) => id === as) ?? null;
	const others: Partial<Record<typeof as, Seat>> = {
		asked: { ...(SEATS[1] as Seat), id: 'asked', state: 'asked' },
		adviser: { ...(SEATS[1] as Seat), id: 'adviser', role: 'adviser' },
	};
	const accesses = as === 'owner' || as === 'secretary' ? [access(as)] : [access(as === 'adviser' ? 'adviser' : 'panel')];
	const panel = { id: 'p', no: 1, kind, sitsOn: '2026-01-01', decidedAt: isOver ? 1 : null, dissolvedAt: null };
	const room = {
		panel,
		state,
		rounds,
		rule,
		rules: { suspensionMostMonths: 12, interimMostMonths: 18, appealDays: 28 },
		panelRules: RULES,
		seats: SEATS,
		steps: [{ kind: 'listed', data: { panel: 'p' } }],
		accesses,
	};
	const allegations = [{ id: 'a', no: 1, category: 'communication', finding: state.hearing === 'facts' ? 'proved' : null }];
	return {
		...room,
		me: others[as] ?? seat,
		isOwner: as === 'owner',
		isSecretary: as === 'secretary',
		isGateShut: false,
		isUnowned: false,
		seen: 1,
		allegations,
	} as unknown as Room;
}

test('who may do what in the room of a panel is as it was agreed', () => {
	const lines = STANDS.flatMap((stand) => [
		stand.title,
		...IN_ROOM.map(
			({ title, as }) =>
				`  ${title}: ${
					PANEL_ACTS.filter(({ when }) => when(roomFor(as, stand), '2026-06-01'))
						.map(({ key }) => key)
						.join(', ') || 'nothing'
				}`,
		),
		'',
	]);
	expectGolden('complaints/permitted-actions-of-panels', lines.join('\n'));
});

test('neither the secretary nor the owner nor an adviser ever votes or decides what is even', () => {
	for (const stand of STANDS)
		for (const as of ['owner', 'secretary', 'adviser', 'asked'] as const) {
			const keys = PANEL_ACTS.filter(({ when }) => when(roomFor(as, stand), '2026-06-01')).map(({ key }) => key);
			expect([stand.title, as, keys.filter((key) => ['vote', 'casting', 'close-vote'].includes(key))]).toEqual([stand.title, as, []]);
		}
});

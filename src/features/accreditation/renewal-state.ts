import { addDays, addMonths } from '#core/dates.ts';
import type { renewal, renewalStep } from '#db/schema/index.ts';
import { awardRunsOutOn, type RegisterRules } from '#features/register/index.ts';

export type RenewalBase = (typeof renewal.$inferSelect)['phase'];
export type RenewalKind = (typeof renewalStep.$inferSelect)['kind'];
/** With what follows from the day: late, and after an end the way back that is open for a time. */
export type RenewalPhase = RenewalBase | 'late' | 'reactivatable';
export type RenewalStep = { no: number; kind: RenewalKind; at: number; onDay: string; byPerson: string | null; data: Record<string, unknown> };

/** The figures that decide: days for which an award is told after its last day (by the rules of that day), months to come back, rounds of questions. */
export type RenewalLimits = Pick<RegisterRules, 'awardGraces'> & { reactivateMonths: number; informationRounds: number };

/** Where a renewal stands, as it follows from its steps. */
export type RenewalState = {
	base: RenewalBase;
	/** The last day of the award as it is due now, through every extension. */
	dueOn: string;
	submissions: number;
	/** Sent after the award had come to its end: the short way back. */
	isReinstating: boolean;
	/** Why it is not confirmed at one look: keys of reasons; none: green. */
	reasons: readonly string[];
	isDrawn: boolean;
	isSampled: boolean;
	assessor: string | null;
	rounds: number;
	roundDueOn: string | null;
	noReply: boolean;
	openTasks: readonly { id: string; dueOn: string }[];
	extensions: number;
};

/**
 * Where a renewal stands after its steps, in their order. Pure: asked with the steps up to a moment it says how things stood then.
 * @throws Error when a step could not have been taken: the record is damaged
 */
export function renewalStateOf(steps: readonly RenewalStep[]): RenewalState {
	const [first, ...rest] = steps;
	if (first?.kind !== 'opened') throw new Error('A renewal begins with its opening.');
	let state = opened(first);
	for (const step of rest) {
		// Not by the day: figures may change later, and what was done stays done.
		const { from, guard } = RENEWAL_MOVES[step.kind];
		if (!from.includes(state.base) || (guard?.(state) ?? null) !== null) throw new Error(`Step ${step.no} (${step.kind}) could not be taken.`);
		state = { ...state, ...EFFECTS[step.kind](state, step) };
	}
	return state;
}

/** The phase on a day: what the steps say, and what follows from the day alone. */
export function renewalPhaseOn(state: RenewalState, day: string, limits: RenewalLimits): RenewalPhase {
	if (state.base !== 'window_open' || day <= state.dueOn) return state.base;
	if (day < endsOn(state, limits)) return 'late';
	return day < wayBackEndsOn(state, limits) ? 'reactivatable' : 'closed';
}

/** The first day without the award, when nothing is confirmed. */
export function endsOn({ dueOn }: Pick<RenewalState, 'dueOn'>, limits: RenewalLimits): string {
	return awardRunsOutOn(dueOn, limits);
}

/** Between which days a renewal was due that is late on `today`: one span for each version of the late window. */
export function lateDueDays({ awardGraces }: Pick<RenewalLimits, 'awardGraces'>, today: string): { fromOn: string; toOn: string }[] {
	const yesterday = addDays(today, -1);
	return awardGraces.flatMap(({ fromOn, days }, index) => {
		const next = awardGraces[index + 1]?.fromOn;
		const soonest = addDays(today, -days);
		const span = { fromOn: index > 0 && fromOn > soonest ? fromOn : soonest, toOn: next && next <= yesterday ? addDays(next, -1) : yesterday };
		return span.fromOn <= span.toOn ? [span] : [];
	});
}

/** The first day on which the short way back is closed. */
export function wayBackEndsOn(state: Pick<RenewalState, 'dueOn'>, limits: RenewalLimits): string {
	return addMonths(endsOn(state, limits), limits.reactivateMonths);
}

type Row = { from: readonly RenewalPhase[]; guard?: (state: RenewalState) => string | null };
const OPEN = ['window_open', 'late', 'submitted', 'in_assessment', 'information', 'panel'] as const;

/** Every step: in which phases it may be taken, and what else it needs (workflows.md §6.3). */
export const RENEWAL_MOVES: Record<RenewalKind, Row> = {
	opened: { from: [] },
	submitted: { from: ['window_open', 'late', 'reactivatable'] },
	drawn: { from: ['submitted'], guard: (s) => (s.isDrawn ? 'It went through a draw already.' : null) },
	assigned: { from: ['in_assessment', 'information'], guard: (s) => (s.assessor === null ? null : 'An assessor has it already.') },
	unassigned: { from: ['in_assessment', 'information'], guard: (s) => (s.assessor === null ? 'Nobody has it.' : null) },
	information_requested: {
		from: ['in_assessment'],
	},
	information_answered: { from: ['information'] },
	information_overdue: { from: ['information'] },
	confirmed: {
		from: ['submitted', 'in_assessment', 'panel'],
		guard: (s) => (s.base !== 'submitted' || s.isDrawn ? null : 'Draw the sample first: it has not been through a draw.'),
	},
	conditional: { from: ['in_assessment'] },
	task_met: { from: ['conditional'] },
	task_missed: { from: ['conditional'] },
	put_to_committee: { from: ['in_assessment'] },
	refused: { from: ['panel'] },
	extended: { from: OPEN },
	closed: { from: ['window_open', 'late', 'reactivatable', 'closed'], guard: (s) => (s.base === 'closed' ? 'The time for this has passed.' : null) },
};

/** Why a step cannot be taken now, in words for people; null when it can. */
export function renewalRefusal(state: RenewalState, kind: RenewalKind, day: string, limits: RenewalLimits): string | null {
	const phase = renewalPhaseOn(state, day, limits);
	const { from, guard } = RENEWAL_MOVES[kind];
	if (!from.includes(phase)) return PHASE_SAYS[phase];
	if (kind === 'information_requested' && state.rounds >= limits.informationRounds) return NO_ROUND_LEFT;
	return guard?.(state) ?? null;
}

const NO_ROUND_LEFT = 'No further round of questions is left. Decide, or put it to the committee.';

const PHASE_SAYS: Record<RenewalPhase, string> = {
	window_open: 'The member has not sent anything yet.',
	late: 'The member is late and has not sent anything yet.',
	reactivatable: 'This accreditation has come to its end. It can come back by the short way.',
	submitted: 'This has been sent, and waits for the draw and for one look.',
	in_assessment: 'This is being assessed.',
	information: 'The member was asked for more, and it waits for the answer.',
	panel: 'This is with the committee.',
	conditional: 'This was confirmed with tasks to be done.',
	confirmed: 'This was confirmed.',
	refused: 'This was refused by the committee.',
	closed: 'The time for this has passed.',
};

function opened({ data }: RenewalStep): RenewalState {
	const none = { isReinstating: false, isDrawn: false, isSampled: false, noReply: false, assessor: null, roundDueOn: null };
	return { base: 'window_open', dueOn: String(data.dueOn), submissions: 0, rounds: 0, extensions: 0, reasons: [], openTasks: [], ...none };
}

type Effect = (state: RenewalState, step: RenewalStep) => Partial<RenewalState>;

const EFFECTS: Record<RenewalKind, Effect> = {
	opened: () => ({}),
	submitted: (s, { data }) => {
		const reasons = (data.reasons ?? []) as string[];
		const isReinstating = data.isReinstating === true;
		return { base: isReinstating || reasons.length > 0 ? 'in_assessment' : 'submitted', submissions: s.submissions + 1, isReinstating, reasons };
	},
	drawn: (_, { data }) => (data.sampled === true ? { isDrawn: true, isSampled: true, base: 'in_assessment' } : { isDrawn: true }),
	assigned: (_, { data }) => ({ assessor: String(data.person) }),
	unassigned: () => ({ assessor: null }),
	information_requested: (s, { data }) => ({ base: 'information', rounds: s.rounds + 1, roundDueOn: String(data.dueOn), noReply: false }),
	information_answered: () => ({ base: 'in_assessment', roundDueOn: null, noReply: false }),
	// No answer never refuses: it goes back to a person, who is told that nothing came.
	information_overdue: () => ({ base: 'in_assessment', roundDueOn: null, noReply: true }),
	confirmed: () => ({ base: 'confirmed', openTasks: [] }),
	conditional: (_, { data }) => ({ base: 'conditional', openTasks: data.tasks as RenewalState['openTasks'] }),
	task_met: (s, { data }) => {
		const openTasks = s.openTasks.filter(({ id }) => id !== data.task);
		return { openTasks, base: openTasks.length === 0 ? 'confirmed' : 'conditional' };
	},
	task_missed: (s, { data }) => ({ openTasks: s.openTasks.filter(({ id }) => id !== data.task), base: 'panel' }),
	put_to_committee: () => ({ base: 'panel' }),
	refused: () => ({ base: 'refused', openTasks: [] }),
	extended: (s, { data }) => ({ dueOn: later(s.dueOn, String(data.until)), extensions: s.extensions + 1 }),
	closed: () => ({ base: 'closed' }),
};

/** More time never takes time away. */
function later(a: string, b: string): string {
	return a > b ? a : b;
}

import { moveFor, type Outcome, type Phase, type StepKind } from './phases.ts';
import { requestSettled } from './state-requests.ts';

export { turnOf } from './state-turn.ts';

/** One thing that happened. Days are London's; `data` holds keys and days, never a personal value. */
export type Step = { no: number; kind: StepKind; at: number; onDay: string; byPerson: string | null; data: Record<string, unknown> };
export type Pause = { because: 'information' | 'hold'; fromOn: string; toOn: string | null };
export type AssessorState = { personId: string; place: number; isBlind: boolean; isSealed: boolean };
export type ClockKind = 'checks' | 'assessment' | 'panel' | 'review';
export type Recommendation = 'award' | 'award_with_conditions' | 'decline';

/** Where an application stands, as it follows from its steps. */
export type State = {
	phase: Phase;
	outcome: Outcome | null;
	phaseFromOn: string;
	submissions: number;
	clock: { kind: ClockKind; fromOn: string } | null;
	pauses: readonly Pause[];
	/** Null when nothing holds it. */
	hold: { fromOn: string; untilOn: string } | null;
	assessors: readonly AssessorState[];
	/** Drawn for a second assessor who marks blind, so that agreement can be measured. */
	isBlindDrawn: boolean;
	recommendation: Recommendation | null;
	rounds: number;
	/** How often the round that is being waited for was given more time. */
	extensions: number;
	roundDueOn: string | null;
	/** A round passed without an answer: a person looks at it. */
	noReply: boolean;
	/** Keys of requests to third parties that are not settled, and of those that did not come to a good end. */
	openRequests: readonly string[];
	failedRequests: readonly string[];
	/** Keys of requests that came to no answer: the applicant names somebody else, or the office lets it be. */
	wantsAnother: readonly string[];
	/** Keys of conditions that are neither met nor missed, with their days. */
	openConditions: readonly { id: string; dueOn: string }[];
	/** The decision in force, and everyone before it that a review or a correction set aside. */
	decisionId: string | null;
	overturned: readonly string[];
	decidedOn: string | null;
	reviews: number;
};

/** What of the standards decides the way: how many assessors a route has. */
export type Needs = { assessors: number };

/**
 * Where an application stands after its steps, in their order. Pure: asked with the steps up to a moment it says how things stood then.
 * @throws Error when a step could not have been taken: the record is damaged
 */
export function stateOf(steps: readonly Step[], needs: Needs): State {
	return statesOf(steps, needs).at(-1) as State;
}

/** Where it stood after each of its steps. @throws Error as `stateOf` */
export function statesOf(steps: readonly Step[], needs: Needs): State[] {
	const first = steps[0];
	if (first?.kind !== 'begun') throw new Error('An application begins with its beginning.');
	const after: State[] = [begun(first)];
	for (const step of steps.slice(1)) after.push(next(after.at(-1) as State, step, needs, after));
	return after;
}

/** May this step be taken now? The reasons why not are for people. */
export function refusalOf(state: State, kind: StepKind, needs: Needs): string | null {
	if (moveFor(state.phase, kind) === null) return PHASE_SAID[state.phase];
	if (state.hold !== null && !ALSO_ON_HOLD.includes(kind)) return 'This application is on hold. Release it first.';
	return GUARDS[kind]?.(state, needs) ?? null;
}

const ALSO_ON_HOLD: readonly StepKind[] = ['held', 'released', 'withdrawn', 'request_settled', 'information_answered', 'unassigned'];

const GUARDS: Partial<Record<StepKind, (state: State, needs: Needs) => string | null>> = {
	assigned: (s, needs) => (s.assessors.length < assessorsNeeded(s, needs) ? null : 'Enough assessors have this application already.'),
	reconciled: (s, needs) => (isMarked(s, needs) ? null : 'Not every sheet is sealed yet.'),
	information_requested: (s) => (s.rounds < 3 ? null : 'Three rounds have been asked already. Put it to the committee.'),
	information_extended: (s) => {
		if (s.phase !== 'waiting_on_applicant' && !s.noReply) return 'Nothing is being waited for.';
		return s.extensions === 0 ? null : 'More time was given already, and it is given once.';
	},
	put_to_panel: (s) => (s.recommendation !== null || s.noReply ? null : 'The assessors have not come to a recommendation yet.'),
	condition_met: (s) => (s.openConditions.length > 0 ? null : 'No condition is open.'),
	condition_missed: (s) => (s.openConditions.length > 0 ? null : 'No condition is open.'),
	review_requested: (s) => (s.outcome === 'awarded' ? 'An award needs no review.' : null),
	rolled_back: (s) => (s.decisionId !== null ? null : 'There is no decision to undo.'),
	held: (s) => (s.hold === null ? null : 'It is on hold already.'),
	released: (s) => (s.hold !== null ? null : 'It is not on hold.'),
};

/** What is said to whoever comes too late. */
export const PHASE_SAID: Record<Phase, string> = {
	draft: 'This application is with the applicant. Open it again to see where it stands.',
	checks: 'This application was sent, and the office is looking whether it is complete.',
	assessment: 'This application is being assessed. Open it again to see where it stands.',
	waiting_on_applicant: 'The applicant has been asked for more, and it waits for the answer.',
	verification: 'It waits for a reference, a report or a check from somebody else.',
	panel: 'This application is with the committee.',
	decided: 'This application has been decided.',
	review: 'The decision is being reviewed.',
	withdrawn: 'This application was withdrawn.',
	closed: 'This application was closed.',
};

/** Are enough assessors there, and have all of them sealed their sheets? Then, and not before, the sheets open together. */
export function isMarked(state: State, needs: Needs): boolean {
	return state.assessors.length >= assessorsNeeded(state, needs) && state.assessors.every((a) => a.isSealed);
}

/** How many assess it: those of the route, and one more where it was drawn for blind second marking. */
export function assessorsNeeded(state: State, needs: Needs): number {
	return needs.assessors + (state.isBlindDrawn ? 1 : 0);
}

function begun(step: Step): State {
	const nothing = { assessors: [], pauses: [], openRequests: [], failedRequests: [], wantsAnother: [], openConditions: [], overturned: [] };
	const none = { outcome: null, clock: null, hold: null, recommendation: null, roundDueOn: null, decisionId: null, decidedOn: null };
	return {
		phase: 'draft',
		phaseFromOn: step.onDay,
		submissions: 0,
		rounds: 0,
		extensions: 0,
		reviews: 0,
		noReply: false,
		isBlindDrawn: false,
		...nothing,
		...none,
	};
}

function next(before: State, step: Step, needs: Needs, past: readonly State[]): State {
	const refusal = refusalOf(before, step.kind, needs);
	if (refusal !== null) throw new Error(`Step ${step.no} (${step.kind}) could not be taken: ${refusal}`);
	const to = moveFor(before.phase, step.kind)?.to ?? before.phase;
	const moved = to === before.phase ? before : { ...before, phase: to, phaseFromOn: step.onDay };
	return settle({ ...moved, ...EFFECTS[step.kind](moved, step, past) }, step);
}

/** Nothing open any more moves it on from the phase that waited for it. */
function settle(state: State, step: Step): State {
	const isReady = (state.phase === 'assessment' && state.recommendation !== null && !state.noReply) || state.phase === 'verification';
	if (!isReady || state.recommendation === null) return state;
	const phase = state.openRequests.length + state.wantsAnother.length > 0 ? 'verification' : 'panel';
	if (phase === state.phase) return state;
	const clock = phase === 'panel' ? { kind: 'panel' as const, fromOn: step.onDay } : state.clock;
	return { ...state, phase, phaseFromOn: step.onDay, clock };
}

type Effect = (state: State, step: Step, past: readonly State[]) => Partial<State>;

const EFFECTS: Record<StepKind, Effect> = {
	begun: () => ({}),
	submitted: (s, step) => ({ submissions: s.submissions + 1, clock: { kind: 'checks', fromOn: step.onDay } }),
	returned: () => ({ clock: null }),
	accepted: (_, { data, onDay }) => ({ clock: { kind: 'assessment', fromOn: onDay }, isBlindDrawn: data.blind === true }),
	assigned: (s, { data }) => ({ assessors: [...s.assessors, assessorOf(data)], recommendation: null }),
	unassigned: (s, { data }) => ({ assessors: s.assessors.filter((a) => a.personId !== data.person) }),
	sheet_sealed: (s, { data }) => ({ assessors: s.assessors.map((a) => (a.personId === data.person ? { ...a, isSealed: true } : a)) }),
	reconciled: (_, { data }) => ({ recommendation: data.recommendation as Recommendation }),
	information_requested: (s, step) => ({ ...asked(s, step), rounds: s.rounds + 1, extensions: 0, recommendation: null }),
	information_answered: (s, step) => ({ ...resume(s, 'information', step), roundDueOn: null, noReply: false, ...unsealed(s) }),
	information_overdue: (s, step) => ({ ...resume(s, 'information', step), roundDueOn: null, noReply: true }),
	information_extended: (s, step) => ({ ...asked(s, step), extensions: s.extensions + 1 }),
	request_made: (s, { data }) => ({
		openRequests: [...s.openRequests, String(data.request)],
		wantsAnother: s.wantsAnother.filter((id) => id !== data.insteadOf),
	}),
	request_settled: requestSettled,
	put_to_panel: (_, step) => ({ clock: { kind: 'panel', fromOn: step.onDay }, noReply: false }),
	deferred: (s, step) => ({ clock: { kind: 'assessment', fromOn: step.onDay }, recommendation: null, ...unsealed(s) }),
	decided: (s, step) => decided(s, step),
	condition_met: (s, { data }) => conditionClosed(s, String(data.condition)),
	// Missed, the award stays one with conditions until the committee has looked at it.
	condition_missed: (s, step) => ({ ...conditionClosed(s, String(step.data.condition)), outcome: s.outcome, clock: { kind: 'panel', fromOn: step.onDay } }),
	review_requested: (s, step) => ({ reviews: s.reviews + 1, clock: { kind: 'review', fromOn: step.onDay } }),
	review_decided: (s, step) => reviewed(s, step),
	withdrawn: () => ({ clock: null, hold: null, roundDueOn: null }),
	closed: () => ({ clock: null }),
	held: (s, { data, onDay }) => ({
		hold: { fromOn: onDay, untilOn: String(data.untilOn) },
		pauses: [...s.pauses, { because: 'hold', fromOn: onDay, toOn: null }],
	}),
	released: (s, step) => ({ ...resume(s, 'hold', step), hold: null }),
	rolled_back: (s, step, past) => rolledBack(s, step, past),
};

function assessorOf(data: Step['data']): AssessorState {
	return { personId: String(data.person), place: Number(data.place), isBlind: data.isBlind === true, isSealed: false };
}

function asked(s: State, step: Step): Partial<State> {
	const isPaused = s.pauses.some((p) => p.because === 'information' && p.toOn === null);
	const pause = { because: 'information' as const, fromOn: step.onDay, toOn: null };
	return { roundDueOn: String(step.data.dueOn), noReply: false, pauses: isPaused ? s.pauses : [...s.pauses, pause] };
}

function resume(s: State, because: Pause['because'], step: Step): Partial<State> {
	return { pauses: s.pauses.map((p) => (p.because === because && p.toOn === null ? { ...p, toOn: step.onDay } : p)) };
}

/** After something new came in, everyone looks again on a fresh sheet. */
function unsealed(s: State): Partial<State> {
	return { assessors: s.assessors.map((a) => ({ ...a, isSealed: false })), recommendation: null };
}

function decided(s: State, { data, onDay }: Step): Partial<State> {
	const openConditions = (data.conditions ?? []) as State['openConditions'];
	const overturned = s.decisionId === null ? s.overturned : [...s.overturned, s.decisionId];
	return { outcome: data.outcome as Outcome, decisionId: String(data.decision), decidedOn: onDay, openConditions, overturned, clock: null };
}

function conditionClosed(s: State, id: string): Partial<State> {
	const openConditions = s.openConditions.filter((c) => c.id !== id);
	return { openConditions, outcome: openConditions.length === 0 && s.outcome === 'awarded_with_conditions' ? 'awarded' : s.outcome };
}

/** `upheld`: it stays. `varied`: another outcome. `quashed`: it goes to a committee of others, as if it had not been decided. */
function reviewed(s: State, step: Step): Partial<State> {
	const { data, onDay } = step;
	if (data.result === 'quashed') {
		const overturned = s.decisionId === null ? s.overturned : [...s.overturned, s.decisionId];
		const clock = { kind: 'panel' as const, fromOn: onDay };
		return { phase: 'panel', phaseFromOn: onDay, outcome: null, decisionId: null, decidedOn: null, openConditions: [], overturned, clock };
	}
	const stays = { phase: 'decided' as const, phaseFromOn: onDay, clock: null };
	return data.result === 'upheld' ? stays : { ...stays, ...decided(s, step) };
}

/** As it stood before the decision; the days since then are not taken back. */
function rolledBack(s: State, step: Step, past: readonly State[]): Partial<State> {
	const then = past[Number(step.data.toNo) - 1];
	if (!then) throw new Error('There is nothing to go back to.');
	const overturned = s.decisionId === null ? s.overturned : [...s.overturned, s.decisionId];
	const clock = then.clock && { ...then.clock, fromOn: step.onDay };
	return { ...then, phaseFromOn: step.onDay, clock, overturned, reviews: s.reviews };
}

import { moveFor, type Phase, type Side, type StepKind } from './phases.ts';

/** One thing that happened. Days are London's; `data` holds keys and days, never a word of anybody. */
export type Step = { no: number; kind: StepKind; at: number; onDay: string; byPerson: string | null; bySide: Side; data: Record<string, unknown> };
export type Pause = { because: string; fromOn: string; toOn: string | null };
export type Flag = 'police' | 'safeguarding' | 'immediate_risk';
/** How far a hearing has come: each of its three steps is written down before the next. */
export type Hearing = 'not_begun' | 'facts' | 'breach' | 'sanction';
export type Outcome = 'redirected' | 'declined' | 'no_case' | 'advice' | 'resolved' | 'not_upheld' | 'partly_upheld' | 'upheld' | 'withdrawn' | 'no_answer';

/** Where a concern stands, as it follows from its steps. */
export type State = {
	phase: Phase;
	phaseFromOn: string;
	sentOn: string | null;
	ownerId: string | null;
	/** Where a question to the complainant came from, to go back to. */
	askedFrom: Phase | null;
	outcome: Outcome | null;
	outcomeOn: string | null;
	/** What the outcome was before each appeal that changed it. */
	overturned: readonly Outcome[];
	hearing: Hearing;
	hearingOn: string | null;
	pauses: readonly Pause[];
	flags: readonly Flag[];
	interim: 'none' | 'asked' | 'in_force';
	isWithdrawn: boolean;
	hasReplied: boolean;
	hasLegalHold: boolean;
	appeals: number;
	openings: number;
	closedOn: string | null;
	isDestroyed: boolean;
};

/** The figures that guards need: days of the rules it began under. */
export type Limits = { appealDays: number; reopenMonths: number };

/**
 * Where a concern stands after its steps, in their order. Pure: asked with the steps up to a moment it says how things stood then.
 * @throws Error when a step could not have been taken: the record is damaged
 */
export function stateOf(steps: readonly Step[]): State {
	return statesOf(steps).at(-1) as State;
}

/** Where it stood after each of its steps. @throws Error as `stateOf` */
export function statesOf(steps: readonly Step[]): State[] {
	const first = steps[0];
	if (first?.kind !== 'begun') throw new Error('A concern begins with its beginning.');
	const after = [begun(first)];
	for (const step of steps.slice(1)) after.push(next(after.at(-1) as State, step));
	return after;
}

/** May this step be taken now? The reasons why not are for people. */
export function refusalOf(state: State, kind: StepKind): string | null {
	if (state.isDestroyed) return 'What was said in this case has been destroyed. Nothing more can be done with it.';
	if (moveFor(state.phase, kind) === null) return PHASE_SAID[state.phase];
	if (isPaused(state) && !ALSO_PAUSED.includes(kind)) return 'This case is paused. Resume it first.';
	return GUARDS[kind]?.(state) ?? null;
}

/** Is it paused now? While it is, its clocks stand still; words may still be exchanged. */
export function isPaused({ pauses }: Pick<State, 'pauses'>): boolean {
	return pauses.some((p) => p.toOn === null);
}

const ALSO_PAUSED: readonly StepKind[] = [
	'resumed',
	'acknowledged',
	'updated',
	'withdrawn',
	'owner_changed',
	'flagged',
	'unflagged',
	'interim_asked',
	'interim_decided',
	'interim_ended',
	'legal_hold_begun',
	'legal_hold_ended',
	'answered',
	'replied',
];

const GUARDS: Partial<Record<StepKind, (state: State) => string | null>> = {
	breach_found: (s) => (s.hearing === 'facts' ? null : 'The panel writes down what it found as fact first, once.'),
	facts_found: (s) => (s.hearing === 'not_begun' ? null : 'What was found as fact is written down already.'),
	sanction_decided: (s) => (s.hearing === 'breach' ? null : 'The panel writes down facts and breach first.'),
	listed: (s) => (s.hearing === 'not_begun' ? null : 'The hearing has begun to decide.'),
	adjourned: (s) => (s.hearing === 'sanction' || s.hearingOn === null ? 'No hearing is listed.' : null),
	paused: (s) => (isPaused(s) ? 'It is paused already.' : null),
	resumed: (s) => (isPaused(s) ? null : 'It is not paused.'),
	interim_asked: (s) => (s.interim === 'none' ? null : 'An interim order is asked for or in force already.'),
	interim_decided: (s) => (s.interim === 'asked' ? null : 'No interim order was asked for.'),
	interim_ended: (s) => (s.interim === 'in_force' ? null : 'No interim order is in force.'),
	withdrawn: (s) => (s.isWithdrawn ? 'It was withdrawn already.' : null),
	legal_hold_begun: (s) => (s.hasLegalHold ? 'A legal hold is in place already.' : null),
	legal_hold_ended: (s) => (s.hasLegalHold ? null : 'There is no legal hold.'),
	destroyed: (s) => (s.hasLegalHold ? 'A legal hold keeps everything.' : null),
	appealed: (s) => {
		if (s.appeals > 0) return 'An appeal is heard once, and it has been.';
		return s.phase === 'outcome' || s.outcome === 'no_case' || s.outcome === 'declined' ? null : 'There is nothing here to appeal against.';
	},
	closed: (s) => {
		if (s.interim === 'in_force') return 'An interim order is in force. The panel ends it first.';
		return s.phase === 'outcome' || s.phase === 'awaiting_complainant' || s.isWithdrawn
			? null
			: 'A case is closed after its outcome, or when it was withdrawn.';
	},
};

/** What is said to whoever comes too late. */
export const PHASE_SAID: Record<Phase, string> = {
	enquiry: 'This has not been sent yet.',
	received: 'This has been received and waits for somebody to take it on.',
	triage: 'This is being looked at, whether it is for us. Open it again to see where it stands.',
	awaiting_complainant: 'The person who raised it has been asked something, and it waits for the answer.',
	preliminary: 'This has been accepted and is being prepared. Open it again to see where it stands.',
	early_resolution: 'Both sides are trying to settle this.',
	investigation: 'This is being investigated. Open it again to see where it stands.',
	decision_to_refer: 'A panel decides whether this goes to a hearing.',
	hearing: 'This is with a hearing panel.',
	outcome: 'This has an outcome. Open it again to see where it stands.',
	appeal: 'An appeal is being heard.',
	closed: 'This case is closed.',
	dropped: 'This was never sent, and what was written is gone.',
};

function begun(step: Step): State {
	const nothing = { sentOn: null, ownerId: null, askedFrom: null, outcome: null, outcomeOn: null, hearingOn: null, closedOn: null };
	const never = { isWithdrawn: false, hasReplied: false, hasLegalHold: false, isDestroyed: false, appeals: 0, openings: 0 };
	return {
		phase: 'enquiry',
		phaseFromOn: step.onDay,
		overturned: [],
		pauses: [],
		flags: [],
		hearing: 'not_begun',
		interim: 'none',
		...nothing,
		...never,
	};
}

function next(before: State, step: Step): State {
	const refusal = refusalOf(before, step.kind);
	if (refusal !== null) throw new Error(`Step ${step.no} (${step.kind}) could not be taken: ${refusal}`);
	const effect = EFFECTS[step.kind](before, step);
	const phase = effect.phase ?? moveFor(before.phase, step.kind)?.to ?? before.phase;
	const phaseFromOn = phase === before.phase ? before.phaseFromOn : step.onDay;
	return { ...before, ...effect, phase, phaseFromOn };
}

type Effect = (state: State, step: Step) => Partial<State>;

const nothing: Effect = () => ({});
const ended = (outcome: Outcome, { onDay }: Step): Partial<State> => ({ outcome, outcomeOn: onDay });
const back: Effect = (s) => ({ phase: s.askedFrom ?? 'triage', askedFrom: null });

const EFFECTS: Record<StepKind, Effect> = {
	begun: nothing,
	sent: (_, { onDay }) => ({ sentOn: onDay }),
	dropped: nothing,
	acknowledged: nothing,
	assigned: (_, { data }) => ({ ownerId: String(data.owner) }),
	owner_changed: (_, { data }) => ({ ownerId: String(data.owner) }),
	accepted: nothing,
	redirected: (_, step) => ({ ...ended('redirected', step), closedOn: step.onDay }),
	declined: (_, step) => ({ ...ended('declined', step), closedOn: step.onDay }),
	asked: (s) => ({ askedFrom: s.phase }),
	answered: back,
	went_on: back,
	disclosed: nothing,
	replied: () => ({ hasReplied: true }),
	resolution_begun: nothing,
	resolution_agreed: (_, step) => ended('resolved', step),
	resolution_failed: nothing,
	reported: nothing,
	referred: () => ({ hearing: 'not_begun', hearingOn: null }),
	no_case: (_, step) => ({ ...ended('no_case', step), closedOn: step.onDay }),
	advised: (_, step) => ended('advice', step),
	listed: (_, { data }) => ({ hearingOn: String(data.on) }),
	adjourned: () => ({ hearingOn: null }),
	facts_found: () => ({ hearing: 'facts' }),
	breach_found: () => ({ hearing: 'breach' }),
	sanction_decided: (_, step) => ({ hearing: 'sanction', ...ended(step.data.outcome as Outcome, step) }),
	appealed: (s) => ({ appeals: s.appeals + 1, closedOn: null }),
	appeal_decided: appealDecided,
	closed: (s, step) => ({ closedOn: step.onDay, ...(s.outcome === null ? ended(s.isWithdrawn ? 'withdrawn' : 'no_answer', step) : {}) }),
	reopened: (s) => ({ openings: s.openings + 1, outcome: null, outcomeOn: null, closedOn: null, hearing: 'not_begun', isWithdrawn: false }),
	updated: nothing,
	paused: (s, { data, onDay }) => ({ pauses: [...s.pauses, { because: String(data.because), fromOn: onDay, toOn: null }] }),
	resumed: (s, { onDay }) => ({ pauses: s.pauses.map((p) => (p.toOn === null ? { ...p, toOn: onDay } : p)) }),
	flagged: (s, { data }) => ({ flags: [...s.flags.filter((f) => f !== data.flag), data.flag as Flag] }),
	unflagged: (s, { data }) => ({ flags: s.flags.filter((f) => f !== data.flag) }),
	interim_asked: () => ({ interim: 'asked' }),
	interim_decided: (_, { data }) => ({ interim: data.imposed === true ? 'in_force' : 'none' }),
	interim_ended: () => ({ interim: 'none' }),
	withdrawn: () => ({ isWithdrawn: true }),
	legal_hold_begun: () => ({ hasLegalHold: true }),
	legal_hold_ended: () => ({ hasLegalHold: false }),
	destroyed: () => ({ isDestroyed: true }),
};

/** `upheld`: the outcome stands. `varied`: another one. `quashed`: decided anew, by a panel of others, where the appeal says. */
function appealDecided(s: State, step: Step): Partial<State> {
	const { data } = step;
	if (data.result === 'upheld') return s.outcome === 'no_case' || s.outcome === 'declined' ? { phase: 'closed', closedOn: step.onDay } : { phase: 'outcome' };
	const overturned = s.outcome === null ? s.overturned : [...s.overturned, s.outcome];
	if (data.result === 'varied') return { phase: 'outcome', overturned, ...ended(data.outcome as Outcome, step) };
	const phase = data.to === 'hearing' || data.to === 'decision_to_refer' ? data.to : 'triage';
	return { phase, overturned, outcome: null, outcomeOn: null, hearing: 'not_begun', hearingOn: null };
}

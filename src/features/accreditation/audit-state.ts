import { addDays } from '#core/dates.ts';
import { addWorkingDays, type Holidays, workingDaysBetween } from '#core/working-days.ts';
import type { cpdAudit, cpdAuditStep } from '#db/schema/index.ts';
import type { AuditRules } from './renewal-rules.ts';

export type AuditPhase = (typeof cpdAudit.$inferSelect)['phase'];
export type AuditKind = (typeof cpdAuditStep.$inferSelect)['kind'];
export type AuditStep = { no: number; kind: AuditKind; at: number; onDay: string; byPerson: string | null; data: Record<string, unknown> };

/** Where an audit stands, as it follows from its steps. */
export type AuditState = {
	phase: AuditPhase;
	/** The last day to answer, through every extension. */
	answerBy: string | null;
	sentOn: string | null;
	/** Days on which the auditor waited for the member; the time to review does not run on them. */
	pauses: readonly { fromOn: string; toOn: string | null }[];
	rounds: number;
	roundDueOn: string | null;
	noReply: boolean;
	auditors: readonly string[];
	/** Who found it short; a second auditor agrees or does not. */
	foundShortBy: string | null;
	openTasks: readonly { id: string; dueOn: string }[];
	/** The day from which the member may say something to what was found, or to the referral. */
	sayFromOn: string | null;
	hasMissedTask: boolean;
	isFinal: boolean;
};

type Row = { from: readonly AuditPhase[]; guard?: (state: AuditState) => string | null };
const REVIEW = ['in_review', 'information', 'action_plan'] as const;

/** Every step: in which phases it may be taken, and what else it needs (workflows.md §6.4). */
export const AUDIT_MOVES: Record<AuditKind, Row> = {
	selected: { from: [] },
	notified: { from: ['selected'] },
	began: { from: ['notified'] },
	submitted: { from: ['notified', 'responding'] },
	extended: { from: ['notified', 'responding'] },
	excused: { from: ['selected', 'notified', 'responding'] },
	assigned: { from: REVIEW, guard: (s) => (s.auditors.length < (s.foundShortBy === null ? 1 : 2) ? null : 'Enough auditors have it already.') },
	unassigned: { from: REVIEW, guard: (s) => (s.auditors.length > 0 ? null : 'Nobody has it.') },
	information_requested: {
		from: ['in_review'],
		guard: (s) => open(s) ?? (s.rounds === 0 ? null : 'One round of questions was asked already. Decide on what is there.'),
	},
	information_answered: { from: ['information'] },
	information_overdue: { from: ['information'] },
	satisfied: { from: ['in_review'], guard: open },
	action_plan: { from: ['in_review'], guard: open },
	task_met: { from: ['action_plan'], guard: open },
	task_missed: { from: ['action_plan'], guard: open },
	found_short: {
		from: ['in_review', 'action_plan'],
		guard: (s) => open(s) ?? (s.phase === 'action_plan' && !s.hasMissedTask ? 'Say first which task was not done.' : null),
	},
	found_otherwise: { from: ['in_review', 'action_plan'], guard: second },
	not_satisfied: { from: ['in_review', 'action_plan'], guard: second },
	referred: { from: ['notified', 'responding', 'not_satisfied'], guard: (s) => (s.isFinal ? 'This was resolved.' : null) },
	resolved: { from: ['referred'] },
};

function open(state: AuditState): string | null {
	return state.foundShortBy === null ? null : 'It was found short: a second auditor says now whether they agree.';
}

function second(state: AuditState): string | null {
	return state.foundShortBy === null ? 'Nobody has found it short.' : null;
}

/** @throws Error when a step could not have been taken: the record is damaged */
export function auditStateOf(steps: readonly AuditStep[]): AuditState {
	const [first, ...rest] = steps;
	if (first?.kind !== 'selected') throw new Error('An audit begins with its selection.');
	let state = begun();
	for (const step of rest) {
		if (auditRefusal(state, step.kind) !== null) throw new Error(`Step ${step.no} (${step.kind}) could not be taken.`);
		state = { ...state, ...EFFECTS[step.kind](state, step) };
	}
	return state;
}

/** Why a step cannot be taken now, in words for people; null when it can. */
export function auditRefusal(state: AuditState, kind: AuditKind): string | null {
	const { from, guard } = AUDIT_MOVES[kind];
	if (!from.includes(state.phase)) return AUDIT_SAYS[state.phase];
	return guard?.(state) ?? null;
}

/** What an audit is doing, for the office. */
export const AUDIT_SAYS: Record<AuditPhase, string> = {
	selected: 'The member was chosen and has not been told yet.',
	notified: 'The member was told, and has not answered yet.',
	responding: 'The member has begun to answer.',
	in_review: 'The answer is being looked at.',
	information: 'The member was asked for more.',
	action_plan: 'The member has something to do by a day.',
	satisfied: 'This audit is satisfied.',
	not_satisfied: 'This audit is not satisfied.',
	referred: 'This was referred to the committee.',
	excused: 'The member was excused.',
};

/** The day by which the next thing is due; null where nothing is. A pause moves it later and never earlier. */
export function auditDueOn(state: AuditState, rules: AuditRules, holidays: Holidays): string | null {
	if (state.phase === 'notified' || state.phase === 'responding') return state.answerBy;
	if (state.phase === 'information') return state.roundDueOn;
	if (state.phase === 'action_plan') return state.openTasks.map(({ dueOn }) => dueOn).sort()[0] ?? null;
	if (state.phase !== 'in_review' || state.sentOn === null) return null;
	const paused = state.pauses.reduce((sum, { fromOn, toOn }) => sum + (toOn === null ? 0 : workingDaysBetween(holidays, fromOn, toOn)), 0);
	return addWorkingDays(holidays, addWorkingDays(holidays, state.sentOn, rules.reviewWorkingDays), paused);
}

/** The first day on which an officer may refer it because no answer came; never by itself. */
export function referableOn({ answerBy }: AuditState, rules: AuditRules): string | null {
	return answerBy && addDays(answerBy, rules.referAfterDays + 1);
}

/** The last day on which the member may say something before anything follows; null where there is nothing to say something to. */
export function sayByOn({ sayFromOn, isFinal }: AuditState, rules: AuditRules): string | null {
	return sayFromOn === null || isFinal ? null : addDays(sayFromOn, rules.sayDays);
}

function begun(): AuditState {
	const none = { answerBy: null, sentOn: null, roundDueOn: null, foundShortBy: null, sayFromOn: null };
	return { phase: 'selected', rounds: 0, pauses: [], auditors: [], openTasks: [], noReply: false, hasMissedTask: false, isFinal: false, ...none };
}

const EFFECTS: Record<AuditKind, (state: AuditState, step: AuditStep) => Partial<AuditState>> = {
	selected: () => ({}),
	notified: (_, { data }) => ({ phase: 'notified', answerBy: String(data.dueOn) }),
	began: () => ({ phase: 'responding' }),
	submitted: (_, { onDay }) => ({ phase: 'in_review', sentOn: onDay }),
	extended: (s, { data }) => ({ answerBy: String(data.until) > (s.answerBy ?? '') ? String(data.until) : s.answerBy }),
	excused: () => ({ phase: 'excused', isFinal: true }),
	assigned: (s, { data }) => ({ auditors: [...s.auditors, String(data.person)] }),
	unassigned: (s, { data }) => ({ auditors: s.auditors.filter((one) => one !== data.person) }),
	information_requested: (s, { data, onDay }) => ({
		phase: 'information',
		rounds: s.rounds + 1,
		roundDueOn: String(data.dueOn),
		pauses: [...s.pauses, { fromOn: onDay, toOn: null }],
	}),
	information_answered: (s, step) => resumed(s, step, false),
	information_overdue: (s, step) => resumed(s, step, true),
	satisfied: () => ({ phase: 'satisfied', isFinal: true }),
	action_plan: (_, { data }) => ({ phase: 'action_plan', openTasks: data.tasks as AuditState['openTasks'] }),
	task_met: (s, { data }) => {
		const openTasks = s.openTasks.filter(({ id }) => id !== data.task);
		const isDone = openTasks.length === 0 && !s.hasMissedTask;
		return { openTasks, ...(isDone ? { phase: 'satisfied' as const, isFinal: true } : {}) };
	},
	task_missed: (s, { data }) => ({ openTasks: s.openTasks.filter(({ id }) => id !== data.task), hasMissedTask: true }),
	found_short: (_, { byPerson }) => ({ foundShortBy: byPerson ?? '' }),
	found_otherwise: () => ({ foundShortBy: null, phase: 'in_review', hasMissedTask: false, openTasks: [] }),
	not_satisfied: (_, { onDay }) => ({ phase: 'not_satisfied', sayFromOn: onDay }),
	referred: (s, { onDay }) => ({ phase: 'referred', sayFromOn: s.sayFromOn ?? onDay }),
	resolved: (_, { data }) => ({ phase: data.result === 'set_aside' ? 'satisfied' : 'not_satisfied', isFinal: true }),
};

function resumed(s: AuditState, { onDay }: AuditStep, noReply: boolean): Partial<AuditState> {
	return { phase: 'in_review', roundDueOn: null, noReply, pauses: s.pauses.map((p) => (p.toOn === null ? { ...p, toOn: onDay } : p)) };
}

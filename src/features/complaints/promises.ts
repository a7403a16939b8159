import { addDays, addMonths, daysBetween } from '#core/dates.ts';
import { addWorkingDays, type Holidays, workingDaysBetween } from '#core/working-days.ts';
import type { Phase } from './phases.ts';
import type { ConcernRules } from './rules.ts';
import { type Pause, type Step, statesOf } from './state.ts';

export type PromiseKind = 'acknowledge' | 'triage' | 'answer' | 'update' | 'ask' | 'reply' | 'resolution' | 'investigation' | 'panel' | 'hearing' | 'publish';
/** Something that was promised by a day. `keptOn`: when it was done; `endedOn`: when it was not owed any more without having been done. */
export type Promised = { kind: PromiseKind; fromOn: string; dueOn: string; keptOn: string | null; endedOn: string | null };
type Span = Omit<Promised, 'dueOn'>;

/**
 * Everything that was promised in a case, in the order in which it began, each with its last day through every pause: a pause moves a day later,
 * never earlier (workflows.md §6.0). Pure; a promise that is open today is one with neither `keptOn` nor `endedOn`.
 */
export function promisesOf(steps: readonly Step[], rules: ConcernRules, holidays: Holidays): Promised[] {
	const phases = statesOf(steps).map((s) => s.phase);
	const owed = RULES.filter(({ kind }) => (rules.answerWorkingDays === undefined ? kind !== 'answer' : ANSWERED.includes(kind)));
	const spans = owed.flatMap((rule) => spansOf(steps, phases, rule)).sort((a, b) => a.fromOn.localeCompare(b.fromOn));
	const pauses = pausesOf(steps);
	return spans.map((span) => ({ ...span, dueOn: dueOf(span, rules, holidays, pauses) }));
}

/** The day by which the next thing is owed, or null: nothing is, or it is paused. */
export function nextDueOn(promises: readonly Promised[], isPaused: boolean): string | null {
	if (isPaused) return null;
	const open = promises.filter((p) => p.keptOn === null && p.endedOn === null && p.kind !== 'reply' && p.kind !== 'ask');
	return open.map((p) => p.dueOn).sort()[0] ?? null;
}

/** Was it kept, missed, or is it still open on a day? One that is not owed any more was kept if that came in time. */
export function fateOf({ dueOn, keptOn, endedOn }: Promised, today: string): 'kept' | 'missed' | 'open' {
	const on = keptOn ?? endedOn;
	if (on !== null) return on <= dueOn ? 'kept' : 'missed';
	return today <= dueOn ? 'open' : 'missed';
}

/** `begins` opens the promise, `keeps` keeps it, `ends` lets it go, as the end of the case does; `again`: keeping it opens the next. */
type Rule = {
	kind: PromiseKind;
	begins: readonly Step['kind'][];
	keeps: readonly Step['kind'][];
	ends: readonly Step['kind'][];
	again?: true;
};

const RULES: readonly Rule[] = [
	{ kind: 'acknowledge', begins: ['sent'], keeps: ['acknowledged'], ends: [] },
	{ kind: 'triage', begins: ['sent', 'reopened'], keeps: ['accepted', 'redirected', 'declined'], ends: [] },
	{ kind: 'answer', begins: ['sent', 'reopened'], keeps: ['redirected', 'declined', 'resolution_agreed', 'closed'], ends: [] },
	{ kind: 'update', begins: ['acknowledged', 'reopened', 'appealed'], keeps: ['updated'], ends: [], again: true },
	{ kind: 'ask', begins: ['asked'], keeps: ['answered'], ends: ['went_on'] },
	{ kind: 'reply', begins: ['disclosed', 'resolution_begun'], keeps: ['replied'], ends: ['reported', 'resolution_agreed'] },
	{ kind: 'resolution', begins: ['resolution_begun'], keeps: ['resolution_agreed', 'resolution_failed'], ends: [] },
	{ kind: 'investigation', begins: ['disclosed', 'resolution_failed'], keeps: ['reported'], ends: ['resolution_begun'] },
	{ kind: 'panel', begins: ['accepted'], keeps: ['referred', 'no_case', 'advised'], ends: ['resolution_agreed'] },
	{ kind: 'hearing', begins: ['referred'], keeps: ['sanction_decided'], ends: [] },
];

/** What is owed of a concern about the organisation: it is answered, and goes to no panel. */
const ANSWERED: readonly PromiseKind[] = ['acknowledge', 'answer', 'update', 'ask'];

/** One after the other: a promise that is open is not made again. */
function spansOf(steps: readonly Step[], phases: readonly Phase[], { kind, begins, keeps, ends, again }: Rule): Span[] {
	const done: Span[] = [];
	let open: string | null = null;
	for (const [n, { kind: step, onDay }] of steps.entries()) {
		if (open !== null && keeps.includes(step)) {
			done.push({ kind, fromOn: open, keptOn: onDay, endedOn: null });
			open = again ? onDay : null;
		} else if (open === null && begins.includes(step)) open = onDay;
		else if (open !== null && ends.includes(step)) {
			done.push({ kind, fromOn: open, keptOn: null, endedOn: onDay });
			open = null;
		}
		if (open === null || phases[n] !== 'closed') continue;
		if (open !== onDay || !keeps.includes(step)) done.push({ kind, fromOn: open, keptOn: null, endedOn: onDay });
		open = null;
	}
	return open === null ? done : [...done, { kind, fromOn: open, keptOn: null, endedOn: null }];
}

function pausesOf(steps: readonly Step[]): Pause[] {
	const pauses: Pause[] = [];
	for (const { kind, onDay, data } of steps) {
		const last = pauses.at(-1);
		if (kind === 'paused') pauses.push({ because: String(data.because), fromOn: onDay, toOn: null });
		if (kind === 'resumed' && last?.toOn === null) pauses[pauses.length - 1] = { ...last, toOn: onDay };
	}
	return pauses;
}

const WORKING: Partial<Record<PromiseKind, keyof ConcernRules & `${string}WorkingDays`>> = {
	acknowledge: 'acknowledgeWorkingDays',
	triage: 'triageWorkingDays',
	answer: 'answerWorkingDays',
	ask: 'askWorkingDays',
	resolution: 'resolutionWorkingDays',
	investigation: 'investigationWorkingDays',
	publish: 'publishWorkingDays',
};

function dueOf({ kind, fromOn, keptOn, endedOn }: Span, rules: ConcernRules, holidays: Holidays, pauses: readonly Pause[]): string {
	const parts = pausedParts(pauses, fromOn, keptOn ?? endedOn);
	const working = WORKING[kind];
	if (working !== undefined) {
		const paused = parts.reduce((sum, { from, to }) => sum + workingDaysBetween(holidays, from, to), 0);
		return addWorkingDays(holidays, fromOn, (rules[working] ?? 0) + paused);
	}
	const paused = parts.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0);
	return addDays(unpausedDay(kind, fromOn, rules), paused);
}

/** When it stood still since it was made: up to its end, so that a pause which lasts beyond it changes nothing of it any more. */
function pausedParts(pauses: readonly Pause[], fromOn: string, until: string | null): { from: string; to: string }[] {
	return pauses.flatMap((p) => {
		const from = p.fromOn > fromOn ? p.fromOn : fromOn;
		const to = until !== null && (p.toOn === null || p.toOn > until) ? until : p.toOn;
		return to === null || to <= from ? [] : [{ from, to }];
	});
}

function unpausedDay(kind: PromiseKind, fromOn: string, rules: ConcernRules): string {
	if (kind === 'panel') return addMonths(fromOn, rules.panelMonths);
	if (kind === 'hearing') return addMonths(fromOn, rules.hearingMonths);
	return addDays(fromOn, kind === 'reply' ? rules.replyDays : rules.updateDays);
}

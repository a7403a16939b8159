import { addDays, addMonths, daysBetween } from '#core/dates.ts';
import { addWorkingDays, type Holidays, workingDaysBetween } from '#core/working-days.ts';
import type { Limits } from './standards.ts';
import type { ClockKind, Pause, State } from './state.ts';

const LIMIT: Record<ClockKind, keyof Limits & `${string}WorkingDays`> = {
	checks: 'checksWorkingDays',
	assessment: 'assessmentWorkingDays',
	panel: 'panelWorkingDays',
	review: 'reviewWorkingDays',
};

/**
 * The day by which the next thing is due, through every pause; null while it is on hold, and where nothing is due.
 * A pause moves it later and never earlier.
 */
export function dueOn(state: State, limits: Limits, holidays: Holidays): string | null {
	if (state.hold !== null) return null;
	if (state.phase === 'draft') return addMonths(state.phaseFromOn, limits.draftMonths);
	if (state.phase === 'waiting_on_applicant') return state.roundDueOn && addDays(state.roundDueOn, heldDaysSince(state));
	if (state.phase === 'decided') return state.openConditions.map((c) => c.dueOn).sort()[0] ?? null;
	if (state.clock === null) return null;
	const { kind, fromOn } = state.clock;
	const unpaused = addWorkingDays(holidays, fromOn, limits[LIMIT[kind]]);
	return addWorkingDays(holidays, unpaused, pausedWorkingDays(state.pauses, fromOn, holidays));
}

/** Working days of closed pauses since a clock began; pauses that overlap count once. */
function pausedWorkingDays(pauses: readonly Pause[], since: string, holidays: Holidays): number {
	let counted = since;
	let days = 0;
	for (const { fromOn, toOn } of [...pauses].sort((a, b) => a.fromOn.localeCompare(b.fromOn))) {
		if (toOn === null) continue;
		const from = fromOn > counted ? fromOn : counted;
		if (toOn <= from) continue;
		days += workingDaysBetween(holidays, from, toOn);
		counted = toOn;
	}
	return days;
}

/** Calendar days on hold since the round that is being waited for was asked. */
function heldDaysSince({ pauses }: State): number {
	const asked = pauses.find((p) => p.because === 'information' && p.toOn === null)?.fromOn;
	if (asked === undefined) return 0;
	const held = pauses.filter((p) => p.because === 'hold' && p.toOn !== null && p.toOn > asked);
	return held.reduce((sum, p) => sum + daysBetween(p.fromOn > asked ? p.fromOn : asked, p.toOn as string), 0);
}

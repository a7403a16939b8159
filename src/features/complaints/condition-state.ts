import { addDays } from '#core/dates.ts';

export type ConditionAct = { kind: 'shown' | 'accepted' | 'not_enough' | 'breach'; onDay: string };
/** `lasts`: it asks for no evidence. `shown`: waits to be judged. `breach`: two people decide what follows. */
export type ConditionState = 'lasts' | 'open' | 'shown' | 'accepted' | 'not_enough' | 'breach';

/** How a condition stands after what was done about it. Pure. */
export function conditionState(dueOn: string | null, acts: readonly ConditionAct[]): ConditionState {
	const last = acts.at(-1)?.kind;
	if (last === undefined) return dueOn === null ? 'lasts' : 'open';
	return last;
}

/** What is owed next of a condition, by whom, and by which day; null: nothing. A breach waits for the two until the order ends. Pure. */
export function owedOf(dueOn: string | null, acts: readonly ConditionAct[], judgeDays: number): { by: 'therapist' | 'monitor' | 'two'; dueOn: string } | null {
	const state = conditionState(dueOn, acts);
	const last = acts.at(-1)?.onDay ?? '';
	if (state === 'shown') return { by: 'monitor', dueOn: addDays(last, judgeDays) };
	if (state === 'breach') return { by: 'two', dueOn: last };
	return dueOn !== null && (state === 'open' || state === 'not_enough') ? { by: 'therapist', dueOn } : null;
}

/** May it still be shown, and judged? Pure. */
export function isShowable(state: ConditionState): boolean {
	return state === 'open' || state === 'not_enough' || state === 'lasts';
}

import { addDays, daysBetween } from '#core/dates.ts';
import type { Standing } from './step.ts';

/**
 * The last day to say something on what was laid before a side on a day: as many days for one side as for the other, those of the reply, and as
 * many more as the case stood still since. Null while it is paused. Pure.
 */
export function commentBy({ state, rules }: Pick<Standing, 'state' | 'rules'>, givenOn: string): string | null {
	if (state.pauses.some(({ toOn }) => toOn === null)) return null;
	const paused = state.pauses.reduce((sum, { fromOn, toOn }) => {
		const from = fromOn > givenOn ? fromOn : givenOn;
		return toOn === null || toOn <= from ? sum : sum + daysBetween(from, toOn);
	}, 0);
	return addDays(givenOn, rules.replyDays + paused);
}

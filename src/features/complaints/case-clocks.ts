import { daysBetween } from '#core/dates.ts';
import { fateOf, type Promised } from './promises.ts';

/** A promise as a bar: `from` and `width` in hundredths of the time shown, `due` where its last day stands. */
export type ClockBar = { kind: Promised['kind']; from: number; width: number; due: number; fate: 'kept' | 'missed' | 'open' };

/**
 * Promises as they are drawn, all on one line of time: from the first of them to the last thing owed, done, or today. A promise that was kept is
 * drawn until that day, an open one until today. Pure.
 */
export function clockBars(promises: readonly Promised[], today: string): ClockBar[] {
	const first = promises.map(({ fromOn }) => fromOn).sort()[0];
	if (first === undefined) return [];
	const last = promises
		.flatMap(({ dueOn, keptOn, endedOn }) => [dueOn, keptOn ?? endedOn ?? today])
		.sort()
		.at(-1) as string;
	const whole = Math.max(daysBetween(first, last), 1);
	const at = (day: string) => Math.round((daysBetween(first, day) / whole) * 1000) / 10;
	return promises.map((one) => {
		const from = at(one.fromOn);
		const until = at(one.keptOn ?? one.endedOn ?? (today > one.fromOn ? today : one.fromOn));
		return { kind: one.kind, from, width: Math.max(until - from, 0.8), due: at(one.dueOn), fate: fateOf(one, today) };
	});
}

import type { Lasted } from './report-queries.ts';

/** Of how long something took: how often, half of them within, nine of ten within, the longest. Days. */
export type Spread = { count: number; median: number; ninetieth: number; longest: number };

/** By nearest rank, so that every figure is a time that did occur; null of nothing. */
export function spreadOf(lasted: readonly Lasted[]): Spread | null {
	const sorted = lasted.filter(({ count }) => count > 0).toSorted((a, b) => a.days - b.days);
	const total = sum(sorted.map(({ count }) => count));
	if (total === 0) return null;
	return { count: total, median: atRank(sorted, Math.ceil(total / 2)), ninetieth: atRank(sorted, Math.ceil(total * 0.9)), longest: sorted.at(-1)?.days ?? 0 };
}

function atRank(sorted: readonly Lasted[], rank: number): number {
	let seen = 0;
	for (const { days, count } of sorted) {
		seen += count;
		if (seen >= rank) return days;
	}
	return 0;
}

export function sum(numbers: readonly number[]): number {
	return numbers.reduce((all, one) => all + one, 0);
}

/** How wide a bar is, 0 to 100, so that the longest fills its row. */
export function widthOf(value: number, longest: number): number {
	return longest <= 0 ? 0 : Math.round((1000 * value) / longest) / 10;
}

/** `12 %`; of nothing, a dash. */
export function share(part: number, whole: number): string {
	return whole === 0 ? '–' : `${Math.round((100 * part) / whole)} %`;
}

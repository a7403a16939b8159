import { addMonths } from '#core/dates.ts';

export type FeeCategory = 'trainee' | 'basic' | 'plus' | 'organisation';

/** The rule set `fees`. Pence for twelve months; a concession takes `concessionPercent` off; an invoice is due `dueDays` after it was issued. */
export type Fees = { categories: Record<FeeCategory, number>; concessionPercent: number; proRata: 'months' | 'none'; dueDays: number };

/** What a membership is paid for: days include the last. */
export type FeeFor = { category: FeeCategory; concession: boolean; fromOn: string; toOn: string };

/**
 * The fee for a stretch of membership in pence. Pro rata counts begun months from its first day, twelfths of the year's fee; parts of a
 * penny are dropped, in the member's favour. A year costs the year's fee exactly.
 */
export function feeFor({ category, concession, fromOn, toOn }: FeeFor, fees: Fees): number {
	return shareOf(yearlyFee(category, concession, fees), fees.proRata === 'months' ? begunMonths(fromOn, toOn) : 12);
}

/** The fee for twelve months in pence, concession taken off, parts of a penny dropped. */
export function yearlyFee(category: FeeCategory, concession: boolean, fees: Fees): number {
	const full = fees.categories[category];
	return concession ? Math.floor((full * (100 - fees.concessionPercent)) / 100) : full;
}

/**
 * Splits a sum over consecutive stretches of months: never negative, together exactly the whole, each less than a penny from its exact
 * share. For what is left of a year when someone changes or leaves.
 * @param months how many months each stretch has; together at least one
 */
export function splitByMonths(pence: number, months: readonly number[]): number[] {
	const all = months.reduce((sum, n) => sum + n, 0);
	if (all <= 0) throw new RangeError('A sum is split over at least one month.');
	let passed = 0;
	return months.map((n) => {
		const before = Math.floor((pence * passed) / all);
		passed += n;
		return Math.floor((pence * passed) / all) - before;
	});
}

/** How many months have begun between two days, the last included; 0 when `toOn` is before `fromOn`. */
export function begunMonths(fromOn: string, toOn: string): number {
	let months = 0;
	while (addMonths(fromOn, months) <= toOn) months += 1;
	return months;
}

function shareOf(yearly: number, months: number): number {
	return Math.floor((yearly * months) / 12);
}

/** The value below which a part (0–1) of all values lies; the values need not be sorted. */
export function quantile(values: readonly number[], part: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** Even numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

export function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * How likely it is to see two such sets of values when nothing lies between them (Mann–Whitney, two-sided, by the normal approximation, which is good
 * from some twenty values on). Ties share their ranks. @returns 0–1
 */
export function likelihoodOfSame(a: readonly number[], b: readonly number[]): number {
	const all = [...a.map((value) => ({ value, isA: true })), ...b.map((value) => ({ value, isA: false }))].sort((x, y) => x.value - y.value);
	let ranks = 0;
	for (let from = 0; from < all.length; ) {
		let to = from;
		while (to < all.length && all[to]?.value === all[from]?.value) to += 1;
		const rank = (from + 1 + to) / 2;
		ranks += rank * all.slice(from, to).filter(({ isA }) => isA).length;
		from = to;
	}
	const u = ranks - (a.length * (a.length + 1)) / 2;
	const spread = Math.sqrt((a.length * b.length * (a.length + b.length + 1)) / 12);
	const z = Math.abs(u - (a.length * b.length) / 2) / spread;
	return 2 * (1 - normal(z));
}

/** The part of a normal distribution below z ≥ 0 (Abramowitz and Stegun 26.2.17, right to seven places). */
function normal(z: number): number {
	const t = 1 / (1 + 0.2316419 * z);
	const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return 1 - (tail * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

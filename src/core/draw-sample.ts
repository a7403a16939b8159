import { createHash } from 'node:crypto';

/** What a draw comes to. `cut`: the sum of the last number drawn; whatever sum is not above it was drawn. */
export type Drawn = { numbers: string[]; digest: string; cut: string | null };

/**
 * Draws from numbers by a seed, so that anyone can repeat it by hand: of every number the SHA-256 of `seed:number` is taken, in lower-case hex;
 * sorted by that sum, the first are drawn, `count` of them or all there are. The order in which numbers are given does not matter, and a number
 * given twice counts once.
 */
export function drawFirst(seed: string, numbers: readonly string[], count: number): Drawn {
	const eligible = [...new Set(numbers)].toSorted();
	const ranked = eligible.map((number) => ({ number, sum: sumOf(seed, number) })).sort((a, b) => (a.sum < b.sum ? -1 : 1));
	const drawn = ranked.slice(0, count);
	return { numbers: drawn.map(({ number }) => number).toSorted(), digest: digestOfNumbers(eligible), cut: drawn.at(-1)?.sum ?? null };
}

/** The sum by which a number is ranked: 64 hexadecimal digits. */
export function sumOf(seed: string, number: string): string {
	return createHash('sha256').update(`${seed}:${number}`).digest('hex');
}

/** SHA-256 over sorted numbers, each followed by a line feed: what `sort numbers.txt | sha256sum` says. */
export function digestOfNumbers(numbers: readonly string[]): string {
	return createHash('sha256')
		.update(
			numbers
				.toSorted()
				.map((number) => `${number}\n`)
				.join(''),
		)
		.digest('hex');
}

/** Was this number drawn? What a member, or anybody, can work out from what is published. */
export function wasDrawn(seed: string, cut: string | null, number: string): boolean {
	return cut !== null && sumOf(seed, number) <= cut;
}

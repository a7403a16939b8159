/** What stands where a number is not told. */
export const NOT_SHOWN = 'not shown';

/**
 * Which of the parts of a whole are not told, so that nobody behind a small number is recognised: every part under `least`, nought as well, and
 * then the next smallest until what is hidden cannot be worked out from the whole: two parts at least, which together come to `least` or more.
 * Pure. @param least 0 hides nothing
 */
export function hiddenParts(counts: readonly number[], least: number): boolean[] {
	const hidden = counts.map((count) => count < least);
	const order = counts.map((count, i) => ({ count, i })).filter(({ i }) => !hidden[i]);
	order.sort((a, b) => a.count - b.count);
	const sum = () => counts.reduce((all, count, i) => all + (hidden[i] ? count : 0), 0);
	// Nothing but noughts needs no cover: a whole that is the sum of what is shown tells of nobody.
	while (sum() > 0 && (sum() < least || hidden.filter(Boolean).length < 2)) {
		const next = order.shift();
		if (!next) break;
		hidden[next.i] = true;
	}
	return hidden;
}

/** The parts as they are told. Pure. */
export function shownParts(counts: readonly number[], least: number): (number | string)[] {
	const hidden = hiddenParts(counts, least);
	return counts.map((count, i) => (hidden[i] ? NOT_SHOWN : count));
}

/** A whole as it is told: in full, or not at all. Pure. */
export function shownWhole(count: number, least: number): number | string {
	return count < least ? NOT_SHOWN : count;
}

/** A number for everybody: to the nearest five, so that a year told twice, or beside another list, tells of no single case. Pure. */
export function aboutSo(count: number, least: number): string {
	return count < least ? `under ${least}` : `about ${(Math.round(count / 5) * 5).toLocaleString('en-GB')}`;
}

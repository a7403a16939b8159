import { daysBetween } from '#core/dates.ts';
import type { Span } from './facts.ts';

/** Days as numbers, both ends included: what can be counted, cut and joined. */
export type Days = readonly (readonly [from: number, to: number])[];

const EPOCH = '2000-01-01';
const FOREVER = 1_000_000;

/** Spans as days that do not overlap, in order. */
export function daysOf(spans: readonly Span[]): Days {
	const all = spans.map(({ fromOn, toOn }) => [numberOf(fromOn), toOn === null ? FOREVER : numberOf(toOn)] as const);
	return joined(all.filter(([from, to]) => from <= to));
}

/** The days that are in both. */
export function both(a: Days, b: Days): Days {
	return joined(a.flatMap(([from, to]) => b.map(([start, end]) => [Math.max(from, start), Math.min(to, end)] as const)).filter(([from, to]) => from <= to));
}

/** The days of `a` that are not in `b`. */
export function without(a: Days, b: Days): Days {
	let left = a;
	for (const [start, end] of b) {
		left = left.flatMap(([from, to]) => [[from, Math.min(to, start - 1)] as const, [Math.max(from, end + 1), to] as const]).filter(([from, to]) => from <= to);
	}
	return left;
}

/** How many days. */
export function lengthOf(days: Days): number {
	return days.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

function joined(days: Days): Days {
	const result: [number, number][] = [];
	for (const [from, to] of [...days].sort((a, b) => a[0] - b[0])) {
		const last = result.at(-1);
		if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
		else result.push([from, to]);
	}
	return result;
}

function numberOf(day: string): number {
	return daysBetween(EPOCH, day);
}

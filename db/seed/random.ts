/** Repeatable chance: the same seed gives the same people on every machine. */
export type Random = {
	/** A number from 0 up to, not including, 1. */
	next(): number;
	/** A whole number from `least` to `most`. */
	whole(least: number, most: number): number;
	chance(part: number): boolean;
	pick<T>(from: readonly T[]): T;
	/** Some of the values, at least `least`, in their own order. */
	some<T>(from: readonly T[], part: number, least: number): T[];
};

/** Mulberry32 (Tommy Ettinger, public domain): small, quick and even enough for invented people. */
export function seededRandom(seed: number): Random {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = Math.imul(state ^ (state >>> 15), state | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
	const whole = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
	const pick = <T>(from: readonly T[]): T => from[whole(0, from.length - 1)] as T;
	const some = <T>(from: readonly T[], part: number, least: number): T[] => {
		const chosen = from.filter(() => next() < part);
		while (chosen.length < least) {
			const one = pick(from);
			if (!chosen.includes(one)) chosen.push(one);
		}
		return chosen;
	};
	return { next, whole, chance: (part) => next() < part, pick, some };
}

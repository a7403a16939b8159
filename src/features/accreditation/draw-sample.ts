import { type Drawn, drawFirst } from '#core/draw-sample.ts';

export { digestOfNumbers, sumOf, wasDrawn } from '#core/draw-sample.ts';

/** Draws from register numbers as `drawFirst` does: `percent` of every hundred, and never less than one. */
export function drawSample(seed: string, numbers: readonly string[], percent: number): Drawn {
	return drawFirst(seed, numbers, Math.ceil((new Set(numbers).size * percent) / 100));
}

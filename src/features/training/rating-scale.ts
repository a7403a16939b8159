import type { RatingScale } from './rules.ts';

/** The average of the scores in hundredths, rounded down, and whether it passes. Every item of the scale counts once. */
export function rateBy(scale: RatingScale, scores: Record<string, number>): { averageHundredths: number; isPass: boolean } {
	const sum = scale.items.reduce((total, { key }) => total + (scores[key] ?? scale.from), 0);
	const count = Math.max(1, scale.items.length);
	return { averageHundredths: Math.floor((sum * 100) / count), isPass: sum * 10 >= scale.passTenths * count };
}

/** `3.25`. */
export function sayAverage(hundredths: number): string {
	return (hundredths / 100).toFixed(2);
}

import { z } from 'zod';
import { isFilled, last, line } from '#core/fields.ts';
import { penceFrom, plainPence } from '#core/money.ts';
import { readDay } from '#core/read-day.ts';
import type { Fees } from '#features/payments/index.ts';
import type { Grade } from './facts.ts';
import { GRADE_NAMES } from './grades.ts';

const name = line(40, 'Shorten the name to 40 characters.').refine(
	(text) => /^[\w.-]+$/.test(text),
	'Give the version a short name without spaces, such as 2027-1.',
);
const fromOn = line(40, 'Enter a day, such as 1 April 2027.').transform((typed, check) => {
	const read = readDay(typed);
	if ('day' in read) return read.day;
	check.addIssue({ code: 'custom', message: `The first day ${read.why}.` });
	return z.NEVER;
});
const version = z.preprocess(last, z.coerce.number().int().catch(0));
const money = line(20, 'Enter an amount, such as 75.00.')
	.transform((typed) => penceFrom(typed))
	.refine((pence): pence is number => pence !== null, 'Enter an amount in pounds and pence, such as 75.00.')
	.transform(Number);
const whole = (least: number, most: number) => {
	const message = `Enter a whole number from ${least} to ${most}.`;
	return line(6, message)
		.refine((typed) => /^\d{1,4}$/.test(typed) && Number(typed) >= least && Number(typed) <= most, message)
		.transform(Number);
};

/** The name of the field of a grade's fee. */
export const feeFieldOf = (grade: Grade) => `fee-${grade}` as const;

export const newFeesForm = z.object({ name, fromOn });
export const publishFeesForm = z.object({
	reason: line(300, 'Use 300 characters or fewer.').refine(isFilled, 'Say why, such as the minute of a meeting.'),
	version,
});

/** All figures of a draft: pounds as people write them, read as integer pence. */
export const feesForm = z
	.object({
		name,
		fromOn,
		version,
		concessionPercent: whole(0, 100),
		proRata: z.preprocess(last, z.enum(['months', 'none'], 'Choose one.')),
		dueDays: whole(1, 120),
		'fee-trainee': money,
		'fee-basic': money,
		'fee-plus': money,
		'fee-organisation': money,
	})
	.transform(({ name: named, fromOn: from, version: read, concessionPercent, proRata, dueDays, ...typed }): FeesInput => {
		const categories = Object.fromEntries(GRADE_NAMES.map((grade) => [grade, typed[feeFieldOf(grade)]])) as Fees['categories'];
		return { name: named, fromOn: from, version: read, fees: { categories, concessionPercent, proRata, dueDays } };
	});

export type FeesInput = { name: string; fromOn: string; version: number; fees: Fees };

/** The fields as they stand for some fees. */
export function feesTyped(fees: Fees): Record<string, string> {
	const { concessionPercent, proRata, dueDays, categories } = fees;
	const typed = GRADE_NAMES.map((grade) => [feeFieldOf(grade), plainPence(categories[grade])]);
	return { ...Object.fromEntries(typed), concessionPercent: String(concessionPercent), proRata, dueDays: String(dueDays) };
}

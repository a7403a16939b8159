import { z } from 'zod';
import { cleaned, isFilled, last, line } from '#core/fields.ts';
import { readDay } from '#core/read-day.ts';
import { DAY_MINUTES, readDuration } from '#core/read-duration.ts';

/** What a form was opened with, for two tabs. */
export const version = z.preprocess((value) => Number(last(value)) || 0, z.int().min(0));
export const repeatKey = line(80, 'Open the page again.').pipe(z.string().refine(isFilled, 'Open the page again.'));

/** One of a closed list. */
export const choice = <const T extends readonly [string, ...string[]]>(values: T, message: string) => z.preprocess(last, z.enum(values, message));

/** A line that must be filled. */
export const filledLine = (most: number, tooLong: string, missing: string) => line(most, tooLong).pipe(z.string().refine(isFilled, missing));

/** A day in one box, as people type it; null when empty. */
export const dayOrNone = line(40, 'Enter a day, such as 22/11/2026.').transform((typed, check) => {
	if (typed === '') return null;
	const read = readDay(typed);
	if ('day' in read) return read.day;
	check.addIssue({ code: 'custom', message: `“${typed}” ${read.why}.` });
	return z.NEVER;
});

/** A day that must be there. */
export const dayNeeded = (missing: string) =>
	dayOrNone.transform((day, check) => {
		if (day !== null) return day;
		check.addIssue({ code: 'custom', message: missing });
		return z.NEVER;
	});

/** A whole number between two, both included. */
export const whole = (least: number, most: number, message: string) =>
	line(12, message).transform((typed, check) => {
		const number = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
		if (number >= least && number <= most) return number;
		check.addIssue({ code: 'custom', message });
		return z.NEVER;
	});

const MOST_HOURS = 2000;

/** A length as people type it, such as `30h`, in whole minutes. */
export const lengthNeeded = z.preprocess(
	(value) => cleaned(value).trim(),
	z.string().transform((typed, check) => {
		const read = readDuration(typed, Math.max(DAY_MINUTES, MOST_HOURS * 60));
		if ('minutes' in read && read.minutes > 0) return read.minutes;
		check.addIssue({ code: 'custom', message: 'why' in read ? read.why : 'Enter how many hours, such as 30h.' });
		return z.NEVER;
	}),
);

/** `22/11/2026`, as a form shows a stored day. */
export function dayTyped(day: string | null): string {
	return day === null ? '' : day.split('-').reverse().join('/');
}

import { z } from 'zod';
import { isFilled, last, line } from '#core/fields.ts';
import { readDay } from '#core/read-day.ts';
import { CHECK_TYPES, OUTCOMES, WAYS_OF_CHECKING } from './checks-words.ts';

/** A day as people type it; '' is null. @param sentence says what is wanted */
export function typedDay(sentence: string) {
	return line(40, sentence).transform((typed, check) => {
		if (typed === '') return null;
		const read = readDay(typed);
		if ('day' in read) return read.day;
		check.addIssue({ code: 'custom', message: `${sentence}: “${typed}” ${read.why}.` });
		return z.NEVER;
	});
}

const keysOf = <T extends string>(words: Record<T, string>) => Object.keys(words) as [T, ...T[]];
const outcome = z.preprocess(last, z.enum(keysOf(OUTCOMES), 'Choose what you found.'));
const how = z.preprocess(last, z.enum(keysOf(WAYS_OF_CHECKING), 'Choose how you checked it.'));
const checkedOn = typedDay('Enter the day you checked it, such as 22 November 2026');
const body = (sentence: string) => line(100, 'Use 100 characters or fewer.').refine(isFilled, sentence);
const common = { outcome, how, checkedOn, nextCheckOn: typedDay('Enter the day to look again, or leave it empty') };

/** The office looked at a registration with another body. */
export const coreCheckForm = z.object({
	body: body('Enter the body, such as HCPC.'),
	reference: line(60, 'Use 60 characters or fewer.').transform((typed) => typed || null),
	...common,
	validToOn: typedDay('Enter the last day of the registration, or leave it empty'),
});

/** The office looked at an insurance. */
export const insuranceCheckForm = z.object({
	body: body('Enter the insurer, or the employer who insures them.'),
	type: z.preprocess(last, z.enum(keysOf(CHECK_TYPES.insurance), 'Choose whose policy it is.')),
	...common,
	validToOn: typedDay('Enter the last day that the insurance covers'),
});

/** The office saw a record check: its type, body and date. There is no box for its number, on purpose. */
export const recordCheckForm = z.object({
	body: body('Choose the body that issued it.'),
	type: z.preprocess(last, z.enum(keysOf(CHECK_TYPES.record_check), 'Choose the type of the check.')),
	...common,
	datedOn: typedDay('Enter the day that the check bears'),
});

/** A member tells of their own insurance. */
export const ownInsuranceForm = z.object({
	body: body('Enter your insurer, or the employer who insures you.'),
	type: z.preprocess(last, z.enum(keysOf(CHECK_TYPES.insurance), 'Choose whose policy it is.')),
	validToOn: typedDay('Enter the last day that it covers, such as 31 March 2027').refine((day) => day !== null, 'Enter the last day that it covers.'),
});

import { z } from 'zod';
import { isFilled, last, line, text } from '#core/fields.ts';
import { readDay } from '#core/read-day.ts';

const day = z.preprocess((value) => {
	const read = readDay(String(last(value) ?? '').trim());
	return 'day' in read ? read.day : undefined;
}, z.string('Give the day, such as 22 November 2026'));
const id = line(60, 'Open the page again').pipe(z.string().refine(isFilled, 'Open the page again'));
const version = z.preprocess((value) => Number(last(value)), z.int('Open the page again').min(1));

/** A death is recorded; somebody else confirms it; or it is taken back. */
export const deathForm = z.discriminatedUnion('act', [
	z.object({
		act: z.literal('record'),
		diedOn: day,
		evidence: text(1000, 'Use 1,000 characters or fewer').pipe(z.string().refine(isFilled, 'Say what tells you so')),
	}),
	z.object({ act: z.literal('confirm'), id, version }),
	z.object({ act: z.literal('take_back'), id, version, reason: line(500, 'Use 500 characters or fewer').pipe(z.string().refine(isFilled, 'Say why')) }),
]);

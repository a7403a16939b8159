import { z } from 'zod';
import { isFilled, last, line, text } from '#core/fields.ts';

export const NOTE_LIMIT = 4000;
const words = text(NOTE_LIMIT, 'Use 4,000 characters or fewer').pipe(z.string().refine(isFilled, 'Write the note'));
const version = z.preprocess((value) => Number(last(value)), z.int('Open the page again').min(1));

/** A new note. `repeat` tells a form sent twice from two notes. */
export const noteForm = z.object({ text: words, repeat: line(60, 'Open the page again').pipe(z.string().refine(isFilled, 'Open the page again')) });

/** A note written anew, or retracted. */
export const noteChangeForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('change'), text: words, version }),
	z.object({ act: z.literal('retract'), reason: line(500, 'Use 500 characters or fewer').pipe(z.string().refine(isFilled, 'Say why')), version }),
]);

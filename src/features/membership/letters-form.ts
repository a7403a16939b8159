import { z } from 'zod';
import { isFilled, line, text } from '#core/fields.ts';

export const LETTER_LIMIT = 4000;

/** Writes a letter. `repeat` tells a form sent twice from two letters. */
export const letterForm = z.object({
	template: line(40, 'Choose a letter').pipe(z.string().refine(isFilled, 'Choose a letter')),
	words: text(LETTER_LIMIT, 'Use 4,000 characters or fewer'),
	way: z.enum(['mail', 'print'], 'Say whether it is sent by e-mail or printed'),
	repeat: line(60, 'Open the page again').pipe(z.string().refine(isFilled, 'Open the page again')),
});

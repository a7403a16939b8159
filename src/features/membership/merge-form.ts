import { z } from 'zod';
import { isFilled, line } from '#core/fields.ts';

const reason = line(500, 'Use 500 characters or fewer').pipe(z.string().refine(isFilled, 'Say why'));
const other = line(60, 'Use 60 characters or fewer').pipe(z.string().refine(isFilled, 'Give the register number of the other file, or its key'));

/** Looks at what bringing two files together would do, then does it. `other`: the file that goes. */
export const mergeForm = z.discriminatedUnion('act', [
	z.object({ act: z.literal('look'), other, reason: z.unknown().optional() }),
	z.object({ act: z.literal('merge'), other, reason }),
]);

/** Two files that are not one person. */
export const keepApartForm = z.object({ one: other, other, reason });

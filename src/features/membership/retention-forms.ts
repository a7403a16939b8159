import { z } from 'zod';
import { isFilled, last, line, text } from '#core/fields.ts';

const reason = text(2000, 'Keep it to 2,000 characters').pipe(z.string().refine(isFilled, 'Say why'));

/** An officer has looked at what would go of a class, and says that it may. */
export const confirmClassForm = z.object({
	rowsShown: z.preprocess((value) => Number(last(value)), z.int('Open the page again').min(0)),
	sure: z.preprocess(last, z.literal('yes', 'Tick the box: what is destroyed does not come back')),
});
export type ConfirmClassInput = z.output<typeof confirmClassForm>;

export const holdForm = z.object({
	who: line(60, 'That is too long for a number').pipe(z.string().refine(isFilled, 'Enter the register number, or the number of the file')),
	because: reason,
});
export type HoldInput = z.output<typeof holdForm>;

export const liftHoldForm = z.object({ hold: z.preprocess(last, z.string('Open the page again').min(1)), because: reason });
export type LiftHoldInput = z.output<typeof liftHoldForm>;

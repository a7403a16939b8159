import { z } from 'zod';
import { last } from '#core/fields.ts';

/** Proposes or carries out the plan that was shown. */
export const erasureForm = z.object({
	act: z.preprocess(last, z.enum(['propose', 'carry_out'], 'Choose what you do')),
	digest: z.preprocess(last, z.string('Open the page again').length(64, 'Open the page again')),
	sure: z.preprocess(last, z.literal('yes', 'Tick the box: what is erased does not come back')),
});
export type ErasureInput = Pick<z.output<typeof erasureForm>, 'digest'>;

import { z } from 'zod';
import { text } from '#core/fields.ts';
import { seenField } from './check-form.ts';

/** Who is given an application. */
export const assignForm = z.object({ seen: seenField, person: z.string('Choose an assessor.').min(1, 'Choose an assessor.').max(60) });

export const REPLACE_REASONS = [
	{ value: 'replaced', label: 'Somebody else shall do it' },
	{ value: 'left', label: 'They cannot go on: illness, leave, or they have left' },
] as const;

/** From whom an application is taken, and why. */
export const replaceForm = z.object({
	seen: seenField,
	person: z.string('Choose whom.').min(1, 'Choose whom.').max(60),
	because: z.enum(['replaced', 'left'], 'Choose why.'),
	words: text(1000, 'Shorten this to 1,000 characters or fewer.').refine((v) => v !== '', 'Write a sentence for the record.'),
});
export type AssignInput = z.output<typeof assignForm>;
export type ReplaceInput = z.output<typeof replaceForm>;

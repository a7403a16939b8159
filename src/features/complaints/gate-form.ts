import { z } from 'zod';
import { last, text } from '#core/fields.ts';

export const GATE_CHOICES = [
	{ value: 'none', label: 'Nothing ties me to anybody in it' },
	{
		value: 'minor',
		label: 'Something small, which I describe',
		hint: 'For example: one of them spoke at a course I went to. Whoever works on the case reads it.',
	},
	{ value: 'recuse', label: 'I step back', hint: 'You need not say why. From that moment you see nothing of this case any more.' },
] as const;

/** What somebody says before a case opens to them. */
export const gateForm = z
	.object({
		declared: z.preprocess(last, z.enum(['none', 'minor', 'recuse'], 'Choose what fits.')),
		words: text(1000, 'Shorten this to 1,000 characters or fewer.'),
	})
	.refine(({ declared, words }) => declared !== 'minor' || words !== '', { path: ['words'], message: 'Say in a sentence what it is.' });
export type GateInput = z.output<typeof gateForm>;

import { z } from 'zod';
import { text } from '#core/fields.ts';

export const GATE_CHOICES = [
	{ value: 'none', label: 'Nothing ties me to this person', hint: 'We do not know each other, or only as colleagues of the same profession do.' },
	{
		value: 'minor',
		label: 'Something small, which I describe',
		hint: 'For example: we sat in the same training group years ago. The office and the committee read it.',
	},
	{
		value: 'recuse',
		label: 'I step back',
		hint: 'You need not say why. From that moment you see nothing of this application any more, and somebody else is asked.',
	},
] as const;

/** What an assessor declares before a file opens. */
export const gateForm = z.object({
	declared: z.enum(['none', 'minor', 'recuse'], 'Choose what fits.'),
	words: text(1000, 'Shorten this to 1,000 characters or fewer.'),
});
export type GateInput = z.output<typeof gateForm>;

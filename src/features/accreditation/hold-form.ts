import { z } from 'zod';
import { text } from '#core/fields.ts';
import { dayFrom, seenField } from './check-form.ts';

export type HoldInput = { seen: number; words: string; untilOn: string };

const words = text(4000, 'Shorten this to 4,000 characters or fewer.');

/** Why an application is held, in words that the applicant reads, and until when. */
export const holdForm: z.ZodType<HoldInput> = z.record(z.string(), z.unknown()).transform((typed, check): HoldInput => {
	const said = words.safeParse(typed.words ?? '');
	const message = said.success ? 'Write why: the applicant reads it.' : 'Shorten this to 4,000 characters or fewer.';
	if (!said.success || said.data === '') check.addIssue({ code: 'custom', path: ['words'], message });
	return { seen: seenField.parse(typed.seen), words: said.data ?? '', untilOn: dayFrom(typed, 'untilOn', check, 'The day') };
});

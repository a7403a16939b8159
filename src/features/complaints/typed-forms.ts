import { z } from 'zod';
import { isTicked, last } from '#core/fields.ts';
import { typedDay } from '#features/membership/index.ts';

const WAYS = ['telephone', 'letter', 'email', 'own_motion'] as const;
const day = (sentence: string) => typedDay(sentence).pipe(z.string(`${sentence}.`));

/** How it came, and what it is about. */
export const typedForm = z.object({
	way: z.preprocess(last, z.enum(WAYS, 'Choose how it came.')),
	about: z.preprocess(last, z.enum(['therapist', 'organisation'], 'Choose what it is about.')),
	cameOn: day('Enter the day on which it came, such as 22 November 2026'),
	repeat: z.preprocess(last, z.string('Open the page again.').min(1, 'Open the page again.').max(60, 'Open the page again.')),
});

/** A key that was shown by us and given on. */
export const giveKeyForm = z.object({
	caseKey: z.string(),
	seal: z.string(),
	given: z.preprocess(isTicked, z.literal(true, 'Give the key on first, then tick the box. We cannot show it again.')),
});

/** That somebody confirmed it otherwise than online. */
export const confirmTypedForm = z.object({
	how: z.preprocess(last, z.enum(['telephone', 'letter'], 'Choose how they confirmed it.')),
	on: day('Enter the day on which they confirmed it, such as 22 November 2026'),
});

/** What a second person found. `seen`: when it was recorded, so that nobody agrees to what was changed since. */
export const checkTypedForm = z.object({
	result: z.preprocess(last, z.enum(['agreed', 'refused'], 'Choose what you found.')),
	seen: z.coerce.number().int().catch(-1),
});

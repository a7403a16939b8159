import { z } from 'zod';
import { isTicked, last, line } from '#core/fields.ts';

const key = line(80, 'A key has twelve letters and numbers.').pipe(z.string().min(1, 'Enter your key, as you wrote it down.'));
/** A passphrase is taken as it was typed: a space may be part of it. */
const phrase = (missing: string) => z.preprocess((value) => (typeof last(value) === 'string' ? last(value) : ''), z.string().min(1, missing).max(4000));

/** Coming back: the same refusal for a key that is unknown and a passphrase that does not fit. */
export const openKeyForm = z.object({ caseKey: key, passphrase: phrase('Enter your passphrase.') });

/** Opening for the first time what the office typed: the passphrase is chosen now. */
export const openFirstForm = z.object({ caseKey: key, passphrase: phrase('Choose a passphrase.') });

/** Beginning: the key was shown by us and comes back with the form. */
export const beginForm = z.object({
	about: z.enum(['therapist', 'organisation'], 'Choose what it is about.'),
	passphrase: phrase('Choose a passphrase.'),
	kept: z.preprocess(isTicked, z.literal(true, 'Write the key down first, then tick the box. We cannot tell it to you again.')),
	caseKey: z.string(),
	seal: z.string(),
});

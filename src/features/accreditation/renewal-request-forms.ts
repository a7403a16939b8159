import { z } from 'zod';
import { isFilled, isTicked, last, line } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import { seenField } from './check-form.ts';
import { key, words } from './renewal-forms.ts';

const OTHER = 'other';
const RIGHT_ADDRESS = 'Enter an address in the right form, like name@example.org.';
const saidAnswer = z.preprocess(last, z.enum(['supports', 'has_concerns', 'cannot_say'], 'Choose one.'));

/** Whom a member asks: a supervisor with an account by their key, or somebody by name and address. */
export const askSupportForm = z
	.object({ person: key('Choose whom you ask.'), name: line(200, 'Shorten the name.'), email: line(254, 'Shorten the address.') })
	.superRefine(({ person, name, email }, check) => {
		if (person !== OTHER) return;
		if (name === '') check.addIssue({ code: 'custom', path: ['name'], message: 'Enter the name.' });
		if (!isMailAddress(email)) check.addIssue({ code: 'custom', path: ['email'], message: RIGHT_ADDRESS });
	});
export type AskSupportInput = z.output<typeof askSupportForm>;
export const OTHER_PERSON = OTHER;

/** What somebody says by their link. */
export const wordForm = z.object({
	answer: saidAnswer,
	words,
	signedName: line(200, 'Shorten your name.').refine(isFilled, 'Enter your full name: it stands as your signature.'),
	agree: z.preprocess(isTicked, z.literal(true, 'Tick the box to say that the words above are yours.')),
});
export type WordInput = Omit<z.output<typeof wordForm>, 'agree'>;

/** What the office types from a letter. */
export const letterForm = z
	.object({
		seen: seenField,
		name: line(200, 'Shorten the name.').refine(isFilled, 'Say who wrote it.'),
		answer: saidAnswer,
		words,
	})
	.refine(({ answer, words: said }) => answer !== 'has_concerns' || said !== '', { path: ['words'], message: 'Type what the letter says.' });

/** A wrong address put right by the office. */
export const rightAddressForm = z.object({
	seen: seenField,
	request: key('Choose whom you write to.'),
	email: line(254, 'Shorten the address.').refine(isMailAddress, RIGHT_ADDRESS),
});

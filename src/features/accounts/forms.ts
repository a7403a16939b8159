import { z } from 'zod';
import { cleaned, last, line } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';

/** A mail address: outer spaces do not matter, anything that could be a second line or a second address is refused. */
const email = z.preprocess(
	(value) => cleaned(value).trim(),
	z
		.string()
		.refine((text) => text !== '', 'Enter your e-mail address.')
		.refine((text) => text === '' || isMailAddress(text), 'Enter an e-mail address such as name@example.org.'),
);
/** Taken exactly as typed: a space is part of it. */
const password = z.preprocess(
	(value) => (typeof last(value) === 'string' ? last(value) : ''),
	z.string().max(4096, 'This password is longer than we can take.'),
);
const typedPassword = password.refine((text) => text !== '', 'Enter your password.');
const code = line(40, 'This is longer than a code.').refine((text) => text !== '', 'Enter the code.');
const name = (missing: string) => line(100, 'Use at most 100 characters.').refine((text) => text !== '', missing);

export const signInForm = z.object({ email, password: typedPassword });
export const addressForm = z.object({ email });
export const codeForm = z.object({ code });
export const newPasswordForm = z.object({ password });
export const joinForm = z.object({ givenNames: name('Enter your first names.'), familyName: name('Enter your last name.'), password });
export const totpForm = z.object({ sealed: line(2000, 'Open the page again.'), code });
export const proofForm = z.object({ password: typedPassword, code: line(40, 'This is longer than a code.') });
/** What a browser answers for a passkey, as JSON text; `label` is how its owner calls it. */
export const passkeyForm = z.object({ passkey: line(20_000, 'The passkey could not be used.'), label: line(60, 'Use at most 60 characters.') });
/** A form that only has a button, or names one thing of one's own. */
export const pressed = z.object({ which: line(100, 'Choose one.').refine((text) => text !== '', 'Choose one.') });

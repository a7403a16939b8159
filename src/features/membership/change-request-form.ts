import { z } from 'zod';
import { isFilled, isTicked, last, line, text } from '#core/fields.ts';
import { typedDay } from './checks-form.ts';

const evidence = text(2000, 'Use 2,000 characters or fewer.');
const files = z.preprocess((ids) => (ids === undefined ? [] : [ids].flat().map(String)), z.array(z.string()));
const name = (missing: string) => line(200, 'Use 200 characters or fewer.').refine((typed) => /[\p{L}\p{N}]/u.test(typed), missing);
const shown = { evidence, files };

/** A new name, with what shows it. */
export const nameChangeForm = z.object({
	givenNames: name('Enter the given names.'),
	familyName: name('Enter the family name.'),
	fromOn: typedDay('Enter the day from which the name is used, such as 1 March 2026'),
	formerIsShown: z.preprocess(isTicked, z.boolean()),
	...shown,
});

/** Another birth date, with what shows it. */
export const birthChangeForm = z.object({
	bornOn: typedDay('Enter the date of birth, such as 27 March 1980').refine((day) => day !== null, 'Enter the date of birth.'),
	...shown,
});

/** The decision of an officer. `version` is that of the request as it was read. */
export const decisionForm = z
	.object({
		decision: z.preprocess(last, z.enum(['approve', 'refuse'], 'Choose what you decide.')),
		reason: line(500, 'Use 500 characters or fewer.'),
		version: z.coerce.number().int(),
	})
	.refine((input) => input.decision === 'approve' || isFilled(input.reason), { path: ['reason'], message: 'Say why it is refused. They are told.' });

import { z } from 'zod';
import { isDay } from '#core/dates.ts';
import { isFilled, last, line } from '#core/fields.ts';
import { STAFF_ROLES } from '#core/roles.ts';
import type { Grant } from './account-commands.ts';

const day = (message: string) => line(10, message).refine((text) => text === '' || isDay(text), message);

/** The form by which a role is given. Days as `YYYY-MM-DD`, which a date field sends. */
export const grantForm = z
	.object({
		email: line(254, 'Shorten the e-mail address.').refine(isFilled, 'Enter the e-mail address of their account.'),
		role: z.preprocess(last, z.enum(STAFF_ROLES as [Grant['role'], ...Grant['role'][]], 'Choose a role.')),
		toOn: day('Enter the last day as a date, such as 2027-03-31, or leave it empty.').transform((text) => text || null),
		reason: line(200, 'Shorten the reason to 200 characters.').refine(isFilled, 'Say why: the minute of a meeting, a contract.'),
	})
	.superRefine(
		(input, check) => {
			if (input.role === 'external_reviewer' && input.toOn === null)
				check.addIssue({ code: 'custom', path: ['toOn'], message: 'Say until when: a reviewer from outside always has a last day.' });
		},
		{ when: () => true },
	);

export const endForm = z.object({ reason: line(200, 'Shorten the reason to 200 characters.').refine(isFilled, 'Say why the role ends.') });

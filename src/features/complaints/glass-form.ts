import { z } from 'zod';
import { line, text } from '#core/fields.ts';

/** Why an administrator has to read a case. */
export const glassForm = z.object({
	reference: line(20, 'Enter the reference of the case.').pipe(
		z.string().regex(/^CON-\d{4}-\d{4,}$/, 'Enter the reference of the case, such as CON-2026-0001.'),
	),
	reason: text(2000, 'Shorten this to 2,000 characters or fewer.').pipe(
		z.string().min(20, 'Say in a sentence why this cannot wait for the owner of the case.'),
	),
});

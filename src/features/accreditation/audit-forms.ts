import { z } from 'zod';
import { last, line } from '#core/fields.ts';
import { typedDay } from '#features/membership/index.ts';
import { seenField } from './check-form.ts';
import { needed, words } from './renewal-forms.ts';

export const drawAuditForm = z.object({
	percent: z.coerce.number('Enter a number.').int('Enter a whole number.').min(1, 'Enter a number.').max(100, 'Enter a number.'),
});
export const targetForm = z.object({ number: line(20, 'Enter the register number.'), because: needed('Say why. The member reads it.') });
/** `version`: of the saved answer that was seen, 0 before one was saved. */
export const answerAuditForm = z.object({
	act: z.preprocess(last, z.enum(['save', 'send']).catch('save')),
	version: seenField,
	words,
	files: z.preprocess((v) => (v === undefined ? [] : [v].flat().map(String)), z.array(z.string())),
});
export const sayAuditForm = z.object({ version: seenField, words: needed('Write what you want to say.') });
export const askAuditForm = z.object({
	kind: z.enum(['time', 'excuse'], 'Choose one.'),
	untilOn: typedDay('Enter the day, such as 22/11/2026, or leave it empty'),
	words: needed('Say why in a sentence or two. You need not say anything about your health.'),
});

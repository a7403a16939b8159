import { z } from 'zod';
import { cleaned, last, text } from '#core/fields.ts';
import { readDay } from '#core/read-day.ts';
import { saw, several } from './meeting-forms.ts';

/** How many conditions one decision may have. */
export const CONDITION_NUMBERS = [1, 2, 3, 4, 5] as const;
export const WORDS_LIMIT = 8000;
export type NewCondition = { words: string; dueOn: string };

export const VARIED_TO = { awarded: 'Award', awarded_with_conditions: 'Award with conditions', declined: 'Decline' } as const;

/** What the committee resolved, in the words of the letter. Conditions come as `condition-1` and `condition-1-due`. */
export const resolveForm = z
	.looseObject({
		version: saw,
		steps: z.coerce.number().int().default(0),
		reasons: several,
		words: text(WORDS_LIMIT, `Keep it to ${WORDS_LIMIT} characters.`),
		variedTo: z.preprocess((value) => last(value) || null, z.enum(['awarded', 'awarded_with_conditions', 'declined'], 'Choose what it becomes.').nullable()),
	})
	.transform((typed, check) => {
		const { version, steps, reasons, words, variedTo } = typed;
		return { version, steps, reasons, words, variedTo, conditions: CONDITION_NUMBERS.flatMap((no) => conditionIn(typed, no, check)) };
	});
export type ResolveInput = z.output<typeof resolveForm>;

function conditionIn(typed: Record<string, unknown>, no: number, check: z.RefinementCtx): NewCondition[] {
	const [words, due] = [cleaned(typed[`condition-${no}`]).trim(), cleaned(typed[`condition-${no}-due`]).trim()];
	if (words === '' && due === '') return [];
	const problem = (path: string, message: string): NewCondition[] => {
		check.addIssue({ code: 'custom', path: [path], message });
		return [];
	};
	if (words === '' || words.length > 2000) return problem(`condition-${no}`, 'Write the condition, in up to 2000 characters.');
	const read = readDay(due);
	if ('why' in read) return problem(`condition-${no}-due`, due === '' ? 'Enter the day by which it is to be met.' : `“${due}” ${read.why}.`);
	return [{ words, dueOn: read.day }];
}

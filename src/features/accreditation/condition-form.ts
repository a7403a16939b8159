import { z } from 'zod';
import { isFilled, last, text } from '#core/fields.ts';
import { saw, several } from './meeting-forms.ts';

/** The applicant shows how a condition is met. */
export const conditionShownForm = z.object({
	condition: z.preprocess(last, z.string('Open the page again.').max(60)),
	version: saw,
	words: text(8000, 'Keep it to 8000 characters.').refine(isFilled, 'Say how you meet it.'),
	files: several,
});
export type ConditionShown = z.output<typeof conditionShownForm>;

/** An officer judges it. */
export const conditionJudgedForm = z
	.object({
		version: saw,
		seen: saw,
		verdict: z.preprocess(last, z.enum(['met', 'missed'], 'Choose whether it is met.')),
		words: text(4000, 'Keep it to 4000 characters.'),
	})
	.refine(({ verdict, words }) => verdict === 'met' || isFilled(words), { path: ['words'], message: 'Say why: the committee and the applicant read it.' });
export type ConditionJudged = z.output<typeof conditionJudgedForm>;

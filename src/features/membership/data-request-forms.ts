import { z } from 'zod';
import { isFilled, last, text } from '#core/fields.ts';

const SAID_LIMIT = 4000;
const ANSWER_LIMIT = 6000;

const repeatKey = z.preprocess(last, z.string('Open the form again.').min(20, 'Open the form again.').max(64));

export const DATA_REQUEST_KINDS = {
	correction: 'Put something right',
	erasure: 'Erase something',
} as const;

/** A member asks for their data to be put right or erased. */
export const dataRequestForm = z.object({
	kind: z.preprocess(last, z.enum(['correction', 'erasure'], 'Say what you would like us to do')),
	said: text(SAID_LIMIT, `Keep it to ${SAID_LIMIT} characters`).refine(isFilled, 'Say what is wrong, or what should go'),
	repeatKey,
});
export type DataRequestInput = z.output<typeof dataRequestForm>;

export const DATA_REQUEST_ACTS = {
	acknowledge: 'Say that we have it and are working on it',
	extend: 'Take up to two months more, with the reason',
	done: 'Answer: done as asked',
	partly: 'Answer: done in part',
	refused: 'Answer: not done, with the reason',
} as const;
export type DataRequestAct = keyof typeof DATA_REQUEST_ACTS;

/** The office deals with a request. What is written goes to the member. */
export const dataAnswerForm = z
	.object({
		act: z.preprocess(last, z.enum(Object.keys(DATA_REQUEST_ACTS) as [DataRequestAct, ...DataRequestAct[]], 'Choose what you do')),
		words: text(ANSWER_LIMIT, `Keep it to ${ANSWER_LIMIT} characters`),
		version: z.coerce.number('Open the form again.').int(),
	})
	.refine(({ act, words }) => act === 'acknowledge' || isFilled(words), { path: ['words'], message: 'Write what the member is told' });
export type DataAnswerInput = z.output<typeof dataAnswerForm>;

export const dataExportForm = z.object({ as: z.preprocess(last, z.enum(['json', 'html'], 'Choose one of the two')) });

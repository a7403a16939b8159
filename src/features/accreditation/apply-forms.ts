import { z } from 'zod';
import { isTicked, last, text } from '#core/fields.ts';
import type { Route } from './standards.ts';

export const WORDS_LIMIT = 8000;

const tooLong = `Shorten this to ${WORDS_LIMIT.toLocaleString('en-GB')} characters or fewer.`;
const whole = z.preprocess(last, z.coerce.number().int().catch(-1));
const many = z.preprocess((value) => (value === undefined || value === '' ? [] : [value].flat().map(String)), z.array(z.string().max(200)));

/** The questions before anything else. `go`: `check` looks only, `begin` keeps the answers and begins. */
export function eligibilityForm({ eligibility, concerns }: Pick<Route, 'eligibility' | 'concerns'>) {
	const answer = z.preprocess(last, z.enum(['yes', 'no'], 'Answer this question.'));
	const questions = Object.fromEntries(eligibility.map(({ key }) => [`q-${key}`, answer]));
	const award = z.preprocess(last, z.string().min(1, 'Choose which award it is about.').max(60));
	return z
		.object({ ...questions, ...(concerns.length > 0 && { award }), go: z.preprocess(last, z.enum(['check', 'begin']).catch('check')) })
		.transform(({ go, ...given }) => ({
			go,
			awardId: 'award' in given ? String(given.award) : null,
			answers: Object.fromEntries(eligibility.map(({ key }) => [key, String((given as Record<string, unknown>)[`q-${key}`])])),
		}));
}

/** A section: words, evidence chosen, files just stored, or one file to take away. */
export const ownSectionForm = z.object({
	text: text(WORDS_LIMIT, tooLong),
	chosen: many,
	files: many,
	version: whole,
	remove: z.preprocess((id) => String(last(id) ?? ''), z.string().max(60)),
	goes: z.preprocess(last, z.enum(['next', 'later']).catch('next')),
});

/** A section as it was typed. */
export type OwnSectionInput = z.output<typeof ownSectionForm>;

/** Sends an application, with the declaration agreed to. */
export const submitForm = z.object({
	agree: z.preprocess(isTicked, z.literal(true, 'Tick the box if you can say all of this. If you cannot, write to the office first.')),
	seen: whole,
});

/** Any act that only has to know what was seen. */
export const ownSeenForm = z.object({ seen: whole, sure: z.preprocess(isTicked, z.literal(true, 'Tick the box to say that you are sure.')) });

/** One answer of a round that is kept, or all of them sent. */
export const answersForm = z.object({
	number: z.preprocess(last, z.coerce.number().int().min(0).max(200).catch(0)),
	answer: text(WORDS_LIMIT, tooLong),
	file: many,
	version: whole,
	seen: whole,
});

export type AnswersInput = z.output<typeof answersForm>;

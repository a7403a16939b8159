import { z } from 'zod';
import { last, text } from '#core/fields.ts';
import { dayFrom, seenField } from './check-form.ts';
import { several } from './meeting-forms.ts';
import { type Ground, isGround } from './review-words.ts';

/** What a letter of an applicant can bring. */
export const LETTER_KINDS = ['answers', 'review', 'withdraw'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** `answers`: in the order of what was asked. `receivedOn`: the day on which the letter came. `files`: its scans. */
export type LetterInput = { seen: number; kind: LetterKind; receivedOn: string; words: string; answers: string[]; grounds: Ground[]; files: string[] };

const LIMIT = 8000;
const TOO_LONG = `Shorten this to ${LIMIT.toLocaleString('en-GB')} characters or fewer.`;

/** Typing in a letter. Whether it can bring that as the application stands is the command's to say. @param asked how many questions are open */
export function letterForm(asked: number): z.ZodType<LetterInput> {
	return z.record(z.string(), z.unknown()).transform((typed, check): LetterInput => {
		const tell = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
		const said = (field: string) => {
			const read = text(LIMIT, TOO_LONG).safeParse(typed[field] ?? '');
			if (!read.success) tell(field, TOO_LONG);
			return read.data ?? '';
		};
		const kind = LETTER_KINDS.find((one) => one === last(typed.kind));
		if (kind === undefined) tell('kind', 'Say what the letter brings.');
		const answers = kind === 'answers' ? Array.from({ length: asked }, (_, i) => said(`answer-${i + 1}`)) : [];
		answers.forEach((answer, i) => {
			if (answer === '') tell(`answer-${i + 1}`, 'Type what the letter says to this, or that it says nothing.');
		});
		const grounds = kind === 'review' ? several.parse(typed.grounds).filter(isGround) : [];
		const words = said('words');
		if (kind === 'review' && grounds.length === 0) tell('grounds', 'Choose at least one ground.');
		if (kind === 'review' && words === '') tell('words', 'Type what the letter says.');
		const receivedOn = dayFrom(typed, 'receivedOn', check, 'The day');
		return { seen: seenField.parse(typed.seen), kind: kind ?? 'withdraw', receivedOn, words, answers, grounds, files: several.parse(typed.files) };
	});
}

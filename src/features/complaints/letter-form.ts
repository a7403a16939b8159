import { z } from 'zod';
import { line, text } from '#core/fields.ts';
import { oneOf } from './case-act-parts.ts';

const MOST = 20_000;
const version = z.coerce.number().int().min(0).catch(-1);

/** Which letter is begun: the number of its step and its side. */
export const beginLetterForm = z.object({
	step: z.coerce.number('Choose a letter.').int('Choose a letter.'),
	side: oneOf({ complainant: '', respondent: '' }, 'Choose a letter.'),
});

export const letterForms = {
	change: z.object({
		version,
		title: line(120, 'Use at most 120 characters.').pipe(z.string().min(1, 'Enter what it is about.')),
		body: text(MOST, 'Use at most 20,000 characters.').pipe(z.string().min(1, 'Write the letter.')),
	}),
	approve: z.object({ version }),
	send: z.object({ version, way: oneOf({ message: '', post: '' }, 'Choose how it goes.') }),
	drop: z.object({ version }),
} as const;
export type LetterAct = keyof typeof letterForms;
export type LetterChange = z.output<typeof letterForms.change>;
export type LetterWay = z.output<typeof letterForms.send>['way'];

/** An act by its word in an address, or null. */
export function letterActOf(word: string | undefined): LetterAct | null {
	return word !== undefined && Object.hasOwn(letterForms, word) ? (word as LetterAct) : null;
}

/** Paragraphs as they are typed, an empty line between each; and back. */
export const typedFrom = (paragraphs: readonly string[]): string => paragraphs.join('\n\n');
export const paragraphsIn = (body: string): string[] =>
	body
		.split(/\n{2,}/)
		.map((one) => one.trim())
		.filter((one) => one !== '');

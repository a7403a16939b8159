import { z } from 'zod';
import { cleaned, isFilled, isTelephone, line, text } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';

type Choice = { value: string; label: string; hint?: string };
type Base = { name: string; label: string; hint?: string; needed?: string };
/** One question of a part. `needed`: what is said when it is left empty; without it nobody has to answer. */
export type Question =
	| (Base & { kind: 'line'; most: number; type?: 'email' | 'tel' })
	| (Base & { kind: 'text'; most: number; rows: number })
	| (Base & { kind: 'one'; options: readonly Choice[] })
	| (Base & { kind: 'several'; options: readonly Choice[] });

/** What was answered in a part: what was typed or chosen, by question. */
export type Answers = Record<string, string | string[]>;

/** The form of some questions, made from them: what is shown, what is checked and what is kept are one. */
export function formOf(questions: readonly Question[]): z.ZodObject<Record<string, z.ZodType<string | string[]>>> {
	return z.object(Object.fromEntries(questions.map((q) => [q.name, rules(q)])));
}

/** An answer in words, as it was shown; '' when there is none. */
export function sayAnswer(question: Question, answer: string | string[] | undefined): string {
	if (answer === undefined || answer.length === 0) return '';
	if (!('options' in question)) return String(answer);
	const chosen = [answer].flat();
	return question.options
		.filter(({ value }) => chosen.includes(value))
		.map(({ label }) => label)
		.join('; ');
}

function rules(question: Question): z.ZodType<string | string[]> {
	const { needed } = question;
	if (question.kind === 'several') return several(question);
	const typed = question.kind === 'one' ? one(question) : question.kind === 'line' ? lineOf(question) : text(question.most, tooLong(question.most));
	return needed === undefined ? typed : typed.pipe(z.string().refine(isFilled, needed));
}

function lineOf({ most, type }: Question & { kind: 'line' }): z.ZodType<string> {
	const typed = line(most, tooLong(most)) as z.ZodType<string>;
	if (type === 'email')
		return typed.pipe(z.string().refine((v) => v === '' || isMailAddress(v), 'Write an e-mail address such as name@example.org, or leave it empty.'));
	if (type === 'tel')
		return typed.pipe(z.string().refine((v) => v === '' || isTelephone(v), 'Write a telephone number such as 07700 900000, or leave it empty.'));
	return typed;
}

function one({ options }: Question & { kind: 'one' }): z.ZodType<string> {
	const values = options.map(({ value }) => value);
	return z.preprocess(
		cleaned,
		z.string().refine((v) => v === '' || values.includes(v), 'Choose one of the answers.'),
	);
}

function several({ options }: Question & { kind: 'several' }): z.ZodType<string[]> {
	const values = options.map(({ value }) => value);
	const chosen = (value: unknown) => [value ?? []].flat().filter((v) => typeof v === 'string' && values.includes(v));
	return z.preprocess(chosen, z.array(z.string()).max(values.length));
}

const tooLong = (most: number) => `Use at most ${most.toLocaleString('en-GB')} characters. You can send more afterwards, as a message.`;

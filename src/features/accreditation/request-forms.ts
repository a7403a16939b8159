import { z } from 'zod';
import { isFilled, isTicked, last, line, text } from '#core/fields.ts';
import { isMailAddress } from '#core/mail-address.ts';
import type { RequestKind } from './request-queries.ts';

export const ANSWER_LIMIT = 6000;

/** A question of an answer: words, or one of a few. */
export type AnswerField = { name: string; label: string; hint: string; isOptional: boolean; options?: readonly { value: string; label: string }[] };

const RECOMMEND = [
	{ value: 'yes', label: 'Yes' },
	{ value: 'reservations', label: 'Yes, with the reservations I have written' },
	{ value: 'no', label: 'No' },
];
const words = (name: string, label: string, hint = '', isOptional = false): AnswerField => ({ name, label, hint, isOptional });
const recommend: AnswerField = { ...words('recommend', 'Would you recommend that this person is accredited?'), options: RECOMMEND };

/** What those who are asked are asked, by kind. */
export const ANSWER_FIELDS: Record<RequestKind, readonly AnswerField[]> = {
	reference: [
		words('capacity', 'How do you know this person’s work, and since when?'),
		words('strengths', 'What do they do well?'),
		words('concerns', 'Is there anything that concerns you?', 'Leave it empty if there is nothing.', true),
		recommend,
	],
	supervisor_report: [
		words(
			'supervised',
			'What of their IPT have you supervised, and how?',
			'How many cases and sessions, and whether you heard recordings. Nothing that shows who a client is.',
		),
		words('competence', 'How competent are they in IPT?', 'The phases, the focal areas, the use of time, the relationship.'),
		words('strengths', 'What do they do well?'),
		words('concerns', 'What do they still have to learn, or what concerns you?', 'Leave it empty if there is nothing.', true),
		recommend,
	],
	outside_body: [
		{
			...words('finding', 'What do your records say?'),
			options: [
				{ value: 'confirmed', label: 'We can confirm it' },
				{ value: 'not_confirmed', label: 'We cannot confirm it' },
				{ value: 'no_record', label: 'We have no record of this person' },
			],
		},
		words('words', 'Details', 'Such as dates, a number, a level, anything that limits it.'),
		words('position', 'Your position there'),
	],
};

/** The first question: can you do this at all? */
export const firstForm = z.object({
	can: z.preprocess(last, z.enum(['yes', 'no', 'wrong', 'time'], 'Choose one of the answers.')),
});

/** Everything of an answer's form as it was typed, to be kept. */
export type TypedAnswer = Record<string, string>;

const TOO_LONG = `Shorten this to ${ANSWER_LIMIT.toLocaleString('en-GB')} characters or fewer.`;
const typed = text(ANSWER_LIMIT, TOO_LONG);
const answered = (field: AnswerField) => {
	if (field.options) return z.preprocess(last, z.enum(field.options.map(({ value }) => value) as [string, ...string[]], 'Choose one of the answers.'));
	return field.isOptional ? typed : typed.refine(isFilled, 'Answer this in a few words.');
};
const signing = {
	hasConflict: z.preprocess(last, z.enum(['yes', 'no'], 'Say whether there is anything between you that could sway you.')),
	conflict: typed,
	signedName: line(200, 'Shorten your name.').refine(isFilled, 'Enter your full name: it stands as your signature.'),
	agree: z.preprocess(isTicked, z.literal(true, 'Tick the box to say that the words above are yours.')),
};
const version = z.preprocess(last, z.coerce.number().int().catch(-1));

/** What comes out of the form of an answer: to be kept as it was typed, or to be sent. */
export type AnswerInput = { isKept: true; values: TypedAnswer } | { isKept: false; values: Record<string, unknown> };

/** The form of an answer: checked by its questions, except when it is only kept for later. */
export function answerForm(kind: RequestKind): z.ZodType<AnswerInput> {
	const whole = wholeAnswer(kind);
	return z
		.record(z.string(), z.unknown())
		.superRefine((raw, check) => {
			if (raw.as === 'keep') return;
			for (const { path, message } of whole.safeParse(raw).error?.issues ?? []) check.addIssue({ code: 'custom', path: [...path], message });
		})
		.transform((raw) => (raw.as === 'keep' ? { isKept: true as const, values: typedOf(raw, kind) } : { isKept: false as const, values: whole.parse(raw) }));
}

function wholeAnswer(kind: RequestKind) {
	const fields = Object.fromEntries(ANSWER_FIELDS[kind].map((field) => [field.name, answered(field)]));
	const { signedName, agree } = signing;
	return z.object({ ...fields, ...(kind === 'outside_body' ? { signedName, agree } : signing) }).superRefine((value, check) => {
		const { hasConflict, conflict } = value as { hasConflict?: string; conflict?: string };
		if (hasConflict === 'yes' && conflict === '') check.addIssue({ code: 'custom', path: ['conflict'], message: 'Say in a few words what it is.' });
	});
}

/** Only the fields of the form are kept. */
function typedOf(raw: Record<string, unknown>, kind: RequestKind): TypedAnswer {
	const names = [...ANSWER_FIELDS[kind].map(({ name }) => name), 'hasConflict', 'conflict', 'signedName', 'version'];
	return Object.fromEntries(names.map((name) => [name, String(last(raw[name]) ?? '').slice(0, ANSWER_LIMIT * 2)]));
}

const place = {
	kind: z.preprocess(last, z.enum(['reference', 'supervisor_report'], 'Open the page again.')),
	place: z.preprocess(last, z.coerce.number().int().min(1).max(3)),
};
const email = line(254, 'Shorten the address.').refine(isMailAddress, 'Enter an address in the right form, like name@example.org.');

/** What the page of those one asks can send: a new name, or an act on one that is there. */
export const nameForm = z
	.object({
		...place,
		who: z.preprocess((value) => String(last(value) ?? ''), z.string().max(60)),
		name: line(200, 'Shorten the name.'),
		email: line(254, 'Shorten the address.'),
		about: line(500, 'Shorten this to 500 characters or fewer.'),
		when: z.preprocess(last, z.enum(['now', 'later']).catch('later')),
	})
	.superRefine(({ who, name, email: address, kind, about }, check) => {
		const issue = (path: string, message: string) => check.addIssue({ code: 'custom', path: [path], message });
		if (who !== '' && who !== 'other') return;
		if (name === '') issue('name', 'Enter the name.');
		if (!isMailAddress(address)) issue('email', 'Enter an address in the right form, like name@example.org.');
		if (kind === 'reference' && about === '') issue('about', 'Say in a few words how they know your work.');
	})
	.transform(({ who, when, ...rest }) => ({ ...rest, relationId: who === 'other' ? '' : who, isNow: when === 'now' }));

export const correctForm = z.object({ ...place, version, email });
/** An act on one who is named: to ask them, to take the name back, to put a wrong address right. */
export const placeActForm = z
	.object({ ...place, version, act: z.preprocess(last, z.enum(['ask', 'drop', 'correct'])), email: line(254, 'Shorten the address.') })
	.superRefine((input, check) => {
		if (input.act === 'correct' && !isMailAddress(input.email))
			check.addIssue({ code: 'custom', path: ['email'], message: 'Enter an address in the right form, like name@example.org.' });
	});

import { z } from 'zod';
import { addMonths } from '#core/dates.ts';
import { isFilled, isTelephone, line, text } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import type { Grade } from './facts.ts';
import { GRADE_NAMES } from './grades.ts';
import type { Declaration } from './rules.ts';

/** The steps of an application, in their order. */
export const STEPS = ['grade', 'about', 'profession', 'declarations'] as const;
export type Step = (typeof STEPS)[number];

/** What was typed into one step, by field. */
export type Typed = Record<string, string>;
export type Answers = Partial<Record<Step, Typed>>;

export const STEP_TITLES: Record<Step, string> = {
	grade: 'Your grade',
	about: 'About you',
	profession: 'Your profession',
	declarations: 'Your declarations',
};

const OLDEST_YEARS = 110;
const YOUNGEST_YEARS = 16;
export const WHY_LIMIT = 2000;

const gradeForm = z.object({ category: z.enum(GRADE_NAMES, 'Choose a grade.') });

const bornIn = (typed: Record<string, unknown>) => {
	const box = (part: string) => String(typed[`born-${part}`] ?? '');
	return readDayBoxes({ day: box('day'), month: box('month'), year: box('year') });
};

/** What is wrong with a date of birth, or null. */
function wrongBirth(typed: Record<string, unknown>, today: string): string | null {
	const read = bornIn(typed);
	if ('why' in read) return `Your date of birth ${read.why}.`;
	if (read.day > today) return 'Your date of birth is in the future. Check the year.';
	const isLikely = read.day <= addMonths(today, -12 * YOUNGEST_YEARS) && read.day >= addMonths(today, -12 * OLDEST_YEARS);
	return isLikely ? null : 'Check the year of your date of birth.';
}

const aboutForm = (today: string) =>
	z
		.object({
			title: line(20, 'Shorten the title to 20 characters or fewer.'),
			givenNames: line(200, 'Shorten the first names.').refine(isFilled, 'Enter your first names.'),
			familyName: line(200, 'Shorten the family name.').refine(isFilled, 'Enter your family name.'),
			phone: line(40, 'Enter the telephone number only.').refine((v) => v === '' || isTelephone(v), 'Enter a telephone number, like 01632 960 001.'),
			'born-day': line(4, 'Enter the day as a number.'),
			'born-month': line(12, 'Enter the month as a number or a name.'),
			'born-year': line(6, 'Enter the year as four digits.'),
		})
		.superRefine(
			(typed, check) => {
				const message = wrongBirth(typed, today);
				if (message) check.addIssue({ code: 'custom', path: ['born'], message });
			},
			// Beside other mistakes too: nobody should mend one only to meet the next.
			{ when: () => true },
		)
		.transform(({ title, givenNames, familyName, phone, ...typed }) => {
			const read = bornIn(typed);
			return { title, givenNames, familyName, phone, bornOn: 'day' in read ? read.day : '' };
		});

const professionForm = z.object({
	body: line(60, 'Shorten the name of the body.').refine(isFilled, 'Choose the body that you are registered with.'),
	otherBody: line(60, 'Shorten the name of the body.'),
	reference: line(40, 'Enter the number only.').refine(isFilled, 'Enter your number with that body. It stands on your certificate.'),
});

const coreForm = professionForm.transform(({ body, otherBody, reference }, check) => {
	if (body === 'other' && otherBody === '') return wrong(check, 'otherBody', 'Enter the name of the body.');
	return { body: body === 'other' ? otherBody : body, reference, employer: null };
});

const employerForm = z
	.object({ employer: line(200, 'Shorten the name of the employer.').refine(isFilled, 'Enter the NHS organisation or charity that employs you.') })
	.transform(({ employer }) => ({ body: null, reference: null, employer }));

const declarationsForm = (declarations: readonly Declaration[]) =>
	z.record(z.string(), z.unknown()).transform((typed, check) => {
		const said = declarations.map((declaration) => answerTo(declaration, typed, check));
		return said.some((s) => s === null) ? z.NEVER : (said as DeclarationAnswer[]);
	});

/** How one declaration was answered. `why`: what the applicant wrote where they could not agree. */
export type DeclarationAnswer = { key: string; title: string; text: string; agreed: boolean; why: string };

function answerTo({ key, title, text: words, explain }: Declaration, typed: Record<string, unknown>, check: z.RefinementCtx): DeclarationAnswer | null {
	const answer = typed[key] === 'yes' ? 'yes' : typed[key] === 'no' && explain !== null ? 'no' : null;
	const why = text(WHY_LIMIT, '').safeParse(typed[`${key}-why`] ?? '');
	if (answer === null)
		return miss(check, key, explain === null ? `Tick the box if you agree: ${title.toLowerCase()}.` : `Choose an answer: ${title.toLowerCase()}.`);
	if (!why.success) return miss(check, `${key}-why`, `Shorten what you wrote to ${WHY_LIMIT.toLocaleString('en-GB')} characters or fewer.`);
	if (answer === 'no' && why.data === '') return miss(check, `${key}-why`, `Tell us more: ${title.toLowerCase()}.`);
	return { key, title, text: words, agreed: answer === 'yes', why: answer === 'no' ? why.data : '' };
}

export type AboutInput = z.output<ReturnType<typeof aboutForm>>;
export type ProfessionInput = { body: string; reference: string; employer: null } | { body: null; reference: null; employer: string };
export type FullAnswers = { category: Grade; about: AboutInput; profession: ProfessionInput; declarations: DeclarationAnswer[] };

type Ground = { today: string; answers: Answers; declarations: readonly Declaration[] };

/** The rules of one step, given what was answered before. */
export function stepForm(step: Step, { today, answers, declarations }: Ground): z.ZodType {
	if (step === 'grade') return gradeForm;
	if (step === 'about') return aboutForm(today);
	if (step === 'declarations') return declarationsForm(declarations);
	return answers.grade?.category === 'organisation' ? employerForm : coreForm;
}

/** The whole application when every step is complete, else the first step that is not. */
export function readAnswers(ground: Ground): { complete: FullAnswers } | { missing: Step } {
	const parsed: Partial<Record<Step, unknown>> = {};
	for (const step of STEPS) {
		const result = stepForm(step, ground).safeParse(ground.answers[step] ?? {});
		if (!result.success) return { missing: step };
		parsed[step] = result.data;
	}
	const { grade, ...rest } = parsed as { grade: { category: Grade } } & Omit<FullAnswers, 'category'>;
	return { complete: { category: grade.category, ...rest } };
}

/** Which steps are complete. */
export function completeSteps(ground: Ground): Step[] {
	return STEPS.filter((step) => ground.answers[step] !== undefined && stepForm(step, ground).safeParse(ground.answers[step]).success);
}

function wrong(check: z.RefinementCtx, field: string, message: string): never {
	check.addIssue({ code: 'custom', path: [field], message });
	return z.NEVER;
}

function miss(check: z.RefinementCtx, field: string, message: string): null {
	check.addIssue({ code: 'custom', path: [field], message });
	return null;
}

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { formOf, type Question } from './draft-fields.ts';

const one = (name: string, label: string, ...values: [string, string][]): Question => ({
	kind: 'one',
	name,
	label,
	options: [...values, ['rather_not', 'I would rather not say'] as const].map(([value, text]) => ({ value, label: text })),
});

/** Questions apart from any case. Closed answers only: a word of one's own could lead back to somebody. */
export const EQUALITY_QUESTIONS: readonly Question[] = [
	one('age', 'How old are you?', ['under_25', 'Under 25'], ['25_44', '25 to 44'], ['45_64', '45 to 64'], ['65_over', '65 or over']),
	one('sex', 'What is your sex?', ['female', 'Female'], ['male', 'Male']),
	one('gender', 'Is your gender the same as the sex you were registered with at birth?', ['yes', 'Yes'], ['no', 'No']),
	one('disability', 'Do you have a disability or a long-term condition?', ['yes', 'Yes'], ['no', 'No']),
	one(
		'ethnicity',
		'What is your ethnic group?',
		['asian', 'Asian or Asian British'],
		['black', 'Black, Black British, Caribbean or African'],
		['mixed', 'Mixed or multiple ethnic groups'],
		['white', 'White'],
		['other', 'Another ethnic group'],
	),
	one(
		'orientation',
		'Which describes you best?',
		['heterosexual', 'Heterosexual or straight'],
		['gay_lesbian', 'Gay or lesbian'],
		['bi', 'Bisexual'],
		['other', 'Another'],
	),
	one(
		'religion',
		'Do you have a religion or belief?',
		['none', 'None'],
		['christian', 'Christian'],
		['muslim', 'Muslim'],
		['hindu', 'Hindu'],
		['jewish', 'Jewish'],
		['sikh', 'Sikh'],
		['buddhist', 'Buddhist'],
		['other', 'Another'],
	),
];

export const equalityForm: z.ZodType<Record<string, string | string[]>> = formOf(EQUALITY_QUESTIONS);

/** Keeps the answers with the month only: nothing leads from them to a case, a person or a moment. Authorises: anyone. */
export function answerEquality(ctx: Ctx, answers: Record<string, string | string[]>): void {
	const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''));
	if (Object.keys(given).length === 0) return;
	const text = "INSERT INTO concern_equality (id, month, side, answers) VALUES (?, ?, 'complainant', ?)";
	// No event and no key made of the moment: those would lead to the concern that was sent a minute before.
	bookkeep(ctx.db, () => prepared(ctx.db.sql, text).run(randomUUID(), ctx.today.slice(0, 7), JSON.stringify(given)));
}

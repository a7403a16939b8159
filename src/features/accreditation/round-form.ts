import { z } from 'zod';
import { text } from '#core/fields.ts';
import { seenField } from './check-form.ts';
import type { Reason, Route } from './standards.ts';

const LIMIT = 4000;
const TOO_LONG = `Shorten this to ${LIMIT.toLocaleString('en-GB')} characters or fewer.`;
/** How many things one round can ask for. */
export const MOST_ITEMS = 12;

export type NewItem = { section: string; criterion: string | null; reason: string; question: string };
export type RoundInput = { seen: number; items: NewItem[] };

/** Where something is wanted, as one value: `section` or `section.criterion`. */
export function placesOf(route: Route): { value: string; label: string }[] {
	return route.sections.flatMap(({ key, title, criteria }) => [
		{ value: key, label: title },
		...criteria.map((one) => ({ value: `${key}.${one.key}`, label: `${title}: ${one.text}` })),
	]);
}

/** What the applicant is asked for, in rows of place, reason and question; a row without a question does not count. */
export function roundForm(route: Route, reasons: readonly Reason[]): z.ZodType<RoundInput> {
	const places = placesOf(route).map(({ value }) => value);
	const fixable = reasons.filter(({ kind }) => kind === 'fixable').map(({ key }) => key);
	return z.record(z.string(), z.unknown()).transform((typed, check): RoundInput => {
		const rows = Array.from({ length: MOST_ITEMS }, (_, i) => rowTyped(typed, i, { places, fixable, check }));
		const items = rows.filter((row) => row !== null);
		if (items.length === 0) check.addIssue({ code: 'custom', path: ['question-0'], message: 'Write at least one question.' });
		return { seen: seenField.parse(typed.seen), items };
	});
}

type Known = { places: readonly string[]; fixable: readonly string[]; check: z.RefinementCtx };

function rowTyped(typed: Record<string, unknown>, i: number, { places, fixable, check }: Known): NewItem | null {
	const question = text(LIMIT, TOO_LONG).safeParse(typed[`question-${i}`] ?? '');
	if (!question.success) check.addIssue({ code: 'custom', path: [`question-${i}`], message: TOO_LONG });
	if (!question.success || question.data === '') return null;
	const place = String(typed[`place-${i}`] ?? '');
	const reason = String(typed[`reason-${i}`] ?? '');
	if (!places.includes(place)) check.addIssue({ code: 'custom', path: [`place-${i}`], message: 'Choose what the question is about.' });
	if (!fixable.includes(reason)) check.addIssue({ code: 'custom', path: [`reason-${i}`], message: 'Choose what can be mended.' });
	const [section = '', criterion] = place.split('.');
	return { section, criterion: criterion ?? null, reason, question: question.data };
}

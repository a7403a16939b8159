import { z } from 'zod';
import { text } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import type { Route } from './standards.ts';

const WORDS_LIMIT = 4000;
const TOO_LONG = `Shorten this to ${WORDS_LIMIT.toLocaleString('en-GB')} characters or fewer.`;

export const seenField = z.coerce.number().int().min(0).catch(-1);

/** Three boxes of a date that is still to come. */
export function dayFrom(typed: Record<string, unknown>, name: string, check: z.RefinementCtx, what: string): string {
	const box = (part: string) => String(typed[`${name}-${part}`] ?? '');
	const read = readDayBoxes({ day: box('day'), month: box('month'), year: box('year') });
	if ('day' in read) return read.day;
	check.addIssue({ code: 'custom', path: [name], message: `${what} ${read.why}.` });
	return '';
}

/** A step of an officer that needs no more than a word. */
export const officerActForm = z.object({ seen: seenField, words: text(WORDS_LIMIT, TOO_LONG) });

export type ReturnInput = { seen: number; items: { section: string; words: string }[]; dueOn: string };

/** What is missing: a box for each part of the route, at least one of them filled, and a day. */
export function returnForm(route: Route): z.ZodType<ReturnInput> {
	const words = text(WORDS_LIMIT, TOO_LONG);
	return z.record(z.string(), z.unknown()).transform((typed, check): ReturnInput => {
		const items = route.sections.flatMap(({ key }) => {
			const read = words.safeParse(typed[`words-${key}`] ?? '');
			if (!read.success) check.addIssue({ code: 'custom', path: [`words-${key}`], message: TOO_LONG });
			return read.success && read.data !== '' ? [{ section: key, words: read.data }] : [];
		});
		if (items.length === 0) check.addIssue({ code: 'custom', path: [`words-${route.sections[0]?.key}`], message: 'Say of at least one part what is missing.' });
		return { seen: seenField.parse(typed.seen), items, dueOn: dayFrom(typed, 'dueOn', check, 'The day') };
	});
}

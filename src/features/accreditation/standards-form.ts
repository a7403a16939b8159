import { z } from 'zod';
import { line } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import { FIGURES, type Standards, standardsSchema } from './standards.ts';
import { keptKey, type Raw, rowField, rowsIn, type Told, textIn, tickedIn, wholeIn, wordsIn } from './standards-rows.ts';

/** A whole set as it is after one form, and the version of the draft that the form was made from. */
export type StandardsInput = { standards: Standards; version: number };
type Limits = Standards['limits'];
type LimitKey = keyof Limits;

const LIMIT_KEYS = FIGURES.filter((figure): figure is LimitKey => !['blindPercent', 'committee', 'reasons'].includes(figure));
const LISTS: Partial<Record<LimitKey, number>> = { draftReminderDays: 0, roundReminderDays: 0, requestReminderDays: 0, roundDays: 3 };
const MOST_DAYS = 3660;

/** A form over one part of a set: reads what was typed, says what cannot be taken, and gives back the whole set with that part changed. */
export function partForm(change: (raw: Raw, told: Told[]) => Standards) {
	return z.record(z.string(), z.unknown()).transform((raw, check): StandardsInput => {
		const told: Told[] = [];
		const read = standardsSchema.safeParse(change(raw, told));
		if (!read.success && told.length === 0) told.push({ field: '', message: 'Something here does not fit a standard. Look through it once more.' });
		for (const { field, message } of told) check.addIssue({ code: 'custom', path: [field], message });
		return told.length > 0 || !read.success ? z.NEVER : { standards: read.data, version: Number(textIn(raw, 'version')) || 0 };
	});
}

/** What holds for all routes: declaration, time limits, the committee, where each figure comes from. */
export function generalForm(standards: Standards) {
	return partForm((raw, told) => ({
		...standards,
		note: wordsIn(raw, 'note', { told, most: 2000, missing: 'Say in a sentence what these standards rest on.' }),
		declaration: wordsIn(raw, 'declaration', { told, most: 2000, missing: 'Write what every applicant declares.' }),
		blindPercent: wholeIn(raw, 'blindPercent', { told, least: 0, most: 100 }),
		limits: Object.fromEntries(LIMIT_KEYS.map((key) => [key, limitIn(raw, key, told)])) as Limits,
		committee: {
			quorum: wholeIn(raw, 'quorum', { told, least: 2, most: 20 }),
			layAtLeast: wholeIn(raw, 'layAtLeast', { told, least: 0, most: 5 }),
			reviewQuorum: wholeIn(raw, 'reviewQuorum', { told, least: 2, most: 20 }),
		},
		figures: FIGURES.map((figure) => ({
			figure,
			source: wordsIn(raw, `source-${figure}`, { told, most: 400, missing: null }),
			isConfirmed: tickedIn(raw, `confirmed-${figure}`),
		})),
	}));
}

/** The fields of that form as they stand for a set. */
export function generalTyped({ note, declaration, blindPercent, limits, committee, figures }: Standards): Record<string, string> {
	const origins = figures.flatMap(({ figure, source, isConfirmed }) => [
		[`source-${figure}`, source],
		[`confirmed-${figure}`, isConfirmed ? 'yes' : ''],
	]);
	const numbers = Object.entries({ ...limits, ...committee, blindPercent }).map(([key, value]) => [key, [value].flat().join(', ')]);
	return { note, declaration, ...Object.fromEntries([...numbers, ...origins]) };
}

function limitIn(raw: Raw, key: LimitKey, told: Told[]): number | number[] {
	const [least, most] = [key.endsWith('Months') ? 1 : 0, key === 'draftMonths' ? 24 : key === 'conditionMostMonths' ? 36 : MOST_DAYS];
	const count = LISTS[key];
	if (count === undefined) return wholeIn(raw, key, { told, least, most });
	const parts = textIn(raw, key)
		.split(/[\s,;]+/)
		.filter(Boolean);
	const isList = parts.length <= 10 && parts.every((part) => /^\d{1,4}$/.test(part)) && (count === 0 || parts.length === count);
	if (!isList)
		told.push({ field: key, message: count === 0 ? 'Enter numbers of days, such as 28, 14, 3.' : `Enter ${count} numbers of days, such as 42, 21, 21.` });
	return isList ? parts.map(Number) : [];
}

const REASON = { main: 'text', fields: ['text', 'kind', 'again'] } as const;

/** The coded reasons. A row that is emptied goes; a button beside a row moves it. */
export function reasonsForm(standards: Standards) {
	return partForm((raw, told) => {
		const reasons: Standards['reasons'] = [];
		for (const row of rowsIn(raw, 'reasons', REASON)) {
			const again = rowField('reasons', row.index, 'again');
			const kind = row.values.kind === 'declining' ? 'declining' : 'fixable';
			const text = wordsIn(raw, rowField('reasons', row.index, 'text'), { told, most: 2000, missing: null });
			const againAfterMonths = textIn(raw, again) === '' ? 0 : wholeIn(raw, again, { told, least: 0, most: 120 });
			if (kind === 'fixable' && againAfterMonths > 0)
				told.push({ field: again, message: 'What can be mended keeps nobody from applying: leave the months empty.' });
			const taken = reasons.map((reason) => reason.key);
			reasons.push({ key: keptKey(row, text, taken), text, kind, againAfterMonths });
		}
		if (reasons.length === 0) told.push({ field: rowField('reasons', 0, 'text'), message: 'Keep at least one reason.' });
		return { ...standards, reasons };
	});
}

export function reasonsTyped({ reasons }: Standards): Record<string, string> {
	return Object.fromEntries(
		reasons.flatMap(({ key, text, kind, againAfterMonths }, i) => [
			...Object.entries({ key, text, kind, again: againAfterMonths === 0 ? '' : String(againAfterMonths) }).map(([field, value]) => [
				rowField('reasons', i, field),
				value,
			]),
		]),
	);
}

/** Publishing: the first day, and why. */
export const publishStandardsForm = z.preprocess(
	(raw) => {
		const sent = raw as Raw;
		return { ...sent, from: readDayBoxes({ day: textIn(sent, 'from-day'), month: textIn(sent, 'from-month'), year: textIn(sent, 'from-year') }) };
	},
	z.object({
		from: z.custom<ReturnType<typeof readDayBoxes>>().transform((read, check) => {
			if ('day' in read) return read.day;
			check.addIssue({ code: 'custom', message: `The first day ${read.why}.` });
			return z.NEVER;
		}),
		reason: line(300, 'Shorten the reason to 300 characters or fewer.').refine((text) => text !== '', 'Say why, such as the minute of a meeting.'),
		version: z.coerce.number().catch(0),
	}),
);

/** The name of a set: short, without spaces; `drafts` is part of an address. */
export const standardsName = line(40, 'Shorten the name to 40 characters.').refine(
	(text) => /^[\w.-]+$/.test(text) && text !== 'drafts',
	'Give the set a short name without spaces, such as 2027-1.',
);

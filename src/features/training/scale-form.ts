import { z } from 'zod';
import { cleaned, isFilled, isTicked, line, text } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import { filledLine, version } from './form-fields.ts';
import type { RatingScale } from './rules.ts';

/** A scale without the name of its version. */
export type ScaleContent = Omit<RatingScale, 'version'>;
/** `version`: of the draft that the form was made from. */
export type ScaleInput = { scale: ScaleContent; version: number };

/** How many items a scale has at most. */
export const MOST_ITEMS = 20;
const SHORTEN = 'Shorten the item to 200 characters.';

type Raw = Record<string, unknown>;
type Tell = (field: string, message: string) => void;

const mark = z.preprocess((typed) => (/^\d{1,2}$/.test(cleaned(typed).trim()) ? Number(cleaned(typed).trim()) : Number.NaN), z.int('Enter a whole number.'));
/** `3.5` in tenths. */
const tenths = z.preprocess(
	(typed) => (/^\d{1,2}(\.\d)?$/.test(cleaned(typed).trim()) ? Math.round(Number(cleaned(typed).trim()) * 10) : Number.NaN),
	z.int('Enter an average such as 3.0 or 3.5.'),
);

/** What a draft says: its range, its pass mark, its items. A row that is emptied goes; places may be given anew. */
export const scaleForm = z
	.looseObject({
		name: filledLine(100, 'Shorten the name to 100 characters.', 'Name the scale, as supervisors know it.'),
		source: text(400, 'Shorten this to 400 characters.').refine(isFilled, 'Say where the scale comes from.'),
		from: mark.pipe(z.int().min(0, 'Enter 0 or more.').max(9, 'Enter 9 or less.')),
		to: mark.pipe(z.int().min(1, 'Enter 1 or more.').max(10, 'Enter 10 or less.')),
		pass: tenths,
		isConfirmed: z.preprocess(isTicked, z.boolean()),
		version,
	})
	.transform((f, check): ScaleInput => {
		const tell: Tell = (field, message) => check.addIssue({ code: 'custom', path: [field], message });
		if (f.to <= f.from) tell('to', 'The highest score has to be above the lowest.');
		if (f.pass < f.from * 10 || f.pass > f.to * 10) tell('pass', 'The pass mark has to be within the range.');
		const items = itemsIn(f, tell);
		const scale = { name: f.name, source: f.source, from: f.from, to: f.to, passTenths: f.pass, isDefault: !f.isConfirmed, items };
		return { scale, version: f.version };
	});

/** The fields of that form as they stand for a scale. */
export function scaleTyped({ name, source, from, to, passTenths, isDefault, items }: ScaleContent): Record<string, string> {
	const rows = items.flatMap(({ key, label }, i) => [
		[`item-${i}`, label],
		[`key-${i}`, key],
		[`place-${i}`, String(i + 1)],
	]);
	const plain = { name, source, from: String(from), to: String(to), pass: (passTenths / 10).toFixed(1), isConfirmed: isDefault ? '' : 'yes' };
	return { ...plain, ...Object.fromEntries(rows) };
}

/** Items keep their key, so that what was scored on one version can be set beside another. */
function itemsIn(raw: Raw, tell: Tell): ScaleContent['items'] {
	const rows: { key: string; label: string; place: number }[] = [];
	for (let i = 0; i < MOST_ITEMS; i += 1) {
		const label = line(200, SHORTEN).safeParse(raw[`item-${i}`] ?? '');
		if (!label.success) tell(`item-${i}`, SHORTEN);
		else if (label.data !== '' && rows.some((row) => row.label === label.data)) tell(`item-${i}`, 'This item stands there twice.');
		else if (label.data !== '') rows.push({ key: keyOf(raw[`key-${i}`], label.data, rows), label: label.data, place: placeOf(raw[`place-${i}`], i) });
	}
	if (rows.length === 0) tell('item-0', 'A scale has at least one item.');
	return rows.sort((a, b) => a.place - b.place).map(({ key, label }) => ({ key, label }));
}

/** An item without a place of its own comes where it was typed. */
function placeOf(typed: unknown, index: number): number {
	const place = cleaned(typed).trim();
	return /^\d{1,2}$/.test(place) ? Number(place) : index + 1;
}

function keyOf(sent: unknown, label: string, rows: readonly { key: string }[]): string {
	const isTaken = (key: string) => rows.some((row) => row.key === key);
	const kept = cleaned(sent);
	if (/^[a-z0-9_]{1,40}$/.test(kept) && !isTaken(kept)) return kept;
	const words = label.toLowerCase().normalize('NFKD');
	const base =
		words
			.replace(/[^a-z0-9]+/g, '_')
			.replace(/^_+|_+$/g, '')
			.slice(0, 30) || 'item';
	let key = base;
	for (let no = 2; isTaken(key); no += 1) key = `${base}_${no}`;
	return key;
}

/** The name of a version. */
export const scaleName = line(40, 'Shorten the name to 40 characters.').refine(
	(typed) => /^[\w.-]+$/.test(typed),
	'Give the version a short name without spaces, such as 2027-1.',
);

/** Publishing: the first day, and why. */
export const publishScaleForm = z.preprocess(
	(raw) => {
		const box = (field: string) => cleaned((raw as Raw)[field]).trim();
		return { ...(raw as Raw), from: readDayBoxes({ day: box('from-day'), month: box('from-month'), year: box('from-year') }) };
	},
	z.object({
		from: z.custom<ReturnType<typeof readDayBoxes>>().transform((read, check) => {
			if ('day' in read) return read.day;
			check.addIssue({ code: 'custom', message: `The first day ${read.why}.` });
			return z.NEVER;
		}),
		reason: filledLine(300, 'Shorten the reason to 300 characters.', 'Say why, such as the minute of a meeting.'),
		version,
	}),
);

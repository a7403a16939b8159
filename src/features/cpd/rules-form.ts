import { z } from 'zod';
import { cleaned, isTicked, last, line } from '#core/fields.ts';
import { readDayBoxes } from '#core/read-day.ts';
import { hoursOf, readDuration } from '#core/read-duration.ts';
import { CPD_CATEGORIES } from './kinds.ts';
import { type CpdRules, cpdRulesSchema, GROUPS, RULE_KEYS, RULES, type RuleKey } from './rules.ts';

/** Publishing: the first day, and why. */
export const publishForm = z.preprocess(
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

type Raw = Record<string, unknown>;
type Told = { field: string; message: string };

/** More than anyone could be asked for in three years. */
const MOST_MINUTES = 90_000;
const MOST_COUNT = 500;

export type RulesInput = { name: string; rules: CpdRules; version: number };

/** The name of the field of one figure. */
export const fieldOf = (group: string, key: string) => `${group}-${key}`;
export const capFieldOf = (category: string) => `cap-${category}`;

/** The form over all figures: hours as people write them, counts as numbers; an empty figure asks for nothing, an empty cap is none. */
export const rulesForm = z.record(z.string(), z.unknown()).transform((raw, check): RulesInput => {
	const told: Told[] = [];
	const rules = {
		period: readPeriod(raw, told),
		rounding: wholeOf(raw, 'rounding', { least: 1, most: 120, told }),
		leaveFromDays: wholeOf(raw, 'leaveFromDays', { least: 1, most: 366, told }),
		onlyConfirmedSupervision: isTicked(raw.onlyConfirmedSupervision),
		groups: Object.fromEntries(
			GROUPS.map((group) => [group, Object.fromEntries(RULE_KEYS.map((key) => [key, figureIn(raw, fieldOf(group, key), { key, told })]))]),
		),
		caps: Object.fromEntries(
			CPD_CATEGORIES.filter((category) => textIn(raw, capFieldOf(category)) !== '').map((category) => [
				category,
				figureIn(raw, capFieldOf(category), { key: 'minutes', told }),
			]),
		),
	};
	const name = textIn(raw, 'name');
	if (!/^[\w.-]{1,40}$/.test(name)) told.push({ field: 'name', message: 'Give the version a short name without spaces, such as 2027-1.' });
	for (const { field, message } of told) check.addIssue({ code: 'custom', path: [field], message });
	return told.length > 0 ? z.NEVER : { name, rules: cpdRulesSchema.parse(rules), version: Number(last(raw.version)) || 0 };
});

/** The fields as they stand for some rules. */
export function rulesTyped(name: string, rules: CpdRules): Record<string, string> {
	const [year = '', month = '', day = ''] = rules.period.anchorOn.split('-');
	const figures = GROUPS.flatMap((group) => RULE_KEYS.map((key) => [fieldOf(group, key), typedFigure(key, rules.groups[group][key])]));
	const caps = CPD_CATEGORIES.map((category) => [capFieldOf(category), rules.caps[category] === undefined ? '' : typedFigure('minutes', rules.caps[category])]);
	return {
		name,
		starts: rules.period.starts,
		'anchor-day': day,
		'anchor-month': month,
		'anchor-year': year,
		months: String(rules.period.months),
		rounding: String(rules.rounding),
		leaveFromDays: String(rules.leaveFromDays),
		onlyConfirmedSupervision: rules.onlyConfirmedSupervision ? 'yes' : '',
		...Object.fromEntries([...figures, ...caps]),
	};
}

function readPeriod(raw: Raw, told: Told[]): CpdRules['period'] {
	const anchor = readDayBoxes({ day: textIn(raw, 'anchor-day'), month: textIn(raw, 'anchor-month'), year: textIn(raw, 'anchor-year') });
	if (!('day' in anchor)) told.push({ field: 'anchor', message: `The day on which years begin ${anchor.why}.` });
	const months = Number(textIn(raw, 'months'));
	if (months !== 12 && months !== 24 && months !== 36) told.push({ field: 'months', message: 'Choose one, two or three years.' });
	const starts = last(raw.starts) === 'membership' ? 'membership' : 'fixed';
	return { starts, anchorOn: 'day' in anchor ? anchor.day : '2026-04-01', months: months as 12 };
}

function figureIn(raw: Raw, field: string, { key, told }: { key: RuleKey; told: Told[] }): number {
	const typed = textIn(raw, field);
	if (typed === '' || /^0+$/.test(typed)) return 0;
	if (RULES[key].unit !== 'minutes') return wholeOf(raw, field, { least: 0, most: MOST_COUNT, told });
	const read = readDuration(typed, MOST_MINUTES);
	if ('minutes' in read) return read.minutes;
	told.push({ field, message: read.why });
	return 0;
}

function wholeOf(raw: Raw, field: string, { least, most, told }: { least: number; most: number; told: Told[] }): number {
	const typed = textIn(raw, field);
	const number = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN;
	if (number >= least && number <= most) return number;
	told.push({ field, message: `Enter a whole number from ${least} to ${most}.` });
	return least;
}

function typedFigure(key: RuleKey, figure: number): string {
	if (RULES[key].unit !== 'minutes') return String(figure);
	return figure % 15 === 0 ? hoursOf(figure).replace(/,/g, '') : `${figure} min`;
}

function textIn(raw: Raw, field: string): string {
	return cleaned(raw[field]).trim();
}

import { isDay } from './dates.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\\.?';
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const DAY_FIRST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: 00:00(?::00)?)?$/;
const DAY_MONTH_NAME = new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?[ -]+${MONTH},?[ -]+(\\d{4}|\\d{2})$`, 'i');
const MONTH_NAME_DAY = new RegExp(`^${MONTH} +(\\d{1,2})(?:st|nd|rd|th)?,? +(\\d{4})$`, 'i');

/** A day inside a longer text. */
export const DAY_IN_TEXT = new RegExp(
	`\\d{4}-\\d{1,2}-\\d{1,2}|\\d{1,2}[/.]\\d{1,2}[/.](?:\\d{4}|\\d{2})(?!\\d)|\\d{1,2}(?:st|nd|rd|th)? +${MONTH} +\\d{4}`,
	'gi',
);

/** A day as people and spreadsheets write it, day before month; or why it is none. */
export function readDay(text: string): { day: string } | { why: string } {
	const parts = partsOf(text);
	if (!parts)
		return {
			why: /^\d{5}(\.\d+)?$/.test(text)
				? 'is a spreadsheet’s own day number: format the column as a date and save again'
				: 'is not a date such as 2024-03-31, 31/03/2024 or 31 March 2024',
		};
	const [year, month, date] = parts;
	const day = `${year}-${pad(month)}-${pad(date)}`;
	if (isDay(day)) return { day };
	return { why: month > 12 && date <= 12 ? 'has no such month: write the day before the month' : 'is not a day in the calendar (years 1900 to 2199)' };
}

/** The three boxes of a date field; the month may be a number or a name. */
export type DayBoxes = { day: string; month: string; year: string };

/** A day typed into three boxes, or why it is none and which boxes are wrong. A year of two digits is read as in a spreadsheet. */
export function readDayBoxes(boxes: DayBoxes): { day: string } | { why: string; wrong: (keyof DayBoxes)[] } {
	const typed = { day: boxes.day.trim(), month: boxes.month.trim(), year: boxes.year.trim() };
	const empty = (['day', 'month', 'year'] as const).filter((part) => typed[part] === '');
	if (empty.length > 0) return { why: `lacks the ${empty.join(' and the ')}`, wrong: empty };
	const separator = /^\d+$/.test(typed.month) ? '/' : ' ';
	const read = readDay([typed.day, typed.month, typed.year].join(separator));
	return 'day' in read ? read : { ...read, wrong: ['day', 'month', 'year'] };
}

function partsOf(text: string): [number, number, number] | null {
	const year = YEAR_FIRST.exec(text);
	if (year) return [Number(year[1]), Number(year[2]), Number(year[3])];
	const day = DAY_FIRST.exec(text);
	if (day) return [fullYear(day[3]), Number(day[2]), Number(day[1])];
	const named = DAY_MONTH_NAME.exec(text);
	if (named) return [fullYear(named[3]), monthOf(named[2]), Number(named[1])];
	const american = MONTH_NAME_DAY.exec(text);
	return american ? [Number(american[3]), monthOf(american[1]), Number(american[2])] : null;
}

/** Two digits: nobody's award or membership is older than 1950. */
function fullYear(text = ''): number {
	const year = Number(text);
	if (text.length === 4) return year;
	return year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(name = ''): number {
	return MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

function pad(n: number): string {
	return String(n).padStart(2, '0');
}

import { countOf } from './text.ts';

/** The longest that anyone does one thing on one day. */
export const DAY_MINUTES = 24 * 60;

export type ReadDuration = { minutes: number } | { why: string };

const HOW = 'Write hours such as 2.5, or 2h 30m, or 90 min.';
const FRACTIONS: Record<string, string> = { '½': '1/2', '¼': '1/4', '¾': '3/4', '⅓': '1/3', '⅔': '2/3' };
const HOURS = '(?:hours?|hrs?|h)';
const MINUTES = '(?:minutes?|mins?|m)';
const DECIMAL = '(\\d{1,4}(?:\\.\\d{0,4})?|\\.\\d{1,4})';

/** How people write a length of time, each with how many minutes its parts make. */
const FORMS: readonly [form: RegExp, minutes: (parts: number[]) => number | null][] = [
	[new RegExp(`^${DECIMAL} ?${HOURS}?$`), ([hours = 0]) => Math.round(hours * 60)],
	[new RegExp(`^(\\d{1,5}) ?${MINUTES}$`), ([minutes = 0]) => minutes],
	[new RegExp(`^(\\d{1,4}) ?${HOURS}(?: and|,)? ?(\\d{1,2}) ?${MINUTES}?$`), ([hours = 0, minutes = 0]) => clock(hours, minutes)],
	[/^(\d{1,4}):(\d{2}) ?h?$/, ([hours = 0, minutes = 0]) => clock(hours, minutes)],
	[new RegExp(`^(\\d{1,4}) (\\d)/(\\d) ?${HOURS}?$`), ([hours = 0, above = 0, below = 1]) => part(hours, above, below)],
	[new RegExp(`^(\\d)/(\\d) ?(?:an |of an )?${HOURS}?$`), ([above = 0, below = 1]) => part(0, above, below)],
	[/^an? hour and a half$/, () => 90],
	[/^half an hour$/, () => 30],
	[/^an? hour$/, () => 60],
];

/**
 * A length of time as people type it: `2.5`, `2.5 hours`, `2h 30m`, `90 min`, `1:30`, `2 1/2`, `2½`. A bare number is hours.
 * @param most the most minutes that make sense here; `why` is a sentence that says what to type instead.
 */
export function readDuration(text: string, most: number): ReadDuration {
	const typed = plain(text);
	if (typed === '') return { why: `Say how long it took. ${HOW}` };
	const wrong = commonSlip(typed);
	if (wrong) return { why: wrong };
	const minutes = minutesIn(typed);
	if (minutes === null) return { why: `“${short(text)}” is not a length of time that we can read. ${HOW}` };
	if (minutes < 1) return { why: `It must be at least one minute. ${HOW}` };
	if (minutes > most) return { why: tooLong(typed, minutes, most) };
	return { minutes };
}

/** Minutes for people: `2 hours 30 minutes`, `1 hour`, `45 minutes`. */
export function sayMinutes(minutes: number): string {
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	if (hours === 0) return countOf(rest, 'minute');
	return rest === 0 ? countOf(hours, 'hour') : `${countOf(hours, 'hour')} ${countOf(rest, 'minute')}`;
}

/** Minutes as hours in figures, for tables and bars: `2.5`, `18`, `0.75`, at most two places. */
export function hoursOf(minutes: number): string {
	return (Math.round((minutes / 60) * 100) / 100).toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

function plain(text: string): string {
	const spelled = text.replace(/[½¼¾⅓⅔]/g, (sign) => ` ${FRACTIONS[sign]}`).normalize('NFKC');
	return spelled.toLowerCase().replace(/\s+/g, ' ').replace(/\.$/, '').trim();
}

function minutesIn(typed: string): number | null {
	for (const [form, minutes] of FORMS) {
		const found = form.exec(typed);
		if (found) return minutes(found.slice(1).map(Number));
	}
	return null;
}

/** Slips that have an answer of their own. */
function commonSlip(typed: string): string | null {
	const comma = /^(\d{1,3}),(\d{1,2}) ?(?:h|hrs?|hours?)?$/.exec(typed);
	if (comma) return `Use a point, not a comma: ${comma[1]}.${comma[2]} for hours, or write 2h 30m.`;
	if (/^[-−–]/.test(typed)) return `The time cannot be less than nothing. ${HOW}`;
	if (/^\d+(\.\d+)?e[+-]?\d+$/.test(typed)) return `Write the number in full, not with an e. ${HOW}`;
	if (/:\d*[6-9]\d$/.test(typed)) return 'After the colon come minutes, 00 to 59, such as 1:30.';
	if (/^\d+\.\d+ ?m/.test(typed)) return 'Use whole minutes, such as 90 min.';
	return null;
}

function clock(hours: number, minutes: number): number | null {
	return minutes < 60 ? hours * 60 + minutes : null;
}

function part(hours: number, above: number, below: number): number | null {
	return above > 0 && above < below ? hours * 60 + Math.round((above * 60) / below) : null;
}

function tooLong(typed: string, minutes: number, most: number): string {
	if (/^\d+$/.test(typed) && Number(typed) <= most) return `${typed} would be hours. If you mean minutes, write ${typed} min.`;
	return `${sayMinutes(minutes)} is too long: this can be ${sayMinutes(most)} at most.`;
}

function short(text: string): string {
	const typed = text.trim();
	return typed.length > 30 ? `${typed.slice(0, 30)}…` : typed;
}

/** Days are text `YYYY-MM-DD` in Europe/London; instants are milliseconds UTC. Comparing days is comparing text. */
const londonParts = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
const longDay = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });

const longMoment = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', dateStyle: 'long', timeStyle: 'short' });

/** The day it is in London at an instant. */
export function londonDay(instant: number): string {
	return londonParts.format(instant);
}

/** True for a real calendar day written `YYYY-MM-DD` between 1900 and 2199. */
export function isDay(text: string): boolean {
	if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
	const [year, month, date] = partsOf(text);
	return month >= 1 && month <= 12 && date >= 1 && date <= lastOf(year, month - 1);
}

/** `day` moved by whole days, either way. */
export function addDays(day: string, days: number): string {
	const [year, month, date] = partsOf(day);
	return written(Date.UTC(year, month - 1, date + days));
}

/** `day` moved by months; a day that the month lacks becomes the month's last (31 January + 1 month = 28 or 29 February). */
export function addMonths(day: string, months: number): string {
	const [year, month, date] = partsOf(day);
	const index = year * 12 + (month - 1) + months;
	const [y, m] = [Math.floor(index / 12), index % 12];
	return written(Date.UTC(y, m, Math.min(date, lastOf(y, m))));
}

// Parts and their joining by hand: `Date.parse` and `toISOString` take three times as long, and a status asks for dozens of days.
function partsOf(day: string): [year: number, month: number, date: number] {
	return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function written(time: number): string {
	const at = new Date(time);
	if (Number.isNaN(time)) throw new RangeError('That is no day.');
	return `${at.getUTCFullYear()}-${twoDigits(at.getUTCMonth() + 1)}-${twoDigits(at.getUTCDate())}`;
}

function twoDigits(n: number): string {
	return n < 10 ? `0${n}` : `${n}`;
}

/** The last date of a month; `month` counts from 0. */
function lastOf(year: number, month: number): number {
	return new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
}

/** Whole days from one day to another; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** For people: `22 November 2026`. */
export function sayDay(day: string): string {
	return longDay.format(Date.parse(`${day}T00:00:00Z`));
}

/** For people, in London's time: `22 November 2026 at 14:05`. */
export function sayInstant(instant: number): string {
	return longMoment.format(instant);
}

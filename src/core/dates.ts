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
	const time = Date.parse(`${text}T00:00:00Z`);
	return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** `day` moved by whole days, either way. */
export function addDays(day: string, days: number): string {
	return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `day` moved by months; a day that the month lacks becomes the month's last (31 January + 1 month = 28 or 29 February). */
export function addMonths(day: string, months: number): string {
	const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
	const index = year * 12 + (month - 1) + months;
	const [y, m] = [Math.floor(index / 12), index % 12];
	const last = new Date(Date.UTC(y, m + 1, 0)).getUTCDate();
	return new Date(Date.UTC(y, m, Math.min(date, last))).toISOString().slice(0, 10);
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

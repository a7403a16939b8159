import { isDay, sayDay } from '#core/dates.ts';

export type AskedDay = { kind: 'day'; on: string } | { kind: 'wrong'; message: string; typed: { day: string; month: string; year: string } };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * Reads the day that someone asks the register about: `on=2024-03-03`, or the three boxes `on-day`, `on-month`, `on-year`
 * (months also by name). Nothing given means today. Days to come and days that are none are wrong, with a message that helps.
 */
export function readAskedDay(query: URLSearchParams, today: string): AskedDay {
	const typed = { day: part(query, 'day'), month: part(query, 'month'), year: part(query, 'year') };
	const boxes = Object.values(typed).some(Boolean);
	const on = boxes ? fromBoxes(typed) : (query.get('on') ?? '').trim().slice(0, 40);
	if (on === '' && !boxes) return { kind: 'day', on: today };
	if (!isDay(on)) return { kind: 'wrong', typed: boxes ? typed : toBoxes(on), message: 'Enter a real day, such as 3 3 2024' };
	if (on > today) return { kind: 'wrong', typed: toBoxes(on), message: `Enter today or a day that has passed: ${sayDay(on)} is still to come` };
	return { kind: 'day', on };
}

function part(query: URLSearchParams, name: string): string {
	return (query.get(`on-${name}`) ?? '').trim().slice(0, 20);
}

function fromBoxes({ day, month, year }: { day: string; month: string; year: string }): string {
	const named = MONTHS.indexOf(month.toLowerCase().slice(0, 3)) + 1;
	return [year, String(named || month).padStart(2, '0'), day.padStart(2, '0')].join('-');
}

function toBoxes(on: string): { day: string; month: string; year: string } {
	const [year = '', month = '', day = ''] = /^\d{4}-\d{1,2}-\d{1,2}$/.test(on) ? on.split('-') : [];
	return { day, month, year };
}

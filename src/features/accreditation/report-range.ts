import { addDays, addMonths } from '#core/dates.ts';
import { readDay } from '#core/read-day.ts';

/** Days from the first to the last, both included. */
export type Range = { fromOn: string; toOn: string };
export type AskedRange = { range: Range; errors: { field: 'from' | 'to'; message: string }[]; typed: { from: string; to: string } };

/** As far as figures by month can be read. */
const MOST_MONTHS = 60;

/** The days of a report from its address; without any, the twelve months up to today. What cannot be read is said, and those months are shown. */
export function askedRange(params: URLSearchParams, today: string): AskedRange {
	const typed = { from: params.get('from')?.trim() ?? '', to: params.get('to')?.trim() ?? '' };
	const usual = { fromOn: addDays(addMonths(today, -12), 1), toOn: today };
	if (typed.from === '' && typed.to === '') return { range: usual, errors: [], typed };
	const [from, to] = [typed.from === '' ? { day: usual.fromOn } : readDay(typed.from), typed.to === '' ? { day: today } : readDay(typed.to)];
	const errors: AskedRange['errors'] = [];
	if ('why' in from) errors.push({ field: 'from', message: `The first day ${from.why}.` });
	if ('why' in to) errors.push({ field: 'to', message: `The last day ${to.why}.` });
	if ('day' in from && 'day' in to) {
		const range = { fromOn: from.day, toOn: to.day };
		if (range.toOn < range.fromOn) errors.push({ field: 'to', message: 'The last day must not be before the first.' });
		else if (range.toOn > addMonths(range.fromOn, MOST_MONTHS)) errors.push({ field: 'to', message: 'Choose five years at most.' });
		else return { range, errors, typed };
	}
	return { range: usual, errors, typed };
}

/** Every month that a range touches: `2026-11`. */
export function monthsOf({ fromOn, toOn }: Range): string[] {
	const months: string[] = [];
	for (let day = `${fromOn.slice(0, 7)}-01`; day <= toOn; day = addMonths(day, 1)) months.push(day.slice(0, 7));
	return months;
}

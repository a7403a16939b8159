import { addDays } from './dates.ts';

/**
 * Bank holidays of England and Wales, as published at gov.uk/bank-holidays.
 * `LAST_YEAR_KNOWN` is watched: the health page warns when next year's are missing.
 */
const BANK_HOLIDAYS = new Set([
	'2025-01-01',
	'2025-04-18',
	'2025-04-21',
	'2025-05-05',
	'2025-05-26',
	'2025-08-25',
	'2025-12-25',
	'2025-12-26',
	'2026-01-01',
	'2026-04-03',
	'2026-04-06',
	'2026-05-04',
	'2026-05-25',
	'2026-08-31',
	'2026-12-25',
	'2026-12-28',
	'2027-01-01',
	'2027-03-26',
	'2027-03-29',
	'2027-05-03',
	'2027-05-31',
	'2027-08-30',
	'2027-12-27',
	'2027-12-28',
	'2028-01-03',
	'2028-04-14',
	'2028-04-17',
	'2028-05-01',
	'2028-05-29',
	'2028-08-28',
	'2028-12-25',
	'2028-12-26',
]);

export const LAST_YEAR_KNOWN = 2028;

/** The day `count` working days after `day` (Monday to Friday, no bank holiday of England and Wales). */
export function addWorkingDays(day: string, count: number): string {
	let current = day;
	for (let left = count; left > 0; ) {
		current = addDays(current, 1);
		if (isWorkingDay(current)) left -= 1;
	}
	return current;
}

/** Monday to Friday and no bank holiday. */
export function isWorkingDay(day: string): boolean {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return weekday !== 0 && weekday !== 6 && !BANK_HOLIDAYS.has(day);
}

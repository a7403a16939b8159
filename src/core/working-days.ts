import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { addDays } from './dates.ts';

/** Bank holidays, `YYYY-MM-DD`: stored, so that the office can add those of the next years. */
export type Holidays = ReadonlySet<string>;

/** The bank holidays on record. */
export function holidaysOf(db: Db): Holidays {
	return new Set(prepared(db.sql, 'SELECT day FROM bank_holiday').pluck().all() as string[]);
}

/** Are those of the year after a day's on record? New Year's Day of the year after next may be missing for long, Christmas may not. */
export function knowsNextYear(holidays: Holidays, day: string): boolean {
	const year = Number(day.slice(0, 4)) + 1;
	return [...holidays].filter((holiday) => holiday.startsWith(String(year))).length >= 8;
}

/** The day `count` working days after `day` (Monday to Friday, no bank holiday of England and Wales). */
export function addWorkingDays(holidays: Holidays, day: string, count: number): string {
	let current = day;
	for (let left = count; left > 0; ) {
		current = addDays(current, 1);
		if (isWorkingDay(holidays, current)) left -= 1;
	}
	return current;
}

/** The day `count` working days before `day`. */
export function workingDaysBefore(holidays: Holidays, day: string, count: number): string {
	let current = day;
	for (let left = count; left > 0; ) {
		current = addDays(current, -1);
		if (isWorkingDay(holidays, current)) left -= 1;
	}
	return current;
}

/** How many working days come after `from`, up to and with `to`; 0 when `to` is not later. */
export function workingDaysBetween(holidays: Holidays, from: string, to: string): number {
	let count = 0;
	for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isWorkingDay(holidays, day)) count += 1;
	return count;
}

/** Monday to Friday and no bank holiday. */
export function isWorkingDay(holidays: Holidays, day: string): boolean {
	const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
	return weekday !== 0 && weekday !== 6 && !holidays.has(day);
}

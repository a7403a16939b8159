import { addDays } from '#core/dates.ts';
import { isWorkingDay } from '#core/working-days.ts';

export type Holiday = { day: string; title: string };

const NO_HOLIDAYS: ReadonlySet<string> = new Set();

/**
 * The eight bank holidays of England and Wales that a year has by the rules, in their order. Proclaimed ones (a coronation) are in no rule,
 * and a rule can be set aside for a year: the published list decides.
 */
export function expectedHolidays(year: number): Holiday[] {
	const easter = easterSunday(year);
	const fixed = [...observed([{ day: `${year}-01-01`, title: 'New Year’s Day' }]), ...observed(christmas(year))];
	const moving = [
		{ day: addDays(easter, -2), title: 'Good Friday' },
		{ day: addDays(easter, 1), title: 'Easter Monday' },
		{ day: mondayFrom(`${year}-05-01`), title: 'Early May bank holiday' },
		{ day: mondayFrom(`${year}-05-25`), title: 'Spring bank holiday' },
		{ day: mondayFrom(`${year}-08-25`), title: 'Summer bank holiday' },
	];
	return [...fixed, ...moving].sort((a, b) => a.day.localeCompare(b.day));
}

function christmas(year: number): Holiday[] {
	return [
		{ day: `${year}-12-25`, title: 'Christmas Day' },
		{ day: `${year}-12-26`, title: 'Boxing Day' },
	];
}

/** Those that fall on a weekend move to the next working day that is free. */
function observed(days: readonly Holiday[]): Holiday[] {
	const taken = new Set(days.filter(({ day }) => isWorkingDay(NO_HOLIDAYS, day)).map(({ day }) => day));
	return days.map(({ day, title }) => {
		if (taken.has(day)) return { day, title };
		let next = day;
		while (!isWorkingDay(taken, next)) next = addDays(next, 1);
		taken.add(next);
		return { day: next, title: `${title} (substitute)` };
	});
}

/** The first Monday on or after a day: a working day that follows a Sunday. */
function mondayFrom(day: string): string {
	let current = day;
	while (!isWorkingDay(NO_HOLIDAYS, current) || isWorkingDay(NO_HOLIDAYS, addDays(current, -1))) current = addDays(current, 1);
	return current;
}

/** The Gregorian reckoning of Easter (Meeus, Jones and Butcher). */
function easterSunday(year: number): string {
	const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
	const g = Math.floor((8 * b + 13) / 25);
	const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
	const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return `${year}-${String(Math.floor(n / 31)).padStart(2, '0')}-${String((n % 31) + 1).padStart(2, '0')}`;
}

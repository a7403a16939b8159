import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { line } from '#core/fields.ts';
import { allow } from '#core/policy.ts';
import { readDayBoxes } from '#core/read-day.ts';
import { holidaysOf, isWorkingDay, knowsNextYear } from '#core/working-days.ts';
import { prepared } from '#db/prepared.ts';
import { expectedHolidays, type Holiday } from './holidays-expected.ts';
import { canKeepHolidays } from './policy.ts';
import { type Raw, textIn } from './standards-rows.ts';
import { recomputeDue } from './timers-copy.ts';
import { recomputeAuditDue } from './upkeep-copy.ts';

/** How far a holiday may lie back: what was forgotten this year or last still moves due days. And how far ahead lists are published. */
const BACK_MONTHS = 12;
const AHEAD_MONTHS = 60;

/** The bank holidays of a year, with those that the rules name and that are not on record. @throws Forbidden */
export function holidaysIn(ctx: Ctx, year: number): { known: Holiday[]; missing: Holiday[] } {
	allow(canKeepHolidays(ctx.actor));
	const text = 'SELECT day, title FROM bank_holiday WHERE day BETWEEN ? AND ? ORDER BY day';
	const known = prepared(ctx.db.sql, text).all(`${year}-01-01`, `${year}-12-31`) as Holiday[];
	const days = new Set(known.map(({ day }) => day));
	return { known, missing: expectedHolidays(year).filter(({ day }) => !days.has(day)) };
}

/** Years with bank holidays on record, and the next after them. */
export function holidayYears(ctx: Ctx): number[] {
	const years = prepared(ctx.db.sql, 'SELECT DISTINCT CAST(substr(day, 1, 4) AS INTEGER) FROM bank_holiday ORDER BY 1').pluck().all() as number[];
	return [...years, (years.at(-1) ?? Number(ctx.today.slice(0, 4))) + 1];
}

/** What is said where somebody sees it when next year's are not on record; none while all is well or to those who cannot add them. */
export function holidayWarnings(ctx: Ctx): string[] {
	if (!canKeepHolidays(ctx.actor) || knowsNextYear(holidaysOf(ctx.db), ctx.today)) return [];
	return [`The bank holidays of ${Number(ctx.today.slice(0, 4)) + 1} are not on record. Due days after New Year will be too early until they are.`];
}

/**
 * Adds bank holidays; due days of open applications that they touch move later. @returns how many did
 * @throws Forbidden, Invalid for a weekend, a day long past or far ahead, or one that is on record
 */
export function addHolidays(ctx: Ctx, holidays: readonly Holiday[]): number {
	allow(canKeepHolidays(ctx.actor));
	for (const { day } of holidays) refuseDay(ctx, day);
	return commit(ctx, { name: 'addHolidays' }, (tx) => {
		const put = prepared(tx.db.sql, 'INSERT INTO bank_holiday (day, title, added_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING');
		for (const { day, title } of holidays) if (put.run(day, title, ctx.now).changes === 0) throw new Invalid('on', 'That day is on record already.');
		const moved = recomputeDue(tx) + recomputeAuditDue(tx);
		for (const { day } of holidays) record(tx, 'accreditation.holiday_added', { type: 'bank_holiday', id: day }, { day, moved });
		return moved;
	});
}

/** One that can still be taken out. @throws Forbidden, NotFound, Conflict when its day is here or past */
export function removableHoliday(ctx: Ctx, day: string): Holiday {
	allow(canKeepHolidays(ctx.actor));
	const found = prepared(ctx.db.sql, 'SELECT day, title FROM bank_holiday WHERE day = ?').get(day) as Holiday | undefined;
	if (!found) throw new NotFound('There is no bank holiday on that day, or it was taken out.');
	if (day <= ctx.today) throw new Conflict('Its day has come: work was counted without it, so it stays.');
	return found;
}

/** Takes out a bank holiday to come; due days move back where they were moved for it. @returns how many. @throws Forbidden, NotFound, Conflict */
export function removeHoliday(ctx: Ctx, day: string): number {
	removableHoliday(ctx, day);
	return commit(ctx, { name: 'removeHoliday' }, (tx) => {
		if (prepared(tx.db.sql, 'DELETE FROM bank_holiday WHERE day = ?').run(day).changes === 0) throw new Conflict('Somebody has just taken it out.');
		const moved = recomputeDue(tx) + recomputeAuditDue(tx);
		record(tx, 'accreditation.holiday_removed', { type: 'bank_holiday', id: day }, { day, moved });
		return moved;
	});
}

/** One day by hand, or those of the rules that were ticked. */
export const holidaysForm = z.record(z.string(), z.unknown()).transform((raw: Raw, check): Holiday[] => {
	const refuse = (field: string, message: string) => check.addIssue({ code: 'custom', path: [field], message });
	if (textIn(raw, 'year') !== '') {
		const sent = [raw.days].flat();
		const ticked = expectedHolidays(Number(textIn(raw, 'year')) || 2000).filter(({ day }) => sent.includes(day));
		if (ticked.length === 0) refuse('days', 'Tick at least one day.');
		return ticked;
	}
	const title = line(80, 'Shorten the name to 80 characters.').safeParse(raw.title);
	const on = readDayBoxes({ day: textIn(raw, 'on-day'), month: textIn(raw, 'on-month'), year: textIn(raw, 'on-year') });
	if (!('day' in on)) refuse('on', `The day ${on.why}.`);
	if (!title.success || title.data === '') refuse('title', title.success ? 'Say what it is called.' : 'Shorten the name to 80 characters.');
	return 'day' in on && title.success ? [{ day: on.day, title: title.data }] : [];
});

function refuseDay(ctx: Ctx, day: string): void {
	if (!isWorkingDay(new Set(), day)) throw new Invalid('on', 'That day is on a weekend, which is never counted. Choose the day that stands in for it.');
	if (day < addMonths(ctx.today, -BACK_MONTHS)) throw new Invalid('on', 'That day is more than a year ago.');
	if (day > addMonths(ctx.today, AHEAD_MONTHS)) throw new Invalid('on', 'That day is more than five years ahead.');
}

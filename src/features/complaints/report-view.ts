import { stringify } from 'csv-stringify/sync';
import type { Actor, Ctx } from '#core/ctx.ts';
import { addDays, londonDay, sayDay } from '#core/dates.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import { prepared, reading } from '#db/prepared.ts';
import type { Range, ReportTable } from '#features/accreditation/index.ts';
import { isComplaintsOfficer } from './policy.ts';
import { countedCases } from './report-cases.ts';
import { equalityTables } from './report-equality.ts';
import { ageTable, categoryTable, outcomeTable, promiseTable, rootTable, sentTable, sourceTable, stageTable } from './report-tables.ts';
import { rulesOn } from './rules.ts';

/** May the actor read figures of concerns at all? */
export function canReadConcernFigures(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'complaints_officer', 'registrar', 'committee', 'external_reviewer');
}

/** May the actor choose any days? Others read one year at a time: two ranges that differ by a day would tell of a single case. */
export function mayChooseDays({ actor }: Pick<Ctx, 'actor'>): boolean {
	return isComplaintsOfficer(actor);
}

/** The days that the actor is told of when they ask for some: for others than officers the year of their last day, up to the last quarter that is over. */
export function daysFor(ctx: Pick<Ctx, 'actor' | 'today'>, asked: Range): Range {
	if (mayChooseDays(ctx)) return asked;
	const [year, month] = [ctx.today.slice(0, 4), Number(ctx.today.slice(5, 7))];
	const over = addDays(`${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`, -1);
	const end = `${asked.toOn.slice(0, 4)}-12-31`;
	const toOn = end < over ? end : over;
	return { fromOn: `${toOn.slice(0, 4)}-01-01`, toOn };
}

/**
 * How concerns went in some days and stood at their end, as tables with pictures: counts and days, nobody and no reference. Complaints officers read
 * them in full; for everybody else numbers are hidden that could point at somebody. A case that ties the one who asks, or that they stepped back
 * from, is counted for them as if there were none: whoever knows how many cases there are learns nothing of their own from the sum.
 * @throws Forbidden
 */
export function concernsReport(ctx: Ctx, asked: Range): ReportTable[] {
	allow(canReadConcernFigures(ctx.actor));
	const { db } = ctx;
	const me = personOf(ctx).personId;
	const range = daysFor(ctx, asked);
	const today = range.toOn < ctx.today ? range.toOn : ctx.today;
	return reading(db.sql, () => {
		const { smallNumber } = rulesOn(db, ctx.today).rules;
		const cases = countedCases(db, { without: me, until: today });
		const told = { range, today, least: mayChooseDays(ctx) ? 0 : smallNumber };
		const tables = [sentTable, sourceTable, categoryTable, stageTable, ageTable, outcomeTable, rootTable, promiseTable].map((table) => table(cases, told));
		return [...tables, ...equalityTables(db, { ...told, least: smallNumber }), glassTable(ctx, range, me)];
	});
}

/**
 * The same as CSV, one line a figure: table, row, column, figure. A cell that a spreadsheet would take for a formula is made text.
 * @throws Forbidden
 */
export function concernsReportCsv(ctx: Ctx, asked: Range): { name: string; content: string } {
	const range = daysFor(ctx, asked);
	const lines = concernsReport(ctx, range).flatMap(({ title, columns, rows }) =>
		rows.flatMap(([first, ...cells]) => cells.map((cell, i) => [title, first, columns[i + 1], cell])),
	);
	const content = stringify([['table', 'row', 'column', 'figure'], ...lines], { escape_formulas: true, bom: true });
	return { name: `concerns-${range.fromOn}-to-${range.toOn}.csv`, content };
}

/** Cases that administrators opened in an emergency: when, and for how long; which is told on the page of the case. */
function glassTable({ db }: Pick<Ctx, 'db'>, { fromOn, toOn }: Range, me: string): ReportTable {
	const all = prepared(db.sql, GLASSES).all({ me }) as { at: number; untilAt: number }[];
	const rows = all.map(({ at, untilAt }) => ({ on: londonDay(at), minutes: Math.round((untilAt - at) / 60_000) }));
	return {
		key: 'glass',
		title: 'Cases opened in an emergency',
		note: 'By an administrator, to read and no more. The owner of each case was told at once.',
		columns: ['Day', 'Minutes'],
		rows: rows.filter(({ on }) => on >= fromOn && on <= toOn).map(({ on, minutes }) => [sayDay(on), minutes]),
		bars: [],
	};
}

const GLASSES = `SELECT a.from_at AS at, a.until_at AS untilAt FROM concern_access a WHERE a.capacity = 'break_glass'
	AND a.concern_id NOT IN (SELECT concern_id FROM concern_interest WHERE other_id = :me)
	AND a.concern_id NOT IN (SELECT concern_id FROM concern_access WHERE person_id = :me AND end_reason = 'recused') ORDER BY a.from_at, a.id`;

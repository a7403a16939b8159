import { stringify } from 'csv-stringify/sync';
import type { Actor, Ctx } from '#core/ctx.ts';
import { londonDay, sayDay } from '#core/dates.ts';
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

/**
 * How concerns went in some days, as tables with pictures: counts and days, nobody and no reference. Complaints officers read them in full; for
 * everybody else numbers are hidden that could point at somebody. A case that ties the one who asks, or that they stepped back from, is counted
 * for them as if there were none: whoever knows how many cases there are learns nothing of their own from the sum. @throws Forbidden
 */
export function concernsReport(ctx: Ctx, range: Range): ReportTable[] {
	allow(canReadConcernFigures(ctx.actor));
	const { db, today } = ctx;
	const me = personOf(ctx).personId;
	return reading(db.sql, () => {
		const { smallNumber } = rulesOn(db, today).rules;
		const cases = countedCases(db, me);
		const told = { range, today, least: isComplaintsOfficer(ctx.actor) ? 0 : smallNumber };
		const tables = [sentTable, sourceTable, categoryTable, stageTable, ageTable, outcomeTable, rootTable, promiseTable].map((table) => table(cases, told));
		return [...tables, ...equalityTables(db, { ...told, least: smallNumber }), glassTable(ctx, range, me)];
	});
}

/**
 * The same as CSV, one line a figure: table, row, column, figure. A cell that a spreadsheet would take for a formula is made text.
 * @throws Forbidden
 */
export function concernsReportCsv(ctx: Ctx, range: Range): { name: string; content: string } {
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

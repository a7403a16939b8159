import { stringify } from 'csv-stringify/sync';
import type { Ctx } from '#core/ctx.ts';
import { allow } from '#core/policy.ts';
import { reading } from '#db/prepared.ts';
import { canReadReport } from './policy.ts';
import { agreementTable, auditsTable, drawsTable, reasonsTable, reviewsTable } from './report-quality.ts';
import type { Range } from './report-range.ts';
import { decisionsTable, outcomesTable, type ReportTable, routeTitles, sentTable, stagesTable, waitingTable } from './report-tables.ts';

/** How applications went in some days, as tables with pictures: counts and days, no names. Tables of which nothing is known have no rows. @throws Forbidden */
export function applicationsReport({ actor, db, today }: Ctx, range: Range): ReportTable[] {
	allow(canReadReport(actor));
	return reading(db.sql, () => {
		const titles = routeTitles(db);
		return [
			sentTable(db, range, titles),
			outcomesTable(db, range, titles),
			decisionsTable(db, range, titles),
			stagesTable(db, range),
			waitingTable(db, range, today),
			reasonsTable(db, range),
			agreementTable(db, range, titles),
			reviewsTable(db, range),
			auditsTable(db, range),
			drawsTable(db, range),
		];
	});
}

/**
 * The same as CSV, one line a figure: table, row, column, figure. A cell that a spreadsheet would take for a formula is made text.
 * @throws Forbidden
 */
export function applicationsReportCsv(ctx: Ctx, range: Range): { name: string; content: string } {
	const lines = applicationsReport(ctx, range).flatMap(({ title, columns, rows }) =>
		rows.flatMap(([first, ...cells]) => cells.map((cell, i) => [title, first, columns[i + 1], cell])),
	);
	const content = stringify([['table', 'row', 'column', 'figure'], ...lines], { escape_formulas: true, bom: true });
	return { name: `applications-${range.fromOn}-to-${range.toOn}.csv`, content };
}

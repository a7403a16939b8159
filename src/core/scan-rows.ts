import type { Ctx } from './ctx.ts';
import { type Scanner, scannerFor } from './scan.ts';

export type ScanCounts = { clean: number; found: number; waiting: number };
/** What is done with rows of files of some kind while they are scanned. `content`: null for one that is damaged, which is passed over. */
export type ScanOf<Row> = {
	content(row: Row): Promise<Buffer | null>;
	tried(row: Row): void;
	pass(row: Row, scanner: Scanner): void;
	quarantine(row: Row, found: { by: Scanner['name']; finding: string }): void;
};

/** Scans files one after another, until the scanner cannot be reached: the rest waits for the next run. */
export async function scanRows<Row>(ctx: Ctx, rows: readonly Row[], how: ScanOf<Row>): Promise<ScanCounts> {
	const scanner = scannerFor(ctx.settings);
	const counts = { clean: 0, found: 0, waiting: 0 };
	for (const row of rows) {
		const content = await how.content(row);
		if (content === null) continue;
		const verdict = await scanner.scan(content);
		if (verdict.state === 'unreachable') {
			how.tried(row);
			return { ...counts, waiting: rows.length - counts.clean - counts.found };
		}
		if (verdict.state === 'found') how.quarantine(row, { by: scanner.name, finding: verdict.finding });
		else how.pass(row, scanner);
		counts[verdict.state] += 1;
	}
	return counts;
}

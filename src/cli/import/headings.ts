import { listOf } from '#core/text.ts';
import { awardFamily, columnOf } from './columns.ts';

export type Headings = {
	/** Which cell holds which column. */
	at: ReadonlyMap<string, number>;
	/** Award families in the file, such as `supervisor adult`. */
	families: readonly { level: string; kind: string }[];
	/** Headings that mean nothing to the importer. */
	ignored: readonly string[];
	width: number;
};

/** How many headings of a row are ours: tells the heading row from a title above it. */
export function recognised(cells: readonly string[]): number {
	return cells.filter((cell) => cell.trim() !== '' && columnOf(cell) !== null).length;
}

/**
 * Reads the heading row.
 * @throws Error for people when a column that is needed is missing, or two headings mean the same.
 */
export function readHeadings(cells: readonly string[]): Headings {
	const at = new Map<string, number>();
	const ignored: string[] = [];
	for (const [index, cell] of cells.entries()) {
		const column = columnOf(cell);
		if (cell.trim() === '') continue;
		if (column === null) ignored.push(cell.trim().slice(0, 60));
		else if (at.has(column))
			throw new Error(`The headings “${cells[at.get(column) ?? 0]?.trim()}” and “${cell.trim()}” both mean “${column}”. Remove or rename one of them.`);
		else at.set(column, index);
	}
	refuseMissing(at, ignored);
	const families = [...at.keys()].map(awardFamily).filter((f) => f !== null && f.part === 'awarded') as { level: string; kind: string }[];
	return { at, families, ignored, width: cells.length };
}

function refuseMissing(at: ReadonlyMap<string, number>, ignored: readonly string[]): void {
	const missing: string[] = [];
	if (!at.has('name') && !(at.has('given names') && at.has('family name'))) missing.push('“given names” and “family name” (or one column “name”)');
	if (!['register number', 'member id', 'email'].some((column) => at.has(column)))
		missing.push('“register number”, “member id” or “email” (one of them, so that each person can be found again)');
	if (missing.length === 0) return;
	const found = at.size === 0 ? 'No heading of this file is known.' : `Known headings found: ${[...at.keys()].slice(0, 12).join(', ')}.`;
	const strange = ignored.length === 0 ? '' : ` Not known: ${ignored.slice(0, 8).join(', ')}${ignored.length > 8 ? ` and ${ignored.length - 8} more` : ''}.`;
	throw new Error(`The file lacks the column ${listOf(missing)}. ${found}${strange} The columns are listed in db/seed/COLUMNS.md.`);
}

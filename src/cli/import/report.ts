import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { countOf } from '#core/text.ts';
import type { Counts } from './check.ts';
import type { Line, Outcome, Scratch } from './scratch.ts';

const HEADINGS = ['row', 'outcome', 'register number', 'name', 'column', 'why'];
const AT_ONCE = 2000;

/** Writes the report as a CSV file that a spreadsheet opens safely: a cell that would be a formula is not one. */
export function writeReport(file: string, scratch: Scratch): void {
	const handle = openSync(file, 'w', 0o600);
	try {
		writeSync(handle, `\uFEFF${stringify([HEADINGS])}`);
		let lines: string[][] = [];
		const flush = () => void (lines.length > 0 && writeSync(handle, stringify(lines, { escape_formulas: true })));
		for (const line of scratch.lines()) {
			lines.push([String(line.row), line.outcome, line.number, line.name, line.column, line.why]);
			if (lines.length < AT_ONCE) continue;
			flush();
			lines = [];
		}
		flush();
	} finally {
		closeSync(handle);
	}
}

const SHOWN = 20;
const TOLD: readonly Outcome[] = ['refused', 'likely duplicate', 'note'];

/** The report in words: how many of each, then the first rows that someone should look at. */
export function summary(counts: Counts, scratch: Scratch, isDone: boolean): string {
	const verb = isDone ? '' : 'would be ';
	const lines = [
		`${countOf(counts.created, 'person', 'people')} ${verb}created, ${number(counts.changed)} ${verb}changed, ${number(counts.unchanged)} unchanged, ${countOf(counts.refused, 'row')} refused.`,
	];
	if (counts['likely duplicate'] > 0) lines.push(`${countOf(counts['likely duplicate'], 'likely duplicate')}: please look at them.`);
	for (const outcome of TOLD) lines.push(...told(outcome, counts, scratch));
	return lines.join('\n');
}

function told(outcome: Outcome, counts: Counts, scratch: Scratch): string[] {
	if (counts[outcome] === 0) return [];
	const lines: string[] = [];
	for (const line of scratch.lines()) {
		if (line.outcome !== outcome) continue;
		lines.push(sentence(line));
		if (lines.length === SHOWN) break;
	}
	const more = counts[outcome] - lines.length;
	return more > 0 ? [...lines, `  … and ${number(more)} more (${outcome}): --report report.csv writes all of them.`] : lines;
}

function sentence(line: Line): string {
	const who = line.name ? ` (${line.name})` : '';
	return `  Row ${line.row}${who}, ${line.outcome}: ${[line.column, line.why].filter(Boolean).join(' ')}`;
}

function number(count: number): string {
	return count.toLocaleString('en-GB');
}

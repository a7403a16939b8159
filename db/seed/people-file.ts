import { closeSync, openSync, writeSync } from 'node:fs';
import { stringify } from 'csv-stringify/sync';
import { makePeople, type PeopleOptions, SEED_COLUMNS } from './people.ts';

const AT_ONCE = 500;

/** Writes invented people as a file that the importer reads (UTF-8 with a byte order mark, as spreadsheets like it). */
export function writePeopleFile(file: string, options: PeopleOptions, onRows: (rows: number) => void): void {
	const handle = openSync(file, 'w');
	try {
		writeSync(handle, `\uFEFF${stringify([[...SEED_COLUMNS]])}`);
		let lines: string[][] = [];
		let rows = 0;
		const flush = () => {
			writeSync(handle, stringify(lines));
			rows += lines.length;
			lines = [];
			onRows(rows);
		};
		for (const row of makePeople(options)) {
			lines.push(SEED_COLUMNS.map((column) => row[column] ?? ''));
			if (lines.length === AT_ONCE) flush();
		}
		if (lines.length > 0) flush();
	} finally {
		closeSync(handle);
	}
}

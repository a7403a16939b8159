import { createReadStream } from 'node:fs';
import { type CsvError, parse } from 'csv-parse';
import { type Headings, readHeadings, recognised } from './headings.ts';
import type { SourceFile } from './source-file.ts';

/** One row that holds anything. `row` is its number in the spreadsheet: the first line is 1. */
export type Row = { row: number; cells: string[] };
export type RowSource = { headings: Headings; rows: AsyncGenerator<Row>; bytesRead: () => number };

/** Far beyond any register; a mark that was never closed would otherwise take in the rest of the file. */
const LARGEST_ROW = 1_000_000;
const HEADINGS_WITHIN = 20;

/**
 * Opens a file for reading row by row; the headings are the first row, within the first twenty, that holds two known ones.
 * @throws Error for people: no headings, a missing column, a quotation mark that is never closed (also while reading on).
 */
export async function openRows(source: SourceFile): Promise<RowSource> {
	let bytes = 0;
	const rows = recordsOf(source, (count) => (bytes += count));
	const before: Row[] = [];
	for (let next = await rows.next(); !next.done; next = await rows.next()) {
		before.push(next.value);
		if (recognised(next.value.cells) >= 2) return { headings: readHeadings(next.value.cells), rows, bytesRead: () => bytes };
		if (before.length >= HEADINGS_WITHIN) break;
	}
	await rows.return(undefined);
	readHeadings(before[0]?.cells ?? []);
	throw new Error('The file has no row of headings.');
}

async function* recordsOf(source: SourceFile, onBytes: (count: number) => void): AsyncGenerator<Row> {
	const input = createReadStream(source.file, { highWaterMark: 1 << 18 });
	const parser = parse({ delimiter: source.delimiter, relax_quotes: true, relax_column_count: true, max_record_size: LARGEST_ROW });
	void feed(input, parser, source, onBytes);
	let row = 0;
	try {
		for await (const cells of parser as AsyncIterable<string[]>) {
			row += 1;
			if (row === 1 && /^sep=.?$/i.test(cells.join(''))) continue;
			if (cells.some((cell) => cell.trim() !== '')) yield { row, cells };
		}
	} catch (error) {
		throw explained(error, row);
	} finally {
		input.destroy();
	}
}

/** Decodes piece by piece and lets the parser set the pace. */
async function feed(input: NodeJS.ReadableStream, parser: ReturnType<typeof parse>, source: SourceFile, onBytes: (count: number) => void): Promise<void> {
	const decoder = new TextDecoder(source.encoding);
	try {
		for await (const chunk of input as AsyncIterable<Buffer>) {
			onBytes(chunk.length);
			if (!parser.write(decoder.decode(chunk, { stream: true }))) await ready(parser);
			if (parser.destroyed) return;
		}
		parser.end(decoder.decode());
	} catch (error) {
		parser.destroy(error as Error);
	}
}

/** Resolves when the parser can take more, or was given up by its reader. */
async function ready(parser: ReturnType<typeof parse>): Promise<void> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const go = () => resolve();
	parser.once('drain', go).once('close', go);
	await promise;
	parser.off('drain', go).off('close', go);
}

function explained(error: unknown, row: number): unknown {
	const { code = '' } = error as CsvError;
	if (code === 'CSV_QUOTE_NOT_CLOSED' || code === 'CSV_MAX_RECORD_SIZE')
		return new Error(
			`After row ${row} a quotation mark is opened and never closed, or a row is longer than ${LARGEST_ROW.toLocaleString('en-GB')} characters. Nothing was imported.`,
		);
	if (code.startsWith('CSV_')) return new Error(`Row ${row + 1} cannot be read as CSV (${(error as Error).message}). Nothing was imported.`);
	return error;
}

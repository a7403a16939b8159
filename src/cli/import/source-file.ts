import { closeSync, openSync, readSync, statSync } from 'node:fs';

export type SourceFile = { file: string; size: number; encoding: string; delimiter: string };

const CHUNK = 1 << 20;
const DELIMITERS = [',', ';', '\t'];

/**
 * Looks at a file before it is read: that it is a file of text, how its letters are encoded and what parts its cells.
 * Reads it once from end to end in pieces (the one Windows-1252 letter may be in the last line), never whole.
 * @throws Error for people.
 */
export function inspectSource(file: string, encoding: string | null): SourceFile {
	const stat = statSync(file, { throwIfNoEntry: false });
	if (!stat) throw new Error(`There is no file ${file}.`);
	if (stat.isDirectory()) throw new Error(`${file} is a folder. Give the CSV file itself.`);
	if (!stat.isFile()) throw new Error(`${file} is not an ordinary file, and the importer reads it more than once. Save it as a file first.`);
	if (stat.size === 0) throw new Error(`${file} is empty.`);
	const start = firstBytes(file);
	const named = encoding === null ? encodingOf(file, start) : knownEncoding(encoding);
	const text = new TextDecoder(named).decode(start);
	if (/^(?:PK\u0003\u0004|%PDF|\u00D0\u00CF\u0011)/.test(new TextDecoder('latin1').decode(start.subarray(0, 8))))
		throw new Error(`${file} is a workbook or document. Open it in your spreadsheet program and save it as CSV.`);
	if (text.includes('\0')) throw new Error(`${file} is not text. Save the spreadsheet as CSV (UTF-8) and try again.`);
	return { file, size: stat.size, encoding: named, delimiter: delimiterOf(text) };
}

function knownEncoding(name: string): string {
	try {
		return new TextDecoder(name).encoding;
	} catch {
		throw new Error(`“${name}” is not a known encoding. Try utf-8, windows-1252, utf-16le or macintosh.`);
	}
}

function encodingOf(file: string, start: Uint8Array): string {
	if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
	if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be';
	const zeros = [0, 1].map((odd) => start.filter((byte, i) => byte === 0 && i % 2 === odd).length) as [number, number];
	if (zeros[1] > start.length / 5 && zeros[0] === 0) return 'utf-16le';
	if (zeros[0] > start.length / 5 && zeros[1] === 0) return 'utf-16be';
	if (start.includes(0)) throw new Error(`${file} is not text. Save the spreadsheet as CSV (UTF-8) and try again.`);
	return isUtf8(file) ? 'utf-8' : 'windows-1252';
}

function isUtf8(file: string): boolean {
	const decoder = new TextDecoder('utf-8', { fatal: true });
	try {
		for (const chunk of chunksOf(file)) decoder.decode(chunk, { stream: true });
		decoder.decode();
		return true;
	} catch (error) {
		if (error instanceof TypeError) return false;
		throw error;
	}
}

function* chunksOf(file: string): Generator<Uint8Array> {
	const handle = openSync(file, 'r');
	const buffer = new Uint8Array(CHUNK);
	try {
		for (let read = readSync(handle, buffer); read > 0; read = readSync(handle, buffer)) yield buffer.subarray(0, read);
	} finally {
		closeSync(handle);
	}
}

function firstBytes(file: string): Uint8Array {
	for (const chunk of chunksOf(file)) return chunk.slice(0, 65_536);
	return new Uint8Array();
}

/** What parts the cells of the first lines, counted outside quotation marks; a spreadsheet may say so itself (`sep=;`). */
function delimiterOf(text: string): string {
	const said = /^\uFEFF?sep=(.)\r?\n/i.exec(text)?.[1];
	if (said) return said;
	const bare = text
		.split('\n', 30)
		.join('\n')
		.replace(/"(?:[^"]|"")*"/g, '');
	const counts = DELIMITERS.map((d) => bare.split(d).length);
	return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

import { open } from 'node:fs/promises';

export type LineReader = {
	/** Called for every line without its line end; `number` counts from 1. */
	onLine: (line: string, number: number) => void;
	/** Called after each block with the bytes read so far. */
	onBytes: (bytes: number) => void;
	signal: AbortSignal | null;
};

const BLOCK = 1 << 20;

/**
 * Reads a text file block by block, so that neither its size nor a missing line end matters to memory. Bytes are taken
 * as Latin-1: every column that is used is plain ASCII, and nothing is decoded that is not needed.
 */
export async function readLines(file: string, reader: LineReader): Promise<void> {
	const handle = await open(file, 'r');
	try {
		const block = Buffer.allocUnsafe(BLOCK);
		let [rest, last, number, bytes] = ['', '', 0, 0];
		for (;;) {
			reader.signal?.throwIfAborted();
			const { bytesRead } = await handle.read(block, 0, BLOCK);
			if (bytesRead === 0) break;
			const text = rest + block.toString('latin1', 0, bytesRead);
			if (text.length > BLOCK * 2) throw new Error('One line is longer than a megabyte: this is not a postcode file.');
			let from = 0;
			for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
				last = withoutReturn(text.slice(from, end));
				number += 1;
				reader.onLine(last, number);
				from = end + 1;
			}
			rest = text.slice(from);
			bytes += bytesRead;
			reader.onBytes(bytes);
		}
		if (rest === '') return;
		if (commas(rest) < commas(last)) throw new Error(`Line ${number + 1}, the last, ends too early: the file is cut short.`);
		reader.onLine(withoutReturn(rest), number + 1);
	} finally {
		await handle.close();
	}
}

/**
 * Takes some fields of one CSV line by position (ascending), without making the others. Quotes around a field are
 * dropped; the official files hold no line end and no doubled quote inside one. Returns how many fields were found;
 * fewer than asked means a damaged line.
 */
export function pickFields(line: string, positions: readonly number[], into: string[]): number {
	let [at, field, found] = [0, 0, 0];
	while (found < positions.length && at <= line.length) {
		const isQuoted = line.charCodeAt(at) === 34;
		const close = isQuoted ? line.indexOf('"', at + 1) : -1;
		if (isQuoted && close === -1) return found;
		const comma = line.indexOf(',', isQuoted ? close : at);
		const end = comma === -1 ? line.length : comma;
		if (field === positions[found]) {
			into[found] = isQuoted ? line.slice(at + 1, close) : line.slice(at, end);
			found += 1;
		}
		field += 1;
		at = end + 1;
	}
	return found;
}

function commas(line: string): number {
	return line.split(',').length - 1;
}

function withoutReturn(line: string): string {
	return line.endsWith('\r') ? line.slice(0, -1) : line;
}

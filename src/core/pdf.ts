import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { inTurn, openTurns } from './turns.ts';

/** One piece of a document, in the order of reading. Columns of a table share the width by `share`. */
export type Block =
	| { kind: 'heading'; text: string; level: 1 | 2 | 3 }
	| { kind: 'paragraph'; text: string; look?: 'lead' | 'small' | 'strong' }
	| { kind: 'list'; items: readonly string[] }
	| { kind: 'facts'; caption: string; rows: readonly (readonly [label: string, value: string])[] }
	| {
			kind: 'table';
			caption: string;
			columns: readonly { label: string; share: number; isNumber?: boolean }[];
			rows: readonly (readonly string[])[];
			/** Sums under a line. */
			foot?: readonly string[];
	  }
	| { kind: 'qr'; content: string; alt: string; caption: string }
	| { kind: 'gap' };

/** `footer`: stands on every page beside its number. */
export type PdfText = { title: string; author: string; footer: string; blocks: readonly Block[] };

/**
 * Makes a tagged PDF (PDF/UA-1: structure, language, title, embedded letters) that a screen reader can read, on a thread of its own: readers
 * of the site must not wait for it. The same text at the same instant gives the same bytes.
 * @throws Error with code `BUSY` when dozens are being made already.
 * @param at `now`: milliseconds UTC, its date of making; `sourceDir`: the program's sources (`ctx.settings.sourceDir`).
 */
export async function makePdf(text: PdfText, at: { now: number; sourceDir: string }): Promise<Buffer> {
	const bytes = await inTurn(turns, () => drawApart(text, at));
	if (bytes === null) throw Object.assign(new Error('Too many documents are being made at once.'), { code: 'BUSY' });
	return bytes;
}

const turns = openTurns(2, 40);

async function drawApart(text: PdfText, at: { now: number; sourceDir: string }): Promise<Buffer> {
	const worker = new Worker(join(at.sourceDir, 'core', 'pdf-worker.ts'), { workerData: { text, at }, resourceLimits: { maxOldGenerationSizeMb: 256 } });
	try {
		const [bytes] = (await once(worker, 'message')) as [Uint8Array];
		return Buffer.from(bytes);
	} finally {
		void worker.terminate();
	}
}

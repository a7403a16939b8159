import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Block } from './pdf.ts';
import { inTurn, openTurns } from './turns.ts';

/** `figure`: an image, drawn on a page of its own. `document`: a PDF, which stands apart: its pages are counted. Both are asked for by `id`. */
export type BookBlock = Block | { kind: 'figure'; id: string; alt: string } | { kind: 'document'; id: string; says: string };
/** A chapter has a heading, a bookmark and a line in the contents. `level` 2: below the last of level 1. `isOnNewPage`: always so for level 1. */
export type Chapter = { title: string; level: 1 | 2; isOnNewPage?: boolean; blocks: readonly BookBlock[] };
/** `header` stands at the top of every page, `label` before its number at the foot. `opening`: what stands before the contents. */
export type Book = { title: string; author: string; header: string; label: string; opening: readonly Block[]; chapters: readonly Chapter[] };
export type MadeBook = { pdf: Buffer; pages: number };
/** Where the bytes of what a book embeds come from: a reason in words where they do not open. `progress`: how many were drawn. */
export type BookSource = { bytes(id: string): Promise<Buffer | { shut: string }>; progress(done: number): void };

export type BookQuestion = { need: string } | { done: number } | { made: Uint8Array; pages: number };
export type BookAnswer = { id: string; bytes: Uint8Array } | { id: string; shut: string };

/**
 * Makes a book: a tagged PDF with contents, bookmarks and numbered pages, on a thread of its own. What it embeds is asked for one by one, so that
 * never more than one lies beside it. @throws Error with code `BUSY` when dozens are being made already; whatever `source.bytes` throws
 */
export async function makeBook(book: Book, at: { now: number; sourceDir: string }, source: BookSource): Promise<MadeBook> {
	const made = await inTurn(turns, () => drawApart(book, at, source));
	if (made === null) throw Object.assign(new Error('Too many documents are being made at once.'), { code: 'BUSY' });
	return made;
}

const turns = openTurns(1, 20);

async function drawApart(book: Book, at: { now: number; sourceDir: string }, source: BookSource): Promise<MadeBook> {
	const worker = new Worker(join(at.sourceDir, 'core', 'pdf-book-worker.ts'), { workerData: { book, at }, resourceLimits: { maxOldGenerationSizeMb: 512 } });
	try {
		return await new Promise<MadeBook>((resolve, reject) => {
			worker.on('message', (question: BookQuestion) => {
				if ('made' in question) resolve({ pdf: Buffer.from(question.made), pages: question.pages });
				else if ('done' in question) source.progress(question.done);
				else answer(worker, source, question.need).catch(reject);
			});
			worker.once('error', reject);
			worker.once('exit', (code) => reject(new Error(`The thread that made a book ended early (${code}).`)));
		});
	} finally {
		void worker.terminate();
	}
}

async function answer(worker: Worker, source: BookSource, id: string): Promise<void> {
	const found = await source.bytes(id);
	const said: BookAnswer = 'shut' in found ? { id, shut: found.shut } : { id, bytes: found };
	worker.postMessage(said);
}

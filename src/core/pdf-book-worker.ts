import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import type { Book, BookAnswer, BookQuestion } from './pdf-book.ts';
import { drawBook } from './pdf-book-draw.ts';

/** The thread that `makeBook` starts. */
const { book, at } = workerData as { book: Book; at: { now: number; sourceDir: string } };
const port = parentPort;
if (port === null) throw new Error('A book is made on a thread of its own.');
const say = (question: BookQuestion) => port.postMessage(question);

async function bytesFor(id: string): Promise<Buffer | { shut: string }> {
	const answered = once(port as NonNullable<typeof port>, 'message');
	say({ need: id });
	const [answer] = (await answered) as [BookAnswer];
	return 'shut' in answer ? { shut: answer.shut } : Buffer.from(answer.bytes);
}

const { pdf, pages } = await drawBook(book, at, { bytes: bytesFor, progress: (done) => say({ done }) });
// Handed over, not copied: it may be a hundred megabytes.
const made = new Uint8Array(pdf.buffer, pdf.byteOffset, pdf.length);
port.postMessage({ made, pages } satisfies BookQuestion, [made.buffer as ArrayBuffer]);

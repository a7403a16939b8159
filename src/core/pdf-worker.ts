import { parentPort, workerData } from 'node:worker_threads';
import type { PdfText } from './pdf.ts';
import { drawPdf } from './pdf-draw.ts';

/** The thread that `makePdf` starts. */
const { text, at } = workerData as { text: PdfText; at: { now: number; sourceDir: string } };
parentPort?.postMessage(await drawPdf(text, at));

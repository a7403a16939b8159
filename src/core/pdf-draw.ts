import { createRequire } from 'node:module';
import { join } from 'node:path';
import PDFDocument from 'pdfkit';
import type { PdfText } from './pdf.ts';
import { drawBlocks } from './pdf-blocks.ts';
import { PAGE } from './pdf-page.ts';

/** What `makePdf` does, on the thread that calls it: some 200 ms for three pages. */
export async function drawPdf(text: PdfText, at: { now: number; sourceDir: string }): Promise<Buffer> {
	const doc = openDocument(text, at);
	drawBlocks(doc, text.title, text.blocks);
	drawFooters(doc, text.footer);
	return bytesOf(doc);
}

/** An empty tagged document with its letters; its first page is there. */
export function openDocument(text: Pick<PdfText, 'title' | 'author'>, at: { now: number; sourceDir: string }): PDFKit.PDFDocument {
	const doc = new PDFDocument({
		size: 'A4',
		margins: { top: PAGE.top, bottom: PAGE.bottom, left: PAGE.side, right: PAGE.side },
		pdfVersion: '1.7',
		subset: 'PDF/UA' as never,
		tagged: true,
		lang: 'en-GB',
		displayTitle: true,
		bufferPages: true,
		info: { Title: text.title, Author: text.author, CreationDate: new Date(at.now), ModDate: new Date(at.now) },
		font: fontFile(at.sourceDir, 'Regular'),
	});
	for (const weight of ['Regular', 'Bold'] as const) doc.registerFont(weight, fontFile(at.sourceDir, weight));
	return doc;
}

/** Ends a document. @returns all of it */
export async function bytesOf(doc: PDFKit.PDFDocument): Promise<Buffer> {
	doc.end();
	const chunks: Buffer[] = [];
	for await (const chunk of doc) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

function drawFooters(doc: PDFKit.PDFDocument, footer: string): void {
	const { start, count } = doc.bufferedPageRange();
	for (let page = start; page < start + count; page += 1) {
		doc.switchToPage(page);
		doc.markContent('Artifact', { type: 'Pagination' });
		// Below the margin, where text would otherwise begin a new page.
		doc.page.margins.bottom = 0;
		const y = doc.page.height - PAGE.bottom + 22;
		doc.font('Regular').fontSize(8.5).fillColor(PAGE.quiet);
		doc.text(footer, PAGE.side, y, { width: PAGE.width - 80, lineBreak: false });
		doc.text(`Page ${page - start + 1} of ${count}`, PAGE.side, y, { width: PAGE.width, align: 'right', lineBreak: false });
		doc.endMarkedContent();
		doc.page.margins.bottom = PAGE.bottom;
	}
}

/** Liberation Sans, from the package that reads PDFs: all of Latin, Greek and Cyrillic; its licence lets documents embed it. */
function fontFile(sourceDir: string, weight: 'Regular' | 'Bold'): string {
	const from = createRequire(join(sourceDir, 'settings.ts'));
	return join(from.resolve('pdfjs-dist/package.json'), '..', 'standard_fonts', `LiberationSans-${weight}.ttf`);
}

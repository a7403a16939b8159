import { drawBlock } from './pdf-blocks.ts';
import type { Book, BookBlock, BookSource, Chapter, MadeBook } from './pdf-book.ts';
import { type ContentsLine, drawContents, placeContents } from './pdf-book-contents.ts';
import { drawingOf, pagesIn } from './pdf-book-embed.ts';
import { bytesOf, openDocument } from './pdf-draw.ts';
import { makeRoom, PAGE } from './pdf-page.ts';

type Doc = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;
type Running = { doc: Doc; source: BookSource; done: number };
type Embedded = Extract<BookBlock, { id: string }>;

/** What `makeBook` does, on the thread that calls it. */
export async function drawBook(book: Book, at: { now: number; sourceDir: string }, source: BookSource): Promise<MadeBook> {
	const doc = openDocument(book, at);
	const root = doc.struct('Document', { title: book.title });
	doc.addStructure(root);
	doc.y = PAGE.top;
	drawBlock(doc, root, { kind: 'heading', level: 1, text: book.title });
	for (const block of book.opening) drawBlock(doc, root, block);
	const lines: ContentsLine[] = book.chapters.map(({ title, level }, index) => ({ title, level, name: `chapter-${index + 1}`, page: 0 }));
	const contents = placeContents(doc, root, lines);
	const running = { doc, source, done: 0 };
	for (const [index, chapter] of book.chapters.entries()) await drawChapter(running, root, chapter, lines[index] as ContentsLine);
	drawContents(doc, contents);
	root.end();
	drawBookmarks(doc, lines);
	const pages = drawEdges(doc, book);
	return { pdf: await bytesOf(doc), pages };
}

async function drawChapter(running: Running, root: Part, { title, level, isOnNewPage, blocks }: Chapter, line: ContentsLine): Promise<void> {
	const { doc } = running;
	if (level === 1 || isOnNewPage) {
		doc.addPage();
		doc.y = PAGE.top;
	} else makeRoom(doc, 120);
	const { start, count } = doc.bufferedPageRange();
	line.page = start + count;
	doc.addNamedDestination(line.name, 'XYZ', 0, doc.y, null);
	const section = doc.struct('Sect', { title });
	root.add(section);
	drawBlock(doc, section, { kind: 'heading', level: level === 1 ? 2 : 3, text: title });
	for (const block of blocks) {
		if (block.kind === 'figure' || block.kind === 'document') await drawEmbedded(running, section, block);
		else drawBlock(doc, section, block);
	}
	section.end();
}

async function drawEmbedded(running: Running, section: Part, block: Embedded): Promise<void> {
	const { doc, source } = running;
	const bytes = await source.bytes(block.id);
	const say = (text: string) => drawBlock(doc, section, { kind: 'paragraph', text });
	if (!Buffer.isBuffer(bytes)) say(bytes.shut);
	else if (block.kind === 'document') say(await sayPages(block.says, bytes));
	else await drawFigure(doc, section, block.alt, bytes);
	running.done += 1;
	source.progress(running.done);
}

async function sayPages(says: string, bytes: Buffer): Promise<string> {
	const pages = await pagesIn(bytes);
	return `${says} It has ${pages === 1 ? 'one page' : `${pages} pages`}.`;
}

/** As large as what is left of the page allows, and on the next page when that is little. */
async function drawFigure(doc: Doc, section: Part, alt: string, bytes: Buffer): Promise<void> {
	const { jpeg, width, height } = await drawingOf(bytes);
	const least = Math.min((PAGE.width * height) / width, 300);
	makeRoom(doc, least);
	const scale = Math.min(PAGE.width / width, (doc.page.height - PAGE.bottom - doc.y) / height, 1);
	const [x, y, w, h] = [PAGE.side, doc.y, width * scale, height * scale];
	const figure = doc.struct('Figure', { alt, bbox: [x, y, x + w, y + h] } as never, () => doc.image(jpeg, x, y, { width: w, height: h }));
	section.add(figure);
	figure.end();
	doc.y = y + h + 8;
}

function drawBookmarks(doc: Doc, lines: readonly ContentsLine[]): void {
	let above = doc.outline;
	for (const { title, level, page } of lines) {
		const item = (level === 1 ? doc.outline : above).addItem(title, { pageNumber: page - 1, left: doc.page.width, expanded: true } as never);
		if (level === 1) above = item;
	}
}

/** Head and foot of every page, which a screen reader passes over, and the numbers by which readers know them. @returns how many pages */
function drawEdges(doc: Doc, { header, label }: Book): number {
	const { start, count } = doc.bufferedPageRange();
	for (let page = start; page < start + count; page += 1) {
		doc.switchToPage(page);
		doc.markContent('Artifact', { type: 'Pagination' });
		doc.page.margins.bottom = 0;
		doc.font('Regular').fontSize(8.5).fillColor(PAGE.quiet);
		doc.text(header, PAGE.side, 32, { width: PAGE.width, lineBreak: false });
		const y = doc.page.height - PAGE.bottom + 22;
		doc.text(`${label} ${page - start + 1} of ${count}`, PAGE.side, y, { width: PAGE.width, align: 'right', lineBreak: false });
		doc.endMarkedContent();
		doc.page.margins.bottom = PAGE.bottom;
	}
	numberPages(doc);
	return count;
}

function numberPages(doc: Doc): void {
	const { ref, _root } = doc as unknown as { ref(data: object): { end(): void }; _root: { data: Record<string, unknown> } };
	const labels = ref.call(doc, { Nums: [0, { S: 'D' }] });
	_root.data.PageLabels = labels;
	labels.end();
}

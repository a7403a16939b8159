import { drawBlock } from './pdf-blocks.ts';
import { PAGE } from './pdf-page.ts';

type Doc = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;
/** A line of the contents. `name`: where it leads; `page`: counted from 1, known once its chapter is drawn. */
export type ContentsLine = { title: string; level: 1 | 2; name: string; page: number };
/** Contents whose place is kept until the numbers are known. `at`: page of the document and height of each line. */
export type Contents = { toc: Part; lines: readonly ContentsLine[]; at: readonly { page: number; y: number }[] };

const SIZE = 10.5;
const GAP = 5;
const NUMBER = 40;
const INDENT = 16;

/** Keeps as many pages for the contents as their lines take; in the order of reading they stand here. */
export function placeContents(doc: Doc, root: Part, lines: readonly ContentsLine[]): Contents {
	doc.addPage();
	doc.y = PAGE.top;
	drawBlock(doc, root, { kind: 'heading', level: 2, text: 'Contents' });
	const toc = doc.struct('TOC');
	root.add(toc);
	const at = lines.map((line) => {
		const height = heightOf(doc, line);
		if (doc.y + height > doc.page.height - PAGE.bottom) {
			doc.addPage();
			doc.y = PAGE.top;
		}
		const place = { page: lastPage(doc), y: doc.y };
		doc.y += height + GAP;
		return place;
	});
	return { toc, lines, at };
}

/** Draws the lines where their place was kept, each with its number and a link. */
export function drawContents(doc: Doc, { toc, lines, at }: Contents): void {
	for (const [index, line] of lines.entries()) {
		const place = at[index];
		if (!place) continue;
		doc.switchToPage(place.page);
		drawLine(doc, toc, line, place.y);
	}
	toc.end();
	doc.switchToPage(lastPage(doc));
}

function drawLine(doc: Doc, toc: Part, line: ContentsLine, y: number): void {
	const x = PAGE.side + (line.level === 2 ? INDENT : 0);
	const height = heightOf(doc, line);
	const item = doc.struct('TOCI');
	toc.add(item);
	const link = doc.struct('Link');
	item.add(link);
	link.add(() => {
		font(doc, line).fillColor(PAGE.text);
		doc.text(line.title, x, y, { width: widthOf(line) });
		doc.font('Regular').text(String(line.page), PAGE.side, y, { width: PAGE.width, align: 'right' });
	});
	// As an object: pdfkit writes plain text as a name.
	const says = Object(`${line.title}, page ${line.page}`);
	(doc as unknown as { goTo(...all: unknown[]): void }).goTo(x, y, PAGE.side + PAGE.width - x, height, line.name, { structParent: link, Contents: says });
	link.end();
	item.end();
}

const widthOf = ({ level }: ContentsLine) => PAGE.width - NUMBER - (level === 2 ? INDENT : 0);
const font = (doc: Doc, { level }: ContentsLine) => doc.font(level === 1 ? 'Bold' : 'Regular').fontSize(SIZE);
const heightOf = (doc: Doc, line: ContentsLine) => font(doc, line).heightOfString(line.title, { width: widthOf(line) });

function lastPage(doc: Doc): number {
	const { start, count } = doc.bufferedPageRange();
	return start + count - 1;
}

import type { Block } from './pdf.ts';
import { drawLine, makeRoom, PAGE } from './pdf-page.ts';

type Doc = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;
type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;
type Column = { x: number; width: number; align: 'left' | 'right' };
type Look = { font: 'Regular' | 'Bold'; tags: readonly { tag: 'TH' | 'TD'; scope?: 'Column' | 'Row' }[] };

const SIZE = 9.5;
const PADDING = 5;

/** Labels and values: a table of two columns whose rows are headed. */
export function drawFacts(doc: Doc, root: Part, { caption, rows }: Of<'facts'>): void {
	const columns = columnsOf([{ share: 32 }, { share: 68 }]);
	const table = begin(doc, root, caption, false);
	const body = child(doc, table, 'TBody');
	for (const row of rows) {
		const cells = [...row];
		makeRoom(doc, heightOf(doc, columns, cells, 'Regular'));
		drawRow(doc, body, columns, cells, { font: 'Regular', tags: [{ tag: 'TH', scope: 'Row' }, { tag: 'TD' }] });
	}
	body.end();
	table.end();
	doc.y += 10;
}

/** A table whose head is repeated at the top of each page, for the eye only: a screen reader hears it once. */
export function drawTable(doc: Doc, root: Part, { caption, columns: given, rows, foot }: Of<'table'>): void {
	const columns = columnsOf(given);
	const labels = given.map((column) => column.label);
	const header: Look = { font: 'Bold', tags: labels.map(() => ({ tag: 'TH', scope: 'Column' })) };
	const plain: Look = { font: 'Regular', tags: labels.map((_, i) => (i === 0 ? { tag: 'TH', scope: 'Row' } : { tag: 'TD' })) };
	const table = begin(doc, root, caption, true);
	const head = child(doc, table, 'THead');
	drawRow(doc, head, columns, labels, header);
	head.end();
	const body = child(doc, table, 'TBody');
	for (const row of rows) {
		if (makeRoom(doc, heightOf(doc, columns, row, 'Regular'))) repeatHead(doc, columns, labels);
		drawRow(doc, body, columns, row, plain);
	}
	if (foot) {
		if (makeRoom(doc, heightOf(doc, columns, foot, 'Bold'))) repeatHead(doc, columns, labels);
		drawRow(doc, body, columns, foot, { ...plain, font: 'Bold' });
	}
	body.end();
	table.end();
	doc.y += 10;
}

function begin(doc: Doc, root: Part, caption: string, isShown: boolean): Part {
	makeRoom(doc, 60);
	const table = child(doc, root, 'Table', { title: caption });
	if (!isShown) return table;
	const words = doc.struct('Caption', {}, () => {
		doc
			.font('Bold')
			.fontSize(SIZE + 1)
			.fillColor(PAGE.text)
			.text(caption, PAGE.side, doc.y, { width: PAGE.width });
	});
	table.add(words);
	words.end();
	doc.y += 4;
	return table;
}

function drawRow(doc: Doc, parent: Part, columns: readonly Column[], cells: readonly string[], { font, tags }: Look): void {
	const height = heightOf(doc, columns, cells, font);
	const { y } = doc;
	const row = child(doc, parent, 'TR');
	for (const [i, column] of columns.entries()) {
		const { tag, scope } = tags[i] ?? { tag: 'TD' };
		const isHead = tag === 'TH' && (font === 'Bold' || columns.length === 2);
		const cell = doc.struct(tag, (scope ? { scope } : {}) as never, () => {
			drawCell(doc, column, { text: cells[i] ?? '', y: y + PADDING, font: isHead ? 'Bold' : font });
		});
		row.add(cell);
		cell.end();
	}
	row.end();
	drawLine(doc, y + height, PAGE.line);
	doc.y = y + height;
}

function repeatHead(doc: Doc, columns: readonly Column[], labels: readonly string[]): void {
	const { y } = doc;
	doc.markContent('Artifact', { type: 'Layout' });
	for (const [i, column] of columns.entries()) drawCell(doc, column, { text: labels[i] ?? '', y: y + PADDING, font: 'Bold' });
	doc.endMarkedContent();
	doc.y = y + heightOf(doc, columns, labels, 'Bold');
	drawLine(doc, doc.y, PAGE.line);
}

function drawCell(doc: Doc, { x, width, align }: Column, { text, y, font }: { text: string; y: number; font: string }): void {
	doc.font(font).fontSize(SIZE).fillColor(PAGE.text).text(text, x, y, { width, align, lineGap: 1.5 });
}

/** A cell taller than a page would end outside of it: it is measured no taller than one. */
function heightOf(doc: Doc, columns: readonly Column[], cells: readonly string[], font: string): number {
	const tallest = columns.map(({ width }, i) =>
		doc
			.font(font)
			.fontSize(SIZE)
			.heightOfString(cells[i] ?? '', { width, lineGap: 1.5 }),
	);
	return Math.min(Math.max(...tallest) + 2 * PADDING, doc.page.height - PAGE.top - PAGE.bottom);
}

function columnsOf(columns: readonly { share: number; isNumber?: boolean }[]): Column[] {
	const all = columns.reduce((sum, { share }) => sum + share, 0);
	let x: number = PAGE.side;
	return columns.map(({ share, isNumber }) => {
		const room = (PAGE.width * share) / all;
		const column: Column = { x: x + 2, width: room - 8, align: isNumber ? 'right' : 'left' };
		x += room;
		return column;
	});
}

function child(doc: Doc, parent: Part, tag: string, options: { title?: string } = {}): Part {
	const part = doc.struct(tag, options);
	parent.add(part);
	return part;
}

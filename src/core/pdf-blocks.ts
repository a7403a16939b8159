import type { Block } from './pdf.ts';
import { makeRoom, PAGE } from './pdf-page.ts';
import { drawFacts, drawTable } from './pdf-table.ts';
import { qrPath } from './qr.ts';

type Doc = PDFKit.PDFDocument;
type Part = PDFKit.PDFStructureElement;
type Of<K extends Block['kind']> = Extract<Block, { kind: K }>;

/** Draws pieces one after another under one document element. */
export function drawBlocks(doc: Doc, title: string, blocks: readonly Block[]): void {
	const root = doc.struct('Document', { title });
	doc.addStructure(root);
	doc.y = PAGE.top;
	for (const block of blocks) drawBlock(doc, root, block);
	root.end();
}

/** Draws one piece inside a structure element that is attached to its document. */
export function drawBlock(doc: Doc, root: Part, block: Block): void {
	switch (block.kind) {
		case 'heading':
			return drawHeading(doc, root, block);
		case 'paragraph':
			return drawParagraph(doc, root, block);
		case 'list':
			return drawList(doc, root, block);
		case 'facts':
			return drawFacts(doc, root, block);
		case 'table':
			return drawTable(doc, root, block);
		case 'qr':
			return drawQr(doc, root, block);
		case 'gap':
			doc.y += 18;
	}
}

const HEADING_SIZES = { 1: 24, 2: 15, 3: 12 } as const;

/** Never the last line of a page. */
function drawHeading(doc: Doc, root: Part, { text, level }: Of<'heading'>): void {
	const size = HEADING_SIZES[level];
	doc.font('Bold').fontSize(size);
	const isFirst = doc.y <= PAGE.top;
	if (!makeRoom(doc, doc.heightOfString(text, { width: PAGE.width }) + 48) && !isFirst) doc.y += level === 1 ? 4 : 14;
	add(doc, root, `H${level}`, () => doc.fillColor(PAGE.brand).text(text, PAGE.side, doc.y, { width: PAGE.width }));
	doc.y += level === 1 ? 10 : 5;
}

const LOOKS = {
	normal: { font: 'Regular', size: 10.5, colour: PAGE.text },
	lead: { font: 'Regular', size: 13, colour: PAGE.text },
	strong: { font: 'Bold', size: 10.5, colour: PAGE.text },
	small: { font: 'Regular', size: 9, colour: PAGE.quiet },
} as const;

function drawParagraph(doc: Doc, root: Part, { text, look }: Of<'paragraph'>): void {
	const { font, size, colour } = LOOKS[look ?? 'normal'];
	doc.font(font).fontSize(size);
	makeRoom(doc, 28);
	add(doc, root, 'P', () => doc.fillColor(colour).text(text, PAGE.side, doc.y, { width: PAGE.width, lineGap: 2.5 }));
	doc.y += 7;
}

function drawList(doc: Doc, root: Part, { items }: Of<'list'>): void {
	const list = doc.struct('L');
	root.add(list);
	for (const item of items) {
		doc.font('Regular').fontSize(10.5).fillColor(PAGE.text);
		makeRoom(doc, doc.heightOfString(item, { width: PAGE.width - 16 }));
		const row = doc.struct('LI');
		list.add(row);
		const { y } = doc;
		add(doc, row, 'Lbl', () => doc.text('•', PAGE.side, y, { width: 10 }));
		add(doc, row, 'LBody', () => doc.text(item, PAGE.side + 16, y, { width: PAGE.width - 16, lineGap: 2.5 }));
		row.end();
		doc.y += 3;
	}
	list.end();
	doc.y += 5;
}

const QR_POINTS = 110;

function drawQr(doc: Doc, root: Part, { content, alt, caption }: Of<'qr'>): void {
	makeRoom(doc, QR_POINTS + 10);
	const { y } = doc;
	const { size, path } = qrPath(content);
	const figure = doc.struct('Figure', { alt, bbox: [PAGE.side, y, PAGE.side + QR_POINTS, y + QR_POINTS] } as never, () => {
		doc
			.save()
			.translate(PAGE.side, y)
			.scale(QR_POINTS / size)
			.path(path)
			.fill('#000000')
			.restore();
	});
	root.add(figure);
	figure.end();
	doc.font('Regular').fontSize(9.5).fillColor(PAGE.text);
	const width = PAGE.width - QR_POINTS - 14;
	const middle = y + (QR_POINTS - doc.heightOfString(caption, { width, lineGap: 2.5 })) / 2;
	add(doc, root, 'P', () => doc.fillColor(PAGE.text).text(caption, PAGE.side + QR_POINTS + 14, middle, { width, lineGap: 2.5 }));
	doc.y = y + QR_POINTS + 8;
}

/** Draws inside a new structure element. */
function add(doc: Doc, parent: Part, tag: string, draw: () => unknown): void {
	const part = doc.struct(tag, {}, () => draw());
	parent.add(part);
	part.end();
}

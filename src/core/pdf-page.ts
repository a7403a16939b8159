/** Measures of a page in points (A4), and its colours. */
export const PAGE = { top: 64, bottom: 72, side: 60, width: 595.28 - 2 * 60, text: '#1b2430', quiet: '#4a5563', line: '#b6bec8', brand: '#0b5563' } as const;

type Doc = PDFKit.PDFDocument;

/** Begins a new page when less than `height` points are left on this one. Says whether it did. */
export function makeRoom(doc: Doc, height: number): boolean {
	if (doc.y + height <= doc.page.height - PAGE.bottom) return false;
	doc.addPage();
	return true;
}

/** Draws something that says nothing: lines, fills. Screen readers pass over it. */
export function asArtifact(doc: Doc, draw: () => void): void {
	doc.markContent('Artifact', { type: 'Layout' });
	draw();
	doc.endMarkedContent();
}

export function drawLine(doc: Doc, y: number, colour: string): void {
	asArtifact(doc, () =>
		doc
			.moveTo(PAGE.side, y)
			.lineTo(PAGE.side + PAGE.width, y)
			.lineWidth(0.75)
			.strokeColor(colour)
			.stroke(),
	);
}

import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pdfFault } from './file-check-pdf-scan.ts';

type Checked = { type: string; text: string; content: Buffer } | { refused: string };

const MOST_PAGES = 500;
const PAGES_READ = 60;
const MOST_TEXT = 200_000;
const AGAIN = 'Print it to a new PDF (every computer and telephone can), and choose that one.';
const BROKEN = `We could not read that PDF. ${AGAIN}`;

/**
 * Reads a PDF twice: its bytes, for what must not be in it, and with a real reader, which must agree. It is kept as it came.
 * Refused: encrypted, broken, with a script, an action that starts something, an attachment, another format in the same file.
 */
export async function checkPdf(bytes: Buffer): Promise<Checked> {
	const fault = pdfFault(bytes);
	if (fault) return { refused: `${fault} ${AGAIN}` };
	try {
		return await read(bytes);
	} catch (error) {
		const isLocked = (error as Error).name === 'PasswordException';
		return { refused: isLocked ? `That PDF is locked with a password. ${AGAIN}` : BROKEN };
	}
}

type Pdf = Awaited<ReturnType<typeof openPdf>>;

/** Opens a PDF for reading: nothing in it runs, nothing is fetched. @throws Error for what is no PDF */
export async function openPdf(bytes: Buffer) {
	const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
	const task = getDocument({
		data: new Uint8Array(bytes),
		verbosity: VerbosityLevel.ERRORS,
		stopAtErrors: true,
		enableXfa: false,
		useSystemFonts: false,
		disableFontFace: true,
		useWasm: false,
		standardFontDataUrl: `${join(folder, 'standard_fonts')}/`,
		cMapUrl: `${join(folder, 'cmaps')}/`,
		maxImageSize: 1,
	});
	return task.promise;
}

async function read(bytes: Buffer): Promise<Checked> {
	const pdf = await openPdf(bytes);
	if (pdf.numPages > MOST_PAGES)
		return { refused: `That PDF has more than ${MOST_PAGES} pages. Choose the pages that matter, and save them as a PDF of their own.` };
	if (await runsSomething(pdf)) return { refused: `That PDF has a script or an action in it. ${AGAIN}` };
	if ((await pdf.getAttachments()) !== null) return { refused: `That PDF has other files inside it. ${AGAIN}` };
	let text = '';
	for (let number = 1; number <= pdf.numPages; number += 1) {
		const page = await pdf.getPage(number);
		const annotations = (await page.getAnnotations()) as { subtype?: string; actions?: unknown; attachment?: unknown; file?: unknown }[];
		if (
			(await page.getJSActions()) !== null ||
			annotations.some((a) => a.actions || a.attachment || a.file || /^(FileAttachment|RichMedia|Movie|Screen|Sound|3D)$/.test(a.subtype ?? ''))
		) {
			return { refused: `That PDF has a script, an action or a file on page ${number}. ${AGAIN}` };
		}
		if (number <= PAGES_READ && text.length < MOST_TEXT) text += await textOf(page);
		page.cleanup();
	}
	return { type: 'application/pdf', text: text.slice(0, MOST_TEXT), content: bytes };
}

async function runsSomething(pdf: Pdf): Promise<boolean> {
	const opened = (await pdf.getOpenAction()) as { action?: unknown } | null;
	return opened?.action !== undefined || (await pdf.hasJSActions()) || (await pdf.getJSActions()) !== null;
}

async function textOf(page: Awaited<ReturnType<Pdf['getPage']>>): Promise<string> {
	const { items } = await page.getTextContent();
	return `${items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : ' ') : '')).join('')}\n`;
}

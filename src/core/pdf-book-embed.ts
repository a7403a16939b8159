import sharp from 'sharp';
import { openPdf } from './file-check-pdf.ts';

/** Longest side of an image in a book: a page of A4 at some 150 points an inch, enough to read print. */
const MOST_PIXELS = 1600;

// Only what is kept may be decoded at all, see file-check-image.ts.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

export type Drawing = { jpeg: Buffer; width: number; height: number };

/** An image as it is put into a book: upright, on white, no larger than a page can show. @throws Error for what is no image */
export async function drawingOf(bytes: Buffer): Promise<Drawing> {
	const { data, info } = await sharp(bytes, { failOn: 'error', pages: 1 })
		.resize({ width: MOST_PIXELS, height: MOST_PIXELS, fit: 'inside', withoutEnlargement: true })
		.autoOrient()
		.flatten({ background: '#ffffff' })
		.toColourspace('srgb')
		.jpeg({ quality: 75 })
		.toBuffer({ resolveWithObject: true });
	return { jpeg: data, width: info.width, height: info.height };
}

/** How many pages a PDF has. @throws Error for what is no PDF */
export async function pagesIn(bytes: Buffer): Promise<number> {
	const pdf = await openPdf(bytes);
	try {
		return pdf.numPages;
	} finally {
		await pdf.loadingTask.destroy();
	}
}

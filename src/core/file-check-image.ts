import sharp from 'sharp';

const MOST_PIXELS = 40_000_000;
/** One that is built up in passes is held whole while it is read: 40 million pixels took 289 MB, 24 million 200, of the 256 that a check may use. */
const MOST_PIXELS_IN_PASSES = 24_000_000;
const PHOTO_PIXELS = 800;
/** Longest side of a document that was photographed: enough to read small print. */
const DOCUMENT_PIXELS = 3000;

// Only what we take may be decoded at all: AVIF and HEIF had a hole that ran foreign code (GHSA-26w7-cxv4-gfx2).
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });
sharp.cache(false);
sharp.concurrency(1);

type Checked = { type: string; text: string; content: Buffer } | { refused: string };

/**
 * Draws an image anew: upright, without place, camera or any other hidden data, and without whatever stood behind or between its pixels.
 * A photo becomes a small WebP; a document stays JPEG or PNG, at most 3,000 pixels long.
 */
export async function checkImage(bytes: Buffer, type: 'image/jpeg' | 'image/png', isPhoto: boolean): Promise<Checked> {
	const { width, height, isProgressive } = await sharp(bytes, { limitInputPixels: false }).metadata();
	if (width * height > (isProgressive ? MOST_PIXELS_IN_PASSES : MOST_PIXELS))
		return { refused: `That image has too many pixels (${width} by ${height}). Save it smaller, and choose the new one.` };
	const drawn = sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 })
		.resize({ width: isPhoto ? PHOTO_PIXELS : DOCUMENT_PIXELS, height: isPhoto ? PHOTO_PIXELS : DOCUMENT_PIXELS, fit: 'inside', withoutEnlargement: true })
		.autoOrient()
		.toColourspace('srgb');
	if (isPhoto) return { type: 'image/webp', text: '', content: await drawn.webp({ quality: 82 }).toBuffer() };
	const content = type === 'image/png' ? await drawn.png({ compressionLevel: 9 }).toBuffer() : await drawn.jpeg({ quality: 85, mozjpeg: false }).toBuffer();
	return { type, text: '', content };
}

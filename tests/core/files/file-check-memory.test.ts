import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { checkFile } from '#core/file-check.ts';
import { readSettings } from '#settings';
import { pdf } from './corpus.ts';

const check = (bytes: Buffer) => checkFile(readSettings({}).sourceDir, bytes, 'document');

/** With something in every pixel, so that nothing is saved by packing. */
function picture(width: number, height: number, channels: 3 | 4 = 3) {
	const raw = Buffer.alloc(width * height * channels);
	for (let i = 0; i < raw.length; i += 1) raw[i] = ((i % width) >> 5) + (i % 7);
	return sharp(raw, { raw: { width, height, channels } });
}

const TALLEST_IN_PASSES = 4000;

test('the largest picture of each kind that is taken keeps within the memory of a check', { timeout: 60_000 }, async () => {
	const largest = {
		'image/jpeg': await picture(7300, 5470).jpeg({ quality: 60 }).toBuffer(),
		'image/png': await picture(7300, 5470).png({ compressionLevel: 3 }).toBuffer(),
	};
	for (const [type, bytes] of Object.entries(largest)) expect(await check(bytes)).toMatchObject({ type });
	const inPasses = [
		await picture(6000, TALLEST_IN_PASSES).jpeg({ quality: 60, progressive: true }).toBuffer(),
		await picture(6000, TALLEST_IN_PASSES, 4).png({ compressionLevel: 3, progressive: true }).toBuffer(),
	];
	for (const bytes of inPasses) expect(await check(bytes)).toHaveProperty('type');
});

test('a picture built up in passes is refused at fewer pixels, since it is held whole', async () => {
	const bytes = await picture(6000, TALLEST_IN_PASSES + 8)
		.jpeg({ quality: 30, progressive: true })
		.toBuffer();
	expect(await check(bytes)).toMatchObject({ refused: expect.stringContaining('too many pixels') });
});

test('the largest PDF keeps within it', { timeout: 30_000 }, async () => {
	const image = randomBytes(9_900_000).toString('latin1');
	const head = `<< /Type /XObject /Subtype /Image /Width 1800 /Height 1800 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Length ${image.length} >>`;
	expect(await check(pdf({ more: [`${head}\nstream\n${image}\nendstream`] }))).toMatchObject({ type: 'application/pdf' });
});

import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkFile, type FileUse } from '#core/file-check.ts';
import { readSettings } from '#settings';
import { hugePng, jpeg, jpegFromTelephone, pdf, pdfWithObjectStream, png, zip } from './corpus.ts';
import { REFUSED_OTHERS, REFUSED_PDFS } from './refused.ts';

const check = (bytes: Buffer | string, use: FileUse = 'document') => checkFile(readSettings({}).sourceDir, Buffer.from(bytes), use);
const LINK = '/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://example.org) >> >>]';

describe('a file that is taken', () => {
	test('is a PDF, kept as it came, with the words it says', async () => {
		const bytes = pdf({ text: 'Certificate of attendance', page: LINK });
		const verdict = await check(bytes);
		expect(verdict).toMatchObject({ type: 'application/pdf', text: expect.stringContaining('Certificate of attendance') });
		expect('content' in verdict && bytes.equals(verdict.content)).toBe(true);
	});

	test('may open at a page of its own, which starts nothing', async () => {
		expect(await check(pdf({ catalog: '/OpenAction [3 0 R /Fit]' }))).toHaveProperty('type');
		expect(await check(pdf({ catalog: '/OpenAction 6 0 R', more: ['<< /S /GoTo /D [3 0 R /Fit] >>'] }))).toHaveProperty('type');
		expect(await check(pdfWithObjectStream('<< /Harmless true >>'))).toHaveProperty('type');
	});

	test('is an image, drawn anew: upright, without camera and place', async () => {
		const taken = await jpegFromTelephone();
		expect(taken.includes('canary-camera')).toBe(true);
		const verdict = await check(taken);
		if (!('content' in verdict)) throw new Error(verdict.refused);
		expect(await sharp(verdict.content).metadata()).toMatchObject({ format: 'jpeg', width: 40, height: 60 });
		expect((await sharp(verdict.content).metadata()).exif).toBeUndefined();
		expect(verdict.content.includes('canary-camera')).toBe(false);
		expect(await check(await png())).toMatchObject({ type: 'image/png' });
	});

	test('is a photo, made small', async () => {
		const verdict = await check(await jpeg(2400, 1600), 'photo');
		if (!('content' in verdict)) throw new Error(verdict.refused);
		expect(await sharp(verdict.content).metadata()).toMatchObject({ format: 'webp', width: 800, height: 533 });
	});

	test('loses whatever stood behind its pixels', async () => {
		const hidden = '<?php echo "canary-behind"; ?>';
		for (const image of [await jpeg(), await png()]) {
			const verdict = await check(Buffer.concat([image, Buffer.from(hidden), zip('evil.js', Buffer.from('canary-zip'))]));
			if (!('content' in verdict)) continue;
			expect(verdict.content.includes('canary-behind')).toBe(false);
			expect(verdict.content.includes('PK\x03\x04')).toBe(false);
		}
	});
});

describe('a PDF is refused', () => {
	test.each(REFUSED_PDFS)('%s', async (_, bytes, said) => {
		expect(await check(bytes)).toEqual({ refused: expect.stringMatching(said) });
	});

	test('with pages that unpack to a gigabyte: given up within its ten seconds, or read as empty', async () => {
		const bomb = deflateSync(deflateSync(Buffer.alloc(200_000_000, ' '))).toString('latin1');
		const begun = performance.now();
		const more = [`<< /Length ${bomb.length} /Filter [/FlateDecode /FlateDecode] >>\nstream\n${bomb}\nendstream`];
		const verdict = await check(pdf({ page: '/Contents 6 0 R', more }));
		expect(performance.now() - begun).toBeLessThan(11_000);
		expect('refused' in verdict ? verdict.refused.length : verdict.type).toBeTruthy();
	}, 15_000);
});

describe('what is refused', () => {
	test.each(REFUSED_OTHERS)('%s', async (_, bytes, said) => {
		expect(await check(bytes)).toEqual({ refused: expect.stringMatching(said) });
	});

	test('a photo that is a PDF', async () => {
		expect(await check(pdf(), 'photo')).toEqual({ refused: expect.stringContaining('JPEG or PNG') });
	});

	test('an image of 30,000 by 30,000 pixels, at once', async () => {
		const begun = performance.now();
		expect(await check(hugePng(30_000, 30_000))).toEqual({ refused: expect.stringContaining('too many pixels') });
		expect(performance.now() - begun).toBeLessThan(5000);
	});

	test('an image that is cut off', async () => {
		for (const whole of [await jpeg(800, 600), await png(800, 600)]) {
			expect(await check(whole.subarray(0, Math.floor(whole.length * 0.6)))).toEqual({ refused: expect.stringContaining('could not read') });
		}
	});
});

test('the largest image we take fits into what a check may use', async () => {
	const big = await sharp({ create: { width: 7000, height: 5700, channels: 3, background: '#246' } })
		.withMetadata({ orientation: 6 })
		.jpeg()
		.toBuffer();
	expect(await check(big)).toMatchObject({ type: 'image/jpeg' });
}, 15_000);

test('the process that looks into files can write nothing, start nothing, and knows no secret', async () => {
	const { execFileSync } = await import('node:child_process');
	const code = 'import("node:fs").then(fs => fs.writeFileSync("x", "")).catch(e => console.log(e.code))';
	expect(execFileSync(process.execPath, ['--permission', '--allow-addons', '--no-warnings', '-e', code], { encoding: 'utf8' }).trim()).toBe(
		'ERR_ACCESS_DENIED',
	);
});

import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkFile, type FileUse } from '#core/file-check.ts';
import { readSettings } from '#settings';
import { hugePng, jpeg, jpegFromTelephone, pdf, pdfWithObjectStream, png, zip } from './corpus.ts';

const check = (bytes: Buffer | string, use: FileUse = 'document') => checkFile(readSettings({}).sourceDir, Buffer.from(bytes), use);
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
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
	const script = '<< /S /JavaScript /JS (app.alert(1)) >>';
	test.each<[string, Buffer, RegExp]>([
		['with a script when it is opened', pdf({ catalog: `/OpenAction ${script}` }), /script/],
		['with a script among its names', pdf({ catalog: `/Names << /JavaScript << /Names [(a) ${script}] >> >>` }), /script/],
		['with a script whose name is spelled in numbers', pdf({ catalog: '/OpenAction << /S /J#61vaScript /J#53 (app.alert(1)) >>' }), /script/],
		['with a script in a packed object', pdfWithObjectStream(script), /script/],
		['with a script on a page', pdf({ page: `/AA << /O ${script} >>` }), /script/],
		['with something that starts when it is opened', pdf({ catalog: '/OpenAction << /S /URI /URI (https://example.org) >>' }), /script or an action/],
		['with such a thing in another object', pdf({ catalog: '/OpenAction 6 0 R', more: ['<< /S /Named /N /Print >>'] }), /script or an action/],
		['with a program to launch', pdf({ page: '/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A << /S /Launch /F (cmd.exe) >> >>]' }), /script or an action/],
		['with a form that is sent', pdf({ page: '/Annots [<< /Subtype /Widget /Rect [0 0 9 9] /A << /S /SubmitForm /F (x) >> >>]' }), /script or an action/],
		[
			'with a file inside',
			pdf({
				catalog: '/Names << /EmbeddedFiles << /Names [(a) 6 0 R] >> >>',
				more: ['<< /Type /Filespec /F (a.exe) /EF << /F 7 0 R >> >>', '<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream'],
			}),
			/other files/,
		],
		['that is locked', pdf({ trailer: '/Encrypt 6 0 R /ID [<00><00>]', more: ['<< /Filter /Standard /V 1 /R 2 /O (x) /U (x) /P -4 >>'] }), /locked/],
		['with a zip behind it', Buffer.concat([pdf(), zip('a.txt', Buffer.from('a'))]), /two kinds/],
		['with a zip inside its last bytes', Buffer.concat([pdf(), zip('a.txt', Buffer.from('a')), Buffer.from('\n%%EOF\n')]), /two kinds/],
		['with a page of HTML behind it', Buffer.concat([pdf(), Buffer.from('<script>alert(1)</script>')]), /two kinds/],
		['with a page of HTML before it', Buffer.concat([Buffer.from('<html><script>1</script>\n'), pdf()]), /two kinds|not a PDF/],
		['with more than two kilobytes after its end', Buffer.concat([pdf(), Buffer.alloc(2100, 'a')]), /two kinds/],
		['that is cut off', pdf().subarray(0, 300), /cut off/],
		['that unpacks to a hundred megabytes', pdfWithObjectStream('', '/Filter /FlateDecode', deflateSync(Buffer.alloc(100_000_000))), /unpacks/],
		['packed in a way we do not look through', pdfWithObjectStream('', '/Filter /LZWDecode', Buffer.from('x')), /look through/],
		['that is not one', Buffer.from(`%PDF-1.7\n${'nothing '.repeat(50)}%%EOF`), /could not read/],
	])('%s', async (_, bytes, said) => {
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
	const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
	test.each<[string, Buffer | string, RegExp]>([
		['a drawing in SVG', svg, /not a PDF, JPEG or PNG/],
		['a page of HTML', '<!doctype html><script>alert(1)</script>', /not a PDF/],
		['a GIF that is a script as well', 'GIF89a/*\x01\x00*/=1;alert(1)//', /not a PDF/],
		['a zip', zip('a.pdf', Buffer.alloc(1_000_000)), /not a PDF/],
		['a zip of zips', zip('a.zip', zip('b.zip', Buffer.alloc(10_000_000))), /not a PDF/],
		['a document of a word processor', zip('word/document.xml', Buffer.from('<w:document/>')), /not a PDF/],
		['an AVIF', Buffer.from('\0\0\0\x20ftypavif\0\0\0\0avifmif1miafMA1B', 'latin1'), /not a PDF/],
		['a HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'), /not a PDF/],
		['a program', Buffer.concat([Buffer.from('MZ'), randomBytes(500)]), /not a PDF/],
		['the test of virus scanners', EICAR, /harmful/],
		['the same inside a PDF', pdf({ text: EICAR.replace(/[()\\]/g, '\\$&'), contentStream: `% ${EICAR}` }), /harmful/],
		['noise', randomBytes(4096), /not a PDF/],
	])('%s', async (_, bytes, said) => {
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

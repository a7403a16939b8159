import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import jsQR from 'jsqr';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { become, personWith } from '#tests/helpers/person.ts';
import { startSite } from '#tests/helpers/site.ts';

const PDFJS = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'build');
const VIEWER = `<!doctype html><canvas id="paper"></canvas><script type="module">
	import { getDocument, GlobalWorkerOptions } from '/pdf.mjs';
	GlobalWorkerOptions.workerSrc = '/pdf.worker.mjs';
	const page = await (await getDocument({ url: '/certificate.pdf' }).promise).getPage(1);
	const viewport = page.getViewport({ scale: 2 });
	Object.assign(paper, { width: viewport.width, height: viewport.height });
	await page.render({ canvas: paper, canvasContext: paper.getContext('2d'), viewport }).promise;
	document.title = 'drawn';
</script>`;

/** A PDF's first page as somebody sees it who opens it: drawn by a real reader in a real browser. */
async function drawn(pdf: Buffer): Promise<Buffer> {
	const browser = await launchBrowser();
	try {
		const page = await browser.newPage({ viewport: { width: 1250, height: 1750 } });
		await page.route('**/*', (route) => {
			const name = new URL(route.request().url()).pathname;
			if (name === '/certificate.pdf') return route.fulfill({ body: pdf, contentType: 'application/pdf' });
			if (name.endsWith('.mjs')) return route.fulfill({ body: readFileSync(join(PDFJS, name)), contentType: 'text/javascript' });
			return route.fulfill({ body: name === '/' ? VIEWER : '', contentType: 'text/html' });
		});
		await page.goto('http://reader.test/');
		await page.waitForFunction(() => document.title === 'drawn', null, { timeout: 20_000 });
		return await page.locator('#paper').screenshot();
	} finally {
		await browser.close();
	}
}

test('the QR code on a printed certificate is read by a camera and opens the live entry', async () => {
	const site = await startSite({ JOBS: 'outside' });
	try {
		const member = await become(site, personWith(site, 'member'));
		const certificate = await member.get('/my/certificates?as=pdf');
		const picture = await drawn(Buffer.from(await certificate.arrayBuffer()));
		const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
		const url = jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
		const number = /certificate-(IPT-\d+)-/.exec(certificate.headers.get('content-disposition') ?? '')?.[1];
		expect(url).toBe(`${site.origin}/register/${number}`);
		const entry = await fetch(url);
		expect([entry.status, (await entry.text()).includes(number ?? 'none')]).toEqual([200, true]);
	} finally {
		await site.stop();
	}
}, 60_000);

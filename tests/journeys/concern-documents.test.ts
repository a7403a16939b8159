import { afterAll, beforeAll, expect, test } from 'vitest';
import { jpegFromTelephone, pdf } from '#tests/core/files/corpus.ts';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { overflow } from '#tests/helpers/journey.ts';
import { visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import * as concerns from '../web/records/concerns.ts';
import { sceneOn } from '../web/records/scene.ts';

const LONG = `${'a very long name of a photo with no end '.repeat(2)}${'x'.repeat(60)}.jpg`;
let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site?.stop());

test('on a small telephone without JavaScript somebody adds photos, sees which one was refused and why, opens one and takes one away', async () => {
	const browser = await launchBrowser();
	const context = await browser.newContext({ baseURL: site.origin, javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
	const page = await context.newPage();
	await page.goto('/concerns/begin');
	await page.getByLabel('A therapist').check();
	await page.getByLabel('Choose a passphrase').or(page.locator('input[type="password"]')).first().fill('marble otter kettle sunrise');
	await page.locator('input[name="kept"]').check();
	await page.locator('main form button').last().click();
	await page.getByRole('link', { name: 'Documents and photos' }).click();
	const chosen = [
		{ name: LONG, mimeType: 'image/jpeg', buffer: await jpegFromTelephone() },
		{ name: 'letter.pdf', mimeType: 'application/pdf', buffer: pdf() },
	];
	await page.getByLabel('Choose documents or photos').setInputFiles([...chosen, { name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('<html>') }]);
	await page.getByRole('button', { name: 'Add to what is here' }).click();
	const text = () => page.locator('main').innerText();
	expect(await text()).toContain('page.html: That is not a PDF, JPEG or PNG file.');
	expect(await text()).toContain('The other 2 are kept');
	expect(await text()).toContain('2 documents. There is room for 198 more.');
	expect(await overflow(page)).toBe(0);
	const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'letter.pdf', exact: true }).click()]);
	expect(download.suggestedFilename()).toBe('letter.pdf');
	await page.getByRole('link', { name: 'Take away letter.pdf' }).click();
	expect(await overflow(page)).toBe(0);
	await page.getByRole('button', { name: 'Take it away' }).click();
	expect(await text()).toContain('It has been taken away.');
	expect(await text()).toContain('1 document. There is room for 199 more.');

	const whose = visitor(site);
	for (const { name, value } of await context.cookies()) whose.cookies.set(name, value);
	const [left = ''] = await page
		.getByRole('link', { name: /^Take away/ })
		.evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).pathname))
		.catch(() => []);
	const paths = ['/concerns/mine/documents', '/concerns/mine', '/concerns/mine/check', ...(left ? [left] : [])];
	const faults = await faultsOf(
		browser,
		site,
		whose,
		paths.map((path) => ({ path })),
	);
	const scene = sceneOn(site);
	const at = `/office/concerns/${await scene.made(concerns.taken)}/documents`;
	const empty = { path: at, reach: (office: typeof page) => office.getByRole('button', { name: 'Keep with the case' }).click() };
	faults.push(...(await faultsOf(browser, site, await scene.be(concerns.officer), [{ path: at }, empty])));
	await browser.close();
	expect(faults).toEqual([]);
});

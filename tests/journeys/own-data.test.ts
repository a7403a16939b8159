import { readFileSync } from 'node:fs';
import jsQR from 'jsqr';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { pdf } from '#tests/core/files/corpus.ts';
import { faultsOf, faultsOn } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, overflow, type Visiting } from '#tests/helpers/journey.ts';
import { become, personWith } from '#tests/helpers/person.ts';

journeys('what someone holds in the hand, and what is held about them', (visiting: Visiting) => {
	async function signedIn(width: number): Promise<Page> {
		const { page } = await visiting.enter('/', { width });
		const someone = await become(visiting.site(), personWith(visiting.site(), 'member'));
		await page.context().addCookies([...someone.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
		return page;
	}
	const axe = async (page: Page) => {
		if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
	};

	test('a member downloads the certificate and shows the card on a telephone: its code opens the entry', async () => {
		const page = await signedIn(320);
		await page.goto('/my/certificates');
		expect(await overflow(page)).toBeLessThanOrEqual(0);
		await axe(page);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download the certificate (PDF)' }).click()]);
		expect(
			readFileSync((await download.path()) ?? '')
				.subarray(0, 5)
				.toString(),
		).toBe('%PDF-');
		await page.getByRole('link', { name: /membership card/i }).click();
		expect(await heading(page)).toBe('Membership card');
		expect(await overflow(page)).toBeLessThanOrEqual(0);
		await axe(page);
		const picture = await page.locator('svg.qr').screenshot();
		const { data, info } = await sharp(picture).resize(600).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
		const url = jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? '';
		expect(url).toMatch(/\/register\/IPT-\d+$/);
		await page.goto(url);
		expect(await page.locator('main').innerText()).toContain('Accredited');
	});

	test('downloads everything, asks for something to be put right, and takes it back', async () => {
		const page = await signedIn(320);
		await page.goto('/my/data');
		expect(await overflow(page)).toBeLessThanOrEqual(0);
		await axe(page);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download as JSON' }).click()]);
		expect(JSON.parse(readFileSync((await download.path()) ?? '', 'utf8'))).toHaveProperty('sections');
		await page.getByRole('link', { name: 'Ask about your data' }).click();
		await page.getByRole('button', { name: 'Send' }).click();
		await axe(page);
		await page.getByLabel('Put something right').check();
		await page.getByLabel('What is wrong, or what should go?').fill('My middle name is missing.');
		await page.getByRole('button', { name: 'Send' }).click();
		expect(await page.getByRole('status').innerText()).toContain('We have your request');
		await axe(page);
		await page.getByRole('button', { name: 'Take this request back' }).click();
		expect(await page.getByRole('status').innerText()).toContain('taken your request back');
	});

	test('a file that is refused says why; a good one beside it stays with the form', async () => {
		const page = await signedIn(320);
		await page.goto('/my/cpd/new');
		await page.getByLabel('What did you do?').fill('A day of training');
		await page.getByRole('button', { name: /draft/i }).click();
		const entry = /\/my\/cpd\/([^/?]+)|entry=([^&]+)/.exec(page.url());
		await page.goto(`/my/cpd/${entry?.[1] ?? entry?.[2]}/evidence`);
		const script = pdf({ catalog: '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>' });
		await page.getByLabel('Add files').setInputFiles([
			{ name: 'good.pdf', mimeType: 'application/pdf', buffer: pdf() },
			{ name: 'bad.pdf', mimeType: 'application/pdf', buffer: script },
		]);
		await page.getByRole('button', { name: 'Keep with this entry' }).click();
		expect(await page.getByRole('alert').innerText()).toContain('script or an action');
		await axe(page);
		expect(await page.getByLabel('Keep good.pdf').isChecked()).toBe(true);
		await page.getByRole('button', { name: 'Keep with this entry' }).click();
		expect(await page.getByRole('link', { name: 'good.pdf' }).count()).toBe(1);
		expect(await page.getByRole('link', { name: 'bad.pdf' }).count()).toBe(0);
		await axe(page);
	});

	test('a file that is too large is told at once, where scripts run', async () => {
		if (!visiting.javaScript) return;
		const page = await signedIn(320);
		await page.goto('/my/cpd');
		const entry = /\/my\/cpd\/[0-9a-f-]{36}/.exec(await page.content())?.[0] ?? '';
		await page.goto(`${entry}/evidence`);
		await page.getByLabel('Add files').setInputFiles({ name: 'film.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) });
		await page.getByRole('status').filter({ hasText: 'film.png is larger than 10 MB' }).waitFor();
		expect(await page.getByLabel('Add files').inputValue()).toBe('');
	});

	test('the office’s pages of requests have nothing that axe objects to, and fit a telephone', async () => {
		if (visiting.javaScript) return;
		const site = visiting.site();
		const member = await become(site, personWith(site, 'member'));
		const asked = await member.post('/my/data/requests/new', { kind: 'erasure', said: 'My old telephone number.', repeatKey: 'axe'.repeat(12) });
		const reference = /DAT-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(asked.headers.get('location') ?? '')?.[0] ?? '';
		const officer = await become(site, personWith(site, 'membership_officer'));
		const browser = await launchBrowser();
		try {
			const empty = (page: Page) => page.getByRole('button', { name: 'Send' }).click();
			const pages = [
				{ path: '/office/data-requests' },
				{ path: `/office/data-requests/${reference}` },
				{ path: `/office/data-requests/${reference}`, reach: empty },
			];
			expect(await faultsOf(browser, site, officer, pages)).toEqual([]);
			expect(await faultsOf(browser, site, member, [{ path: '/my/data' }, { path: '/my/certificates' }, { path: '/my/certificates/card' }])).toEqual([]);
		} finally {
			await browser.close();
		}
	});
});

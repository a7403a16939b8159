import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { heading, journeys } from '#tests/helpers/journey.ts';

journeys('choosing between therapists', ({ site, javaScript, enter }) => {
	test('someone ticks three, compares them side by side, takes one off and finds their search again', async () => {
		const { page } = await enter('/find?place=London');
		const names = await tick(page, 3);
		expect(await heading(page)).toBe('Your shortlist: 3 therapists');
		const table = page.getByRole('table', { name: 'Side by side' });
		expect(await table.getByRole('columnheader').allInnerTexts()).toEqual(['Question', ...names]);
		for (const question of ['Level', 'Where', 'New clients', 'Fee', 'Register number']) expect(await table.innerText()).toContain(question);

		await page.getByRole('link', { name: `Take off ${names[1]}` }).click();
		await page.getByRole('heading', { name: 'Your shortlist: 2 therapists' }).waitFor();
		const [first, , third] = names;
		expect(await page.getByRole('main').locator('.card__title').allInnerTexts()).toEqual([first, third]);

		await page.getByRole('link', { name: 'Back to the search' }).click();
		expect(await heading(page)).toMatch(/near London/);
		expect(await page.getByRole('checkbox', { name: `Compare ${first}` }).isChecked()).toBe(true);
		expect(await page.getByRole('checkbox', { name: `Compare ${names[1]}` }).isChecked()).toBe(false);
	});

	test('the link carries the list to someone else, and nothing is stored', async () => {
		const { page } = await enter('/find?place=London');
		const names = await tick(page, 2);
		const link = await page.getByLabel('A link that carries this list').inputValue();
		expect(link.startsWith(`${site().origin}/shortlist?t=`)).toBe(true);
		expect(await page.context().cookies()).toEqual([]);
		const friend = await enter(link);
		expect(await friend.page.locator('.card__title').allInnerTexts()).toEqual(names);
	});

	test('on paper there is the comparison, the address of the page and urgent help, and no furniture', async () => {
		const { page } = await enter('/find?place=London');
		const names = await tick(page, 2);
		await page.emulateMedia({ media: 'print' });
		for (const furniture of ['.safety', '.nav', '.before', '.footer__columns', '.button', '.copy-link'])
			expect(await page.locator(furniture).first().isVisible(), furniture).toBe(false);
		const paper = await page.locator('body').innerText();
		for (const kept of [...names, 'This page: ', '/shortlist', '116 123', 'Register number']) expect(paper).toContain(kept);
	});

	test('a button prints where scripts run, and is not there where they do not', async () => {
		const { page } = await enter('/find?place=London');
		await tick(page, 1);
		const button = page.getByRole('button', { name: 'Print this page' });
		if (!javaScript) return expect(await button.count()).toBe(0);
		await page.evaluate(() => {
			window.print = () => document.body.setAttribute('data-printed', '');
		});
		await button.click();
		expect(await page.locator('body[data-printed]').count()).toBe(1);
	});

	test('a contact card holds the name, the register number and no mail address', async () => {
		const { page } = await enter('/find?place=London');
		await page.locator('.result__name a').first().click();
		const name = await heading(page);
		const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Save as a contact card' }).click()]);
		expect(download.suggestedFilename()).toMatch(/\.vcf$/);
		const card = readFileSync(await download.path(), 'utf8');
		expect(card).toMatch(/^BEGIN:VCARD\r\nVERSION:4\.0\r\n/);
		expect(card).toContain(`FN:${name}`);
		expect(card).toMatch(/register number IPT-\d{6}/);
		expect(card).not.toContain('@');
	});
});

/** Ticks the first so many results and sends them on. Returns their names. */
async function tick(page: Page, count: number): Promise<string[]> {
	const names = (await page.locator('.result__name a').allInnerTexts()).slice(0, count);
	for (const name of names) await page.getByRole('checkbox', { name: `Compare ${name}` }).check();
	await page.getByRole('button', { name: 'Compare those I ticked' }).click();
	await page.waitForURL(/\/shortlist\?/);
	return names;
}

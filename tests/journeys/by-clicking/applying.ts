import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { deliveredMails } from '#core/mail-files.ts';
import { openDatabase } from '#db/client.ts';
import { heading, type Visiting } from '#tests/helpers/journey.ts';

/** What is looked at on the way, such as axe and the width; nothing where a journey is about something else. */
export type Look = (page: Page) => Promise<void>;
export const noLook: Look = async () => undefined;

/** Sends the questions before anything else without an answer, then with the answers that lead on. */
export async function answerQuestions(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'See whether you can apply' }).click();
	await page.getByText('Answer this question.').first().waitFor();
	for (const yes of await page.locator('input[type="radio"][value="yes"]').all()) await yes.check();
	await page.getByRole('button', { name: 'See whether you can apply' }).click();
	await page.getByText('You can apply').waitFor();
}

/** Words where they are asked for, all that the record has (or the first of it), else a file. */
export async function fillSections(page: Page, look: Look, evidence: 'first' | 'all'): Promise<void> {
	const links = page.locator('ul[aria-labelledby="sections"] a');
	const count = await links.count();
	await links.first().click();
	for (let n = 1; n <= count; n += 1) {
		await page.getByText(`Section ${n} of ${count}`).waitFor();
		const words = page.locator('textarea[name="text"]');
		if ((await words.count()) > 0) await words.fill('I learnt to keep to the focal area.');
		const record = await page.locator('input[name="chosen"]').all();
		for (const box of evidence === 'all' ? record : record.slice(0, 1)) await box.check();
		if (record.length === 0 && (await words.count()) === 0) await page.locator('input[type="file"]').setInputFiles(PICTURE);
		if (n <= 2) await look(page);
		await page.getByRole('button', { name: 'Save and go on' }).click();
	}
	await page.getByText('Every section is done.').waitFor();
	await look(page);
}

export const PICTURE = {
	name: 'certificate.png',
	mimeType: 'image/png',
	buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
};

/** Ticks the declaration and sends; the first time without the tick. @returns the reference */
export async function send(page: Page): Promise<string> {
	await page.getByRole('button', { name: 'Send my application' }).click();
	await page.getByText('Tick the box if you can say all of this.').first().waitFor();
	await page.getByLabel('I declare this').check();
	await page.getByRole('button', { name: 'Send my application' }).click();
	await page.getByText('Your application has been sent.').waitFor();
	return /ACC-2026-\d{4}/.exec(await page.locator('main').innerText())?.[0] ?? '';
}

export async function payFee(page: Page): Promise<void> {
	await page.getByRole('link', { name: 'Pay the fee' }).click();
	await page
		.getByRole('button', { name: 'Pay by card' })
		.or(page.getByRole('link', { name: 'Go to the payment page' }))
		.click();
	await page.getByRole('button', { name: 'Pay', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'Thank you. Your payment has arrived.' }).waitFor();
}

/** From the page that the link of a request opens, once it says who asks: yes, they can. */
export async function openRequest(page: Page): Promise<void> {
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByLabel('Yes', { exact: true }).check();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
}

/** Signs and sends what was written about an applicant. */
export async function signReport(page: Page, name: string): Promise<void> {
	await page.locator('input[name="recommend"][value="yes"]').check();
	await page.locator('input[name="hasConflict"][value="no"]').check();
	await page.getByLabel('Your full name').fill(name);
	await page.getByLabel('These words are mine').check();
	await page.getByRole('button', { name: 'Send', exact: true }).click();
	await page.getByText('Thank you: we have your answer.').waitFor();
}

/** The whole answer of somebody who was asked, by the link in their message. @returns what the page was called */
export async function reportByLink(visiting: Visiting, to: string, name: string): Promise<string> {
	const { page } = await visiting.enter(await linkTo(visiting, to), { width: 320 });
	await openRequest(page);
	const title = await heading(page);
	for (const words of await page.locator('form textarea:not([name="conflict"])').all()) await words.fill('Warm and exact.');
	await signReport(page, name);
	return title;
}

/** The path that the newest request to an address links to, as the demonstration shows the message. */
export async function linkTo(visiting: Visiting, to: string): Promise<string> {
	const { dataDir, origin } = visiting.site();
	const { sql } = openDatabase(join(dataDir, 'register.db'), { readonly: true });
	const newest = sql.prepare("SELECT id FROM outbox WHERE to_address = ? AND kind = 'accreditation.request' ORDER BY rowid DESC").pluck();
	const mail = await vi.waitUntil(() => deliveredMails(dataDir).find(({ id }) => id === newest.get(to)), { timeout: 20_000, interval: 100 });
	sql.close();
	const { page } = await visiting.enter(`/demo/mail/${mail.name}`);
	const href = await page.locator('.letter a[href*="/accreditation/request/"]').getAttribute('href');
	await page.close();
	expect(href).toContain('/accreditation/request/');
	return new URL(href ?? '', origin).pathname;
}

import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { heading, type Visiting } from '#tests/helpers/journey.ts';
import { at } from './desk.ts';

/** An officer finds an application complete. */
export async function findComplete(officer: Page, reference: string): Promise<void> {
	await officer.goto('/office/applications?view=all');
	await officer.getByRole('link', { name: reference }).click();
	await officer.getByRole('link', { name: 'It is complete' }).click();
	await officer.getByRole('button', { name: 'It is complete' }).click();
	await officer.getByText('The application is complete.').waitFor();
}

/** Gives it to an assessor, from its page. */
export async function giveTo(officer: Page, name: string): Promise<void> {
	await officer.getByRole('link', { name: 'Give it to an assessor' }).click();
	await officer.getByLabel(name).check();
	await officer.getByRole('button', { name: 'Give it to them' }).click();
	await officer.getByText('The assessor has been asked.').waitFor();
}

/** An assessor who says that nothing ties them to the applicant, on the file that opens to them by it. */
export async function declareFree(visiting: Visiting, assessor: string, reference: string, width = 1280): Promise<Page> {
	const page = await at(visiting, assessor, '/office/applications', width);
	await page.getByRole('link', { name: reference }).click();
	expect(await heading(page)).toBe(`Before you open ${reference}`);
	await page.getByLabel('Nothing ties me to this person').check();
	await page.getByRole('button', { name: 'Go on' }).click();
	await page.getByRole('heading', { name: 'Your sheet' }).waitFor();
	return page;
}

/** Marks every criterion of the sheet as met, from its first part to the page on which it is sealed. */
export async function markAllMet(page: Page, reference: string): Promise<void> {
	await page.goto(`/office/applications/${reference}`);
	await page.locator('.own-sheet a').first().click();
	for (let isLast = false; !isLast; ) {
		await page.getByRole('heading', { name: 'Your marks' }).waitFor();
		for (const criterion of await page.locator('.mark').all()) await criterion.getByLabel('Met', { exact: true }).check();
		isLast = (await page.getByRole('button', { name: 'Save, then seal' }).count()) > 0;
		const was = page.url().split('?')[0];
		await page.getByRole('button', { name: /^Save/ }).click();
		await page.waitForURL((url) => `${url.origin}${url.pathname}` !== was);
	}
}

/** Marks the first criterion of a part as something that can be mended, in words. */
export async function markFixable(page: Page, reference: string, section: string, words: string): Promise<void> {
	await page.goto(`/office/applications/${reference}/sheet/${section}`);
	const first = page.locator('.mark').first();
	await first.getByLabel('Not shown yet, can be mended').check();
	await first.getByLabel('Why, if it is not met').selectOption({ label: 'Can be mended: Something that is needed was not there.' });
	await first.getByLabel('In your own words').fill(words);
	await page.getByRole('button', { name: /^Save/ }).click();
	await page.waitForURL((url) => !url.pathname.endsWith(section));
}

/** The lead asks for what they marked as still to be mended; the question is there already. */
export async function askForMore(page: Page, reference: string, question: string): Promise<void> {
	await page.goto(`/office/applications/${reference}`);
	await page.getByRole('link', { name: 'Ask the applicant for more' }).click();
	expect(await page.getByLabel('What you ask, as the applicant reads it').first().inputValue()).toBe(question);
	await page.getByRole('button', { name: 'Ask for it' }).click();
	await page.getByText('The clock stands still.').first().waitFor();
}

/** From the page on which a sheet is sealed. */
export async function seal(page: Page, words: string): Promise<void> {
	await page.getByLabel('Award', { exact: true }).check();
	await page.getByLabel('Why, in a few sentences').fill(words);
	await page.getByRole('button', { name: 'Seal it' }).click();
	await page.getByText('Your sheet is sealed.').waitFor();
}

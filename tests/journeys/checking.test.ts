import { beforeAll, expect, test } from 'vitest';
import { heading, journeys } from '#tests/helpers/journey.ts';
import { type Entry, entriesOf } from './standings.ts';

journeys('checking the register', ({ site, enter }) => {
	let entries: Entry[];
	beforeAll(async () => {
		entries = await entriesOf(site());
	});
	const someone = (code: string) => entries.find((e) => e.code === code && e.name) as Entry;

	test('an employer looks up a name and sees the status in plain words', async () => {
		const { name } = someone('accredited');
		const { page } = await enter('/');
		await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Check the register' }).click();
		await page.getByLabel('Name or register number').fill(name ?? '');
		await page.getByRole('button', { name: 'Check' }).click();
		await page
			.getByRole('link', { name: name ?? '', exact: true })
			.first()
			.click();
		expect(await heading(page)).toBe(name);
		expect(await page.locator('.status').innerText()).toMatch(/Accredited\n[\s\S]*True on 22 November 2026/);
		await page.getByRole('heading', { name: 'If you employ people' }).waitFor();
		await page.getByText('Only this page is proof').waitFor();
	});

	test('a number goes straight to its entry, with spaces and small letters too', async () => {
		const { number } = someone('accredited');
		const { page } = await enter('/register');
		await page.getByLabel('Name or register number').fill(
			` ${number
				.toLowerCase()
				.replace('-', ' ')
				.replace(/(\d{3})(\d{3})/, '$1 $2')} `,
		);
		await page.getByRole('button', { name: 'Check' }).click();
		await page.waitForURL(`**/register/${number}`);
	});

	test('a slip in a number is forgiven: the number that was meant is offered', async () => {
		const { number } = someone('accredited');
		const slip = number.slice(0, -1) + ((Number(number.at(-1)) + 1) % 10);
		const { page } = await enter('/register');
		await page.getByLabel('Name or register number').fill(slip);
		await page.getByRole('button', { name: 'Check' }).click();
		await page.getByText('It tells you nothing about the person').waitFor();
		expect(await page.getByLabel('Name or register number').inputValue()).toBe(slip);
		await page.getByRole('link', { name: number }).click();
		await page.waitForURL(`**/register/${number}`);
	});

	test('a past day is told as it was, and leads back to today', async () => {
		const { number } = someone('suspended');
		const { page } = await enter(`/register/${number}`);
		expect(await page.locator('.status').innerText()).toMatch(/^Suspended/);
		await page.getByText('See how this entry stood on an earlier day').click();
		for (const [part, value] of [
			['Day', '3'],
			['Month', 'March'],
			['Year', '2024'],
		] as const)
			await page.getByLabel(part, { exact: true }).fill(value);
		await page.getByRole('button', { name: 'Show that day' }).click();
		await page.waitForURL(`**/register/${number}?on=2024-03-03`);
		const told = await page.locator('main').innerText();
		expect(told).toContain('On 3 March 2024: accredited');
		expect(told).not.toMatch(/suspen/i);
		await page.getByRole('link', { name: 'See how the entry stands today' }).click();
		expect(await page.locator('.status').innerText()).toMatch(/^Suspended/);
	});

	test('a day that does not exist is named, stays in its boxes, and the message leads there', async () => {
		const { page } = await enter(`/register/${someone('accredited').number}`);
		await page.getByText('See how this entry stood on an earlier day').click();
		await page.getByLabel('Day', { exact: true }).fill('31');
		await page.getByLabel('Month', { exact: true }).fill('2');
		await page.getByLabel('Year', { exact: true }).fill('2024');
		await page.getByRole('button', { name: 'Show that day' }).click();
		await page.locator('[data-error-summary] a').click();
		const focused = await page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value);
		expect(focused).toBe('31');
		expect(await page.getByLabel('Month', { exact: true }).inputValue()).toBe('2');
	});

	test.each([
		['suspended', 'Suspended'],
		['removed', 'Removed from the register'],
		['conditions', 'Accredited, with conditions'],
		['interim_suspended', 'Interim suspension'],
		['lapsed', 'No longer on the register'],
		['organisation', 'Registered through an organisation'],
	])('someone who is %s is shown as “%s”, with what it means', async (code, title) => {
		const { page } = await enter(`/register/${someone(code).number}`);
		expect(await page.locator('.status').innerText()).toMatch(new RegExp(`^${title}`));
		await page.getByRole('heading', { name: 'What this means' }).waitFor();
	});

	test('nobody who may not practise is in the finder, and an old link to their page says only that it is gone', async () => {
		const { page } = await enter('/register');
		const out = ['suspended', 'interim_suspended', 'removed', 'lapsed'].map(someone);
		for (const { name } of out) {
			await page.goto(`/find?name=${encodeURIComponent(name ?? '')}`);
			expect(await page.getByRole('link', { name: name ?? '', exact: true }).count(), name ?? '').toBe(0);
		}
		const gone = entries.find((e) => e.slug && ['suspended', 'interim_suspended'].includes(e.code)) as Entry;
		const response = await page.goto(`/therapists/${gone.slug}`);
		expect(response?.status()).toBe(410);
		expect(await heading(page)).toBe('This page is no longer shown');
		expect(await page.locator('main').innerText()).not.toMatch(new RegExp(`suspen|${gone.name}`, 'i'));
	});
});

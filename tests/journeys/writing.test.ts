import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { heading, journeys, traces, type Visitor, writeToFirst } from '#tests/helpers/journey.ts';

const LOG_FILE = join(tmpdir(), `ipt-journey-${process.pid}.log`);
/** What must reach the therapist and nothing else. */
const MESSAGE = 'My sister died in spring. Canary-of-the-message. Could we meet on Tuesdays?';
/** Whoever sends faster than this is taken for a program. */
const READING_MS = 3100;

journeys(
	'writing to a therapist',
	({ site, enter }) => {
		test('someone finds a therapist, writes, gets a reference; both mails come; the therapist answers with one tap', async () => {
			const visitor = await enter('/');
			const { page } = visitor;
			await page.getByLabel('Where are you looking?').fill('RG128XX');
			await page.getByRole('button', { name: 'Find a therapist' }).click();
			await writeToFirst(page);
			const therapist = (await heading(page)).replace('Write to ', '');
			const reference = await write(page, 'sam@sender.example');
			await page.getByText('What happens next').waitFor();

			const messages = async () => (await fetch(`${site().origin}/demo/mail`)).text();
			await vi.waitUntil(async () => (await messages()).split(reference).length > 2, { timeout: 20_000, interval: 200 });
			await page.getByRole('link', { name: 'See the messages it would send' }).click();
			const forSender = page.getByRole('row', { name: `We have passed on your message (${reference})` });
			expect(await forSender.innerText()).toContain('sam@sender.example');
			await page.getByRole('link', { name: `We have passed on your message (${reference})` }).click();
			const acknowledged = await page.locator('main').innerText();
			expect(acknowledged).toContain(reference);
			for (const secret of ['Canary', therapist, 'Tuesdays']) expect(acknowledged).not.toContain(secret);

			await page.getByRole('link', { name: 'All messages' }).click();
			await page.getByRole('link', { name: new RegExp(`through the register \\(${reference}\\)`) }).click();
			expect(await page.locator('main').innerText()).toContain(`\n\n> ${MESSAGE}\n\n`);
			await page.locator('.letter a[href^="/link/"]').click();
			expect(await heading(page)).toBe(`Message ${reference}`);
			expect(await page.locator('main').innerText()).not.toMatch(/Sam|Canary|We noted/);
			await page.getByRole('button', { name: 'I have answered this message' }).click();
			await page.getByText('We noted that you have answered.').waitFor();

			await leavesNoTrace(visitor);
		});

		test('mistakes are named, and everything typed is still there', async () => {
			const visitor = await enter('/find?online=1');
			const { page } = visitor;
			await writeToFirst(page);
			await page.getByLabel('Your name').fill('Ann “Nan” O’Neill <b>');
			await page.getByLabel('Telephone call').check();
			await page.getByLabel('Your e-mail address').fill('ann at home');
			await page.getByLabel('When is it safe to answer?').fill('after 6 & not on Sundays');
			await page.getByLabel('Your message').fill('Two lines:\n"this" & that');
			await page.getByRole('button', { name: 'Send my message' }).click();
			await page.getByRole('heading', { name: 'Please have another look' }).waitFor();
			expect(await page.title()).toMatch(/^Error: /);
			expect(await page.getByLabel('Your name').inputValue()).toBe('Ann “Nan” O’Neill <b>');
			expect(await page.getByLabel('Telephone call').isChecked()).toBe(true);
			expect(await page.getByLabel('Your e-mail address').inputValue()).toBe('ann at home');
			expect(await page.getByLabel('When is it safe to answer?').inputValue()).toBe('after 6 & not on Sundays');
			expect(await page.getByLabel('Your message').inputValue()).toBe('Two lines:\n"this" & that');
			const named = await page.locator('[data-error-summary] a').allInnerTexts();
			expect(named).toEqual([
				'Enter an e-mail address in full, like name@example.com.',
				'Enter your telephone number, so that the therapist can call you.',
				'Tick the box if you agree that we pass your message on. We cannot send it without.',
			]);

			await page.getByLabel('Your e-mail address').fill('');
			await page.getByLabel('Your telephone number').fill('01632 960 001');
			await page.getByRole('checkbox', { name: /^I agree/ }).check();
			await sleep(READING_MS);
			await page.getByRole('button', { name: 'Send my message' }).click();
			await page.getByRole('heading', { name: 'Your message is on its way' }).waitFor();
			await leavesNoTrace(visitor);
		});

		test('whoever sends at once is asked to look again, and loses nothing', async () => {
			const { page } = await enter('/find?online=1');
			await writeToFirst(page);
			await fill(page, 'quick@sender.example');
			await page.getByRole('button', { name: 'Send my message' }).click();
			await page.getByRole('link', { name: /^That was very quick/ }).waitFor();
			expect(await page.getByLabel('Your message').inputValue()).toBe(MESSAGE);
		});
	},
	{ LOG_FILE },
);

async function write(page: Page, email: string): Promise<string> {
	await fill(page, email);
	await sleep(READING_MS);
	await page.getByRole('button', { name: 'Send my message' }).click();
	await page.getByRole('heading', { name: 'Your message is on its way' }).waitFor();
	const reference = /ENQ-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await page.locator('main').innerText())?.[0];
	expect(reference).toBeDefined();
	return reference ?? '';
}

async function fill(page: Page, email: string): Promise<void> {
	await page.getByLabel('Your name').fill('Sam');
	await page.getByLabel('E-mail', { exact: true }).check();
	await page.getByLabel('Your e-mail address').fill(email);
	await page.getByLabel('Your message').fill(MESSAGE);
	await page.getByRole('checkbox', { name: /^I agree/ }).check();
}

/** Neither an address, nor a referrer, nor the server's log holds the postcode, the message or who wrote it. */
async function leavesNoTrace(visitor: Visitor): Promise<void> {
	// The log is written once a second.
	await sleep(1200);
	const log = readFileSync(LOG_FILE, 'utf8');
	expect(log).toContain('"path":"/find"');
	const secrets = /rg12\W*8\W*xx|canary|sender\.example|sam@|Nan|Sundays|960\W*001|ann at/i;
	expect([...(await traces(visitor)).map((t) => decodeURIComponent(t)), ...log.split('\n')].filter((line) => secrets.test(line))).toEqual([]);
}

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { faultsOn } from '#tests/helpers/axe.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become, personWith } from '#tests/helpers/person.ts';
import { startServer } from '#tests/helpers/server.ts';
import { putNewcomer } from '../web/membership/acting.ts';

/** Ten and a half months later: the same register, looked at by a server whose clock has moved on. */
const LATER = '2027-10-01T12:00:00Z';

/** Signs somebody of the demonstration in at the browser of a visitor. */
async function signIn(page: Page, site: { origin: string }, personId: string): Promise<void> {
	const { cookies } = await become(site, personId);
	await page.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url: site.origin })));
}

async function enterAs({ site, enter }: Visiting, personId: string, path: string, width?: number): Promise<Visitor> {
	const visitor = await enter('/', width ? { width } : {});
	await signIn(visitor.page, site(), personId);
	await visitor.page.goto(path);
	return visitor;
}

async function pay(page: Page): Promise<void> {
	await page.getByRole('link', { name: /^Pay £/ }).click();
	await page
		.getByRole('button', { name: 'Pay by card' })
		.or(page.getByRole('link', { name: 'Go to the payment page' }))
		.click();
	await page.getByRole('button', { name: 'Pay', exact: true }).click();
	await page.getByRole('status').filter({ hasText: 'Your payment has arrived' }).waitFor();
}

journeys(
	'becoming a member',
	(visiting) => {
		test('someone applies on a telephone, is accepted, pays, and a year later renews without a gap', { timeout: 400_000 }, async () => {
			const faults: string[] = [];
			const look = async (page: Page) => {
				if (visiting.javaScript) faults.push(...(await faultsOn(page)));
				expect(await overflow(page)).toBeLessThanOrEqual(0);
			};
			const jo = putNewcomer(visiting.site(), 'Jo');
			const visitor = await enterAs(visiting, jo, '/join', 320);
			const { page } = visitor;
			await look(page);
			await page.getByRole('link', { name: 'Sign in and apply' }).click();
			await page.getByRole('button', { name: 'Begin an application' }).click();
			await look(page);
			await page.getByRole('radio', { name: /^Basic member/ }).check();
			await page.getByRole('button', { name: 'Save and go on' }).click();
			await page.getByRole('button', { name: 'Save and go on' }).click();
			await page.getByText('Please have another look').waitFor();
			await look(page);
			await page.getByLabel('Day', { exact: true }).fill('3');
			await page.getByLabel('Month', { exact: true }).fill('May');
			await page.getByLabel('Year', { exact: true }).fill('1980');
			await page.getByRole('button', { name: 'Save and come back later' }).click();
			await page.getByText('What you typed is kept.').waitFor();
			await look(page);
			await page.getByRole('link', { name: 'Go on' }).click();
			await page.getByLabel('Which body').selectOption('HCPC');
			await page.getByLabel('Your number with that body').fill('PYL12345');
			await look(page);
			await page.getByRole('button', { name: 'Save and go on' }).click();
			for (const box of await page.getByLabel('I agree').all()) await box.check();
			for (const box of await page.getByLabel('I can say this').all()) await box.check();
			await look(page);
			await page.getByRole('button', { name: 'Save and go on' }).click();
			expect(await heading(page)).toBe('Check your answers');
			await look(page);
			await page.getByRole('button', { name: 'Send my application' }).click();
			await page.getByText('Your application has been sent.').waitFor();
			const reference = /MEM-\d{4}-\d{4}/.exec(await page.locator('main').innerText())?.[0] ?? '';

			const { page: office } = await enterAs(visiting, personWith(visiting.site(), 'membership_officer'), '/office/memberships');
			await look(office);
			await office.getByRole('link', { name: reference }).click();
			await look(office);
			await office.getByRole('link', { name: 'Accept', exact: true }).click();
			await look(office);
			await office.getByRole('button', { name: 'Accept the application' }).click();
			await office.getByText('The application is accepted.').waitFor();

			await page.goto('/join/apply');
			await page.getByRole('link', { name: 'Pay the fee' }).click();
			await look(page);
			await pay(page);
			await page.goto('/my/membership');
			expect(await page.locator('main').innerText()).toContain('You are a member (Basic member), paid until ');
			await look(page);

			const later = await startServer({ dataDir: visiting.site().dataDir, env: { DEMO: '1', DEMO_NOW: LATER, JOBS: 'outside' } });
			await signIn(page, later, jo);
			await page.goto(`${later.origin}/my/membership`);
			const before = await page.locator('main').innerText();
			const [, paidTo = ''] = /paid until (\d+ \w+ \d{4})/.exec(before) ?? [];
			await page.getByRole('link', { name: 'Renew', exact: true }).click();
			await look(page);
			await page.getByLabel('I can still say all of this').check();
			await page.getByRole('button', { name: 'Go on to the payment' }).click();
			await page.getByText('Your order is noted.').waitFor();
			await pay(page);
			await page.goto(`${later.origin}/my/membership`);
			const after = await page.locator('main').innerText();
			expect(after).toContain(`paid until ${paidTo.replace(/\d{4}$/, (year) => String(Number(year) + 1))}`);
			expect(await page.getByRole('table').locator('tbody tr').count()).toBe(2);
			expect(faults).toEqual([]);
			await later.stop();
			// The later server is ours too.
			visitor.trouble.splice(0, Infinity, ...visitor.trouble.filter((t) => !t.startsWith(`another origin: ${later.origin}`)));
		});
	},
	{ JOBS: 'outside' },
);

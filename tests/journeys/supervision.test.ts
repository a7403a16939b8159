import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { deliveredMails } from '#core/mail-files.ts';
import { openDatabase } from '#db/client.ts';
import { faultsOf, faultsOn } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';

const PHONE = { width: 360 };

journeys('supervision', (visiting) => {
	test('a member logs a session on a telephone, the supervisor confirms it by the link in the mail, and nobody alters it', async () => {
		const { page } = await asMember(visiting);
		const name = visiting.javaScript ? 'Olu Outside' : 'Ola Outside';
		await ask(page, name);
		const agree = await linkMailed(visiting, 'supervision.asked-outside');
		const supervisor = await visiting.enter(agree, PHONE);
		expect(await supervisor.page.locator('main').innerText()).not.toMatch(/ supervise [A-Z]/);
		await faultless(visiting, supervisor.page);
		await supervisor.page.getByRole('button', { name: 'Go on' }).click();
		await faultless(visiting, supervisor.page);
		expect(await heading(supervisor.page)).toMatch(/^Do you supervise .+\?$/);
		await supervisor.page.getByRole('button', { name: 'Yes, I supervise them' }).click();
		await supervisor.page.getByText('Your answer is noted.').waitFor();

		await page.goto('/my/supervision');
		const startedAt = performance.now();
		await page.getByRole('link', { name: 'Log a session' }).click();
		await page.getByLabel(name).check();
		await page.getByLabel('How long was it?').fill('2,5');
		await page.getByLabel('One to one').check();
		await page.getByRole('button', { name: 'Log it' }).click();
		await page.getByText('Use a point, not a comma').first().waitFor();
		await page.getByLabel('How long was it?').fill('50 min');
		await page.getByRole('button', { name: 'Log it' }).click();
		await page.getByText('Logged. It counts from now on.').waitFor();
		expect(performance.now() - startedAt).toBeLessThan(60_000);
		expect(await overflow(page)).toBeLessThanOrEqual(0);

		await page.getByRole('link', { name: `1 session for ${name} to confirm` }).click();
		await page.getByRole('button', { name: `Ask ${name} to confirm` }).click();
		await page.getByText('The message to your supervisor is on its way.').waitFor();
		const confirm = await linkMailed(visiting, 'supervision.confirm');
		await supervisor.page.goto(confirm);
		await supervisor.page.getByRole('button', { name: 'Go on' }).click();
		expect(await heading(supervisor.page)).toMatch(/^Supervision of /);
		expect(await overflow(supervisor.page)).toBeLessThanOrEqual(0);
		await faultless(visiting, supervisor.page);
		expect(await supervisor.page.locator('main').innerText()).toContain('50 minutes');
		expect(new URL(supervisor.page.url()).pathname).toBe('/supervision/confirm');
		await supervisor.page.getByRole('button', { name: 'Confirm all that is not marked' }).click();
		await supervisor.page.getByText('Your answer is noted.').waitFor();
		await supervisor.page.goto(confirm);
		await supervisor.page.getByText('This link was used already').waitFor();

		await page.goto('/my/supervision');
		const entry = page.getByRole('listitem').filter({ hasText: name }).filter({ hasText: 'Confirmed' });
		await entry.getByRole('link').first().click();
		await page.getByText('It is confirmed and stays as it is.').waitFor();
		expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
		await page.getByRole('link', { name: 'enter a correction' }).click();
		expect(await heading(page)).toBe('Correct a confirmed session');
		expect(await page.getByLabel('How long was it?').inputValue()).toBe('50 min');
	});

	test('every page of it has nothing that axe objects to, and fits a telephone', async () => {
		if (visiting.javaScript) return;
		const site = visiting.site();
		const browser = await launchBrowser();
		try {
			const { supervisee, supervisor, relation, waiting, confirmed } = cast(site.dataDir);
			const own = ['', '/new', `/${waiting}`, `/${waiting}/delete`, `/${confirmed}`, `/new?corrects=${confirmed}`, '/people', '/people/new'];
			const mine = [...own, `/people/${relation}`, `/people/${relation}/end`].map((path) => ({ path: `/my/supervision${path}` }));
			const more = ['/my/cpd/year', '/my/cpd/year?year=2026-04-01', '/my/cpd/portfolio', '/my/calendar'].map((path) => ({ path }));
			const wrong = [
				{ path: '/my/supervision/new', reach: sendEmpty },
				{ path: '/my/supervision/people/new', reach: sendEmpty },
			];
			expect(await faultsOf(browser, site, await become(site, supervisee), [...mine, ...more, ...wrong])).toEqual([]);
			const theirs = ['/my/supervision/supervisees', `/my/supervision/supervisees/${relation}`].map((path) => ({ path }));
			expect(await faultsOf(browser, site, await become(site, supervisor), theirs)).toEqual([]);
		} finally {
			await browser.close();
		}
	});
});

async function asMember(visiting: Visiting): Promise<Visitor> {
	const member = await become(visiting.site(), cast(visiting.site().dataDir).supervisee);
	const visitor = await visiting.enter('/', PHONE);
	await visitor.page.context().addCookies([...member.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await visitor.page.goto('/my/supervision');
	return visitor;
}

/** Asks axe, which needs JavaScript. */
async function faultless(visiting: Visiting, page: Page): Promise<void> {
	if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
}

async function ask(page: Page, name: string): Promise<void> {
	await page.getByRole('link', { name: 'Supervisors and supervisees' }).click();
	await page.getByRole('link', { name: 'Note a supervision' }).click();
	await page.getByLabel('My supervisor, who is not on this register').check();
	await page.getByLabel('Their name').fill(name);
	await page.getByLabel('Their profession').fill('Clinical psychologist');
	await page.getByLabel('Their e-mail address').fill(`${name.slice(0, 3)}@outside.example`);
	await page.getByRole('button', { name: 'Ask them' }).click();
	await page.getByText('They are asked.').waitFor();
	expect(await overflow(page)).toBeLessThanOrEqual(0);
}

/** The link in the newest message of a kind, as the demonstration shows it: delivered within a second or two. */
async function linkMailed(visiting: Visiting, kind: string): Promise<string> {
	const { dataDir, origin } = visiting.site();
	const { sql } = openDatabase(`${dataDir}/register.db`, { readonly: true });
	const newest = sql.prepare('SELECT id FROM outbox WHERE kind = ? ORDER BY created_at DESC, rowid DESC').pluck();
	const delivered = () => deliveredMails(dataDir).find((mail) => mail.id === newest.get(kind));
	const mail = await vi.waitUntil(delivered, { timeout: 20_000, interval: 100 });
	sql.close();
	const { page } = await visiting.enter(`/demo/mail/${mail.name}`);
	const href = await page.locator('.letter a[href*="/supervision/confirm/"]').getAttribute('href');
	return new URL(href ?? '', origin).pathname;
}

async function sendEmpty(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^(Log it|Ask them)$/ }).click();
	await page.locator('[data-error-summary]').waitFor();
}

/** Somebody supervised in the demonstration, by whom, a session that waits and one that is confirmed. */
function cast(dataDir: string): { supervisee: string; supervisor: string; relation: string; waiting: string; confirmed: string } {
	const { sql } = openDatabase(`${dataDir}/register.db`, { readonly: true });
	try {
		const text = `SELECT r.id AS relation, r.supervisee_id AS supervisee, r.supervisor_id AS supervisor,
			max(CASE WHEN e.confirmed_at IS NULL THEN e.id END) AS waiting, max(CASE WHEN e.confirmed_at IS NOT NULL THEN e.id END) AS confirmed
			FROM supervision_relation r JOIN supervision_entry e ON e.relation_id = r.id WHERE r.supervisor_id IS NOT NULL
			GROUP BY r.id HAVING waiting IS NOT NULL AND confirmed IS NOT NULL ORDER BY r.id LIMIT 1`;
		return sql.prepare(text).get() as ReturnType<typeof cast>;
	} finally {
		sql.close();
	}
}

import type { Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { deliveredMails } from '#core/mail-files.ts';
import { openDatabase } from '#db/client.ts';
import { faultsOf, faultsOn } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become } from '#tests/helpers/person.ts';
import { addressOf, RECORD_ADDRESSES } from '../web/record-addresses.ts';
import { sceneOn } from '../web/records/scene.ts';

const PHONE = { width: 320 };

journeys('training records', (visiting) => {
	test('a trainee begins a case on a telephone, the supervisor rates and signs it by the link in the mail, and the grid fills', async () => {
		const { trainee, supervisorName } = cast(visiting.site().dataDir, visiting.javaScript ? 0 : 1);
		const { page } = await as(visiting, trainee);
		await faultless(visiting, page);
		await page.setViewportSize({ width: 320, height: 800 });
		expect(await overflow(page)).toBeLessThanOrEqual(0);
		await page.getByRole('link', { name: 'Begin a case' }).click();
		await fillCase(page);
		const note = page.getByLabel('The focus, in general words');
		await note.fill('She is called Anna and misses her mother');
		if (visiting.javaScript) await page.getByText('This seems to hold a name.').waitFor();
		await page.getByRole('button', { name: 'Keep the case' }).click();
		await page.locator('[data-error-summary]').waitFor();
		expect(await note.inputValue()).toBe('She is called Anna and misses her mother');
		await faultless(visiting, page);
		await note.fill('Mourning a parent');
		await page.getByRole('button', { name: 'Keep the case' }).click();
		await page.getByText('The case is kept.').waitFor();
		const code = /CASE-\w{4}-\w{4}/.exec(page.url())?.[0] ?? '';
		await page.getByRole('button', { name: `Ask ${supervisorName} to sign` }).click();
		await page.getByText('The message to your supervisor is on its way.').waitFor();

		const { page: theirs } = await visiting.enter(await linkMailed(visiting), PHONE);
		expect(await theirs.locator('main').innerText()).not.toContain(code);
		await theirs.getByRole('button', { name: 'Go on' }).click();
		expect(await theirs.locator('main').innerText()).toContain(code);
		expect(await heading(theirs)).toMatch(/^\S+ \S+/);
		await faultless(visiting, theirs);
		await theirs.getByLabel('Day of the session you heard').fill('8 May 2026');
		await theirs.getByLabel('Early', { exact: true }).check();
		await theirs.getByLabel('Yes', { exact: true }).first().check();
		for (const group of await theirs.locator('.score-scale fieldset').all()) await group.getByLabel('4', { exact: true }).check();
		await theirs.getByLabel('I heard this recording myself').check();
		await theirs.getByRole('button', { name: 'Keep the rating' }).click();
		await theirs.getByText('The rating is kept.').waitFor();
		await theirs.getByLabel('Passed', { exact: true }).check();
		await theirs.getByLabel('Strengths').fill('Kept to the focus throughout.');
		await theirs.getByLabel('Competence').fill('Competent.');
		await theirs.getByRole('button', { name: 'Sign the report' }).click();
		await theirs.locator('[data-error-summary]').waitFor();
		expect(await theirs.getByLabel('Strengths').inputValue()).toBe('Kept to the focus throughout.');
		await faultless(visiting, theirs);
		await theirs.getByLabel('No', { exact: true }).last().check();
		await theirs.getByLabel('I say so').check();
		await theirs.getByLabel('Type your name to sign').fill('Somebody Example');
		expect(await overflow(theirs)).toBeLessThanOrEqual(0);
		await theirs.getByRole('button', { name: 'Sign the report' }).click();
		await theirs.getByText('Your report is signed.').waitFor();

		await page.goto(`/my/training/cases/${code}`);
		await page.getByText('Kept to the focus throughout.').waitFor();
		await page.getByText('8 May 2026, early, chosen at random: 4.00, passed').waitFor();
		expect(await page.getByRole('link', { name: 'Delete this case' }).count()).toBe(0);
		await page.goto('/my/training');
		const line = page.getByRole('row').filter({ hasText: 'Grief' }).last();
		expect(await line.innerText()).toMatch(/12 of 12\s+1 of 3\s+Passed/);
	});

	test('every page of it has nothing that axe objects to, and fits a telephone', async () => {
		if (visiting.javaScript) return;
		const site = visiting.site();
		const browser = await launchBrowser();
		const scene = sceneOn(site);
		const faults: string[] = [];
		try {
			const own = RECORD_ADDRESSES.filter(({ route }) => /^\/(my\/training|office\/courses)\//.test(route));
			expect(own.length).toBeGreaterThan(12);
			for (const record of own) faults.push(...(await faultsOf(browser, site, await scene.be(record.who), [{ path: await addressOf(scene, record) }])));
			const trainee = await become(site, cast(site.dataDir, 0).trainee);
			const plain = ['/my/training', '/my/training/cases/new', '/my/training/courses/new'].map((path) => ({ path }));
			const wrong = [
				{ path: '/my/training/cases/new', reach: sendEmpty },
				{ path: '/my/training/courses/new', reach: sendEmpty },
			];
			faults.push(...(await faultsOf(browser, site, trainee, [...plain, ...wrong])));
			const office = ['', '/new', '/claims', '/cases'].map((path) => ({ path: `/office/courses${path}` }));
			faults.push(...(await faultsOf(browser, site, await scene.be('registrar'), office)));
		} finally {
			await browser.close();
		}
		expect(faults).toEqual([]);
	}, 240_000);
});

async function as(visiting: Visiting, personId: string): Promise<Visitor> {
	const member = await become(visiting.site(), personId);
	const visitor = await visiting.enter('/', PHONE);
	await visitor.page.context().addCookies([...member.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await visitor.page.goto('/my/training');
	return visitor;
}

/** Asks axe, which needs JavaScript. */
async function faultless(visiting: Visiting, page: Page): Promise<void> {
	if (visiting.javaScript) expect(await faultsOn(page)).toEqual([]);
}

async function fillCase(page: Page): Promise<void> {
	await page.getByLabel('Where do you see the client?').selectOption('university');
	await page.getByLabel('18 to 24').check();
	await page.getByLabel('Grief').check();
	await page.getByLabel('First session').fill('1 May 2026');
	await page.getByLabel('Sessions held so far').fill('16');
	await page.getByLabel('Sessions taken to supervision').fill('12');
	await page.getByLabel('Recordings made').fill('16');
	await page.getByLabel('Measure 1', { exact: true }).selectOption('phq9');
	await page.getByLabel('First value of measure 1').fill('18');
	await page.getByLabel('Last value of measure 1').fill('7');
	await page.getByLabel('Last session').fill('30 September 2026');
	await page.getByLabel('Completed as planned').check();
}

async function sendEmpty(page: Page): Promise<void> {
	await page.getByRole('button', { name: /^(Keep the case|Send it)$/ }).click();
	await page.locator('[data-error-summary]').waitFor();
}

/** The link in the newest message that asks to sign, as the demonstration shows it. */
async function linkMailed(visiting: Visiting): Promise<string> {
	const { dataDir, origin } = visiting.site();
	const { sql } = openDatabase(`${dataDir}/register.db`, { readonly: true });
	const newest = sql.prepare("SELECT id FROM outbox WHERE kind = 'training.sign' ORDER BY created_at DESC, rowid DESC").pluck();
	const delivered = () => deliveredMails(dataDir).find((mail) => mail.id === newest.get());
	const mail = await vi.waitUntil(delivered, { timeout: 20_000, interval: 100 });
	sql.close();
	const { page } = await visiting.enter(`/demo/mail/${mail.name}`);
	const href = await page.locator('.letter a[href*="/training/confirm/"]').getAttribute('href');
	return new URL(href ?? '', origin).pathname;
}

/** A trainee of the demonstration with one supervisor, by place. */
function cast(dataDir: string, place: number): { trainee: string; supervisorName: string } {
	const { sql } = openDatabase(`${dataDir}/register.db`, { readonly: true });
	try {
		const text = `SELECT c.person_id AS trainee, n.given_names || ' ' || n.family_name AS supervisorName FROM training_case c
			JOIN supervision_relation r ON r.id = c.relation_id JOIN person_name n ON n.person_id = r.supervisor_id AND n.to_on IS NULL
			GROUP BY c.person_id ORDER BY c.person_id LIMIT 1 OFFSET ?`;
		return sql.prepare(text).get(place) as ReturnType<typeof cast>;
	} finally {
		sql.close();
	}
}

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, type Visiting } from '#tests/helpers/journey.ts';
import { becomeA } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

async function at(visiting: Visiting, path: string): Promise<Page> {
	const known = await becomeA(visiting.site(), 'membership_officer');
	const { page } = await visiting.enter('/');
	await page.context().addCookies([...known.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await page.goto(path);
	return page;
}

/** Two registered people without accounts, each time another two; both are given one address. */
function twins(site: Pick<Site, 'dataDir'>, which: number): [string, string] {
	const { sql } = openDatabase(`${site.dataDir}/register.db`);
	const text = `SELECT r.number, p.id FROM registration r JOIN person p ON p.id = r.person_id WHERE p.died_on IS NULL AND p.id NOT IN (SELECT person_id FROM account
		UNION SELECT person_id FROM register_order UNION SELECT person_id FROM role_grant UNION SELECT person_id FROM renewal UNION SELECT person_id FROM cpd_audit) ORDER BY r.sequence DESC LIMIT 2 OFFSET ?`;
	const [first, second] = sql.prepare(text).all(which * 2) as { number: string; id: string }[];
	for (const id of [first?.id, second?.id]) sql.prepare('UPDATE person SET email = ? WHERE id = ?').run(`twins-${which}@same.example`, id);
	sql.close();
	return [first?.number ?? '', second?.number ?? ''];
}

journeys('the office and someone who has two files', (visiting) => {
	test('found as alike, looked at, brought together; then a note and a letter, and the old number still leads there', async () => {
		const [winner, loser] = twins(visiting.site(), visiting.javaScript ? 0 : 1);
		const page = await at(visiting, '/office/people/duplicates');
		const row = page.locator('.office-cards > li').filter({ hasText: winner }).filter({ hasText: loser });
		expect(await row.innerText()).toContain('the same e-mail address');
		await page.goto(`/office/people/${winner}/merge?other=${loser}`);
		await page.getByRole('button', { name: 'Look at it first' }).click();
		await page.getByRole('heading', { name: loser }).waitFor();
		await page.getByLabel('Why they are one person').fill('They told us');
		await page.getByRole('button', { name: 'Bring them together' }).click();
		await page.getByText('The second file is now part of this one.').waitFor();

		await page.getByRole('link', { name: 'Write a note' }).click();
		await page.getByLabel('Note', { exact: true }).fill('Had two files until today.');
		await page.getByRole('button', { name: 'Keep this note' }).click();
		await page.getByText('The note is kept.').waitFor();
		expect(await page.getByText('Had two files until today.').count()).toBe(1);

		await page.getByRole('link', { name: 'Write a letter' }).click();
		await page.getByLabel('A letter in your own words').check();
		await page.getByLabel('Your own words', { exact: true }).fill('You have one file now.');
		await page.getByLabel('Print it').check();
		await page.getByRole('button', { name: 'Write this letter' }).click();
		await page.getByText('You have one file now.').waitFor();

		await page.goto(`/register/${loser}`);
		expect(new URL(page.url()).pathname).toBe(`/register/${winner}`);
		expect(await heading(page)).not.toContain('could not find');
	});
});

describe('pages about files, messages and lists', () => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite({ JOBS: 'outside' });
	});
	afterAll(() => site?.stop());

	test('have no fault that axe knows of, light and dark, wide and on a small telephone', async () => {
		const [browser, officer, registrar] = [await launchBrowser(), await becomeA(site, 'membership_officer'), await becomeA(site, 'registrar')];
		const [number, other] = twins(site, 2);
		const file = `/office/people/${number}`;
		const press = (label: string) => async (page: Page) => {
			await page.getByRole('button', { name: label }).click();
			await page.locator('h1').waitFor();
		};
		await officer.post(`${file}/note`, { text: 'A note', repeat: 'axe' });
		const letter = await officer.post(`${file}/letter`, { template: 'own', words: 'Words', way: 'print', repeat: 'axe' });
		const [note = ''] = /\/note\/[0-9a-f-]{36}/.exec(await (await officer.get(file)).text()) ?? [];
		await officer.post(`/office/people/${other}/death`, { act: 'record', diedOn: '1/11/2026', evidence: 'A letter' });
		const faults = [
			...(await faultsOf(browser, site, officer, [
				{ path: file },
				{ path: `${file}/note`, reach: press('Keep this note') },
				{ path: `${file}${note}`, reach: press('Retract this note') },
				{ path: `${file}/letter`, reach: press('Write this letter') },
				{ path: letter.headers.get('location') ?? '' },
				{ path: `${file}/death`, reach: press('Record this death') },
				{ path: `${file}/merge?other=${twins(site, 3)[0]}`, reach: press('Look at it first') },
				{ path: '/office/people/duplicates' },
				{ path: '/office/people/export', reach: press('Take it out') },
				{ path: '/office/people/invite' },
				{ path: '/office/mail', reach: press('Find') },
			])),
			...(await faultsOf(browser, site, registrar, [{ path: `/office/people/${other}/death` }])),
		];
		await browser.close();
		expect(faults).toEqual([]);
	});
});

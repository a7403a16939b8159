import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become, becomeA, personWith } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

/** A browser in which somebody of the office is signed in, on a page. */
async function at(visiting: Visiting, role: Parameters<typeof becomeA>[1], path: string): Promise<Visitor> {
	const known = await becomeA(visiting.site(), role);
	const visitor = await visiting.enter('/');
	await visitor.page.context().addCookies([...known.cookies].map(([name, value]) => ({ name, value, url: visiting.site().origin })));
	await visitor.page.goto(path);
	return visitor;
}

/** Registered members who are still members, in the order of their numbers. */
function members(site: Site): { number: string; name: string }[] {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	const text = `SELECT r.number, n.given_names || ' ' || n.family_name AS name FROM registration r JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL
		JOIN finder f ON f.person_id = r.person_id ORDER BY f.no DESC LIMIT 10`;
	const rows = sql.prepare(text).all() as { number: string; name: string }[];
	sql.close();
	return rows;
}

journeys('the office and a member who has married', (visiting) => {
	test('someone rings: found at once, a request noted, the insurance looked at; a second officer approves, and the register says it', async () => {
		const known = members(visiting.site())[visiting.javaScript ? 0 : 1] as { number: string; name: string };
		const { page, requests } = await at(visiting, 'membership_officer', '/office/people');
		await page.getByLabel('Find a person').fill(known.name);
		await page.getByRole('button', { name: 'Find', exact: true }).click();
		await page
			.getByRole('row', { name: new RegExp(known.number) })
			.getByRole('link')
			.click();
		expect(await heading(page)).toBe(known.name);
		expect(requests.map((r) => decodeURIComponent(r.url())).join(' ')).not.toContain(known.name);

		await page.getByRole('link', { name: 'Record a check' }).click();
		await page.getByRole('link', { name: 'Indemnity insurance' }).click();
		await page.getByLabel('Insurer, or the employer who insures them').fill('Made-up Mutual');
		await page.getByLabel('Own policy').check();
		await page.getByLabel('In order').check();
		await page.getByLabel('Saw the document').check();
		await page.getByLabel('Last day covered').fill('31/3/2027');
		await page.getByRole('button', { name: 'Record this check' }).click();
		await page.getByText('The check is recorded.').waitFor();
		expect(await page.getByText('Runs to 31 March 2027').count()).toBe(1);

		await page.getByRole('link', { name: 'New name or birth date' }).click();
		await page.getByLabel('Given names').fill('Rowan');
		await page.getByLabel('Family name').fill('Newname');
		await page.getByLabel(/go on finding the entry/).check();
		await page.getByLabel('What shows it').fill('Marriage certificate shown at the desk');
		await page.getByRole('button', { name: 'Note this request' }).click();
		await page.getByText('Another officer decides it.').waitFor();
		await page.goto('/office/people/changes');
		await page.getByRole('link', { name: known.name }).click();
		await page.getByText('Somebody else must decide this').waitFor();

		const second = (await at(visiting, 'registrar', '/office')).page;
		await second.getByRole('link', { name: 'Requests for a new name or birth date' }).click();
		await second.getByRole('link', { name: known.name }).click();
		await second.getByLabel('Approve: the record is changed now').check();
		await second.getByRole('button', { name: 'Decide' }).click();
		await second.getByText('The record says it from now on.').waitFor();
		await second.goto(`/register/${known.number}`);
		expect(await heading(second)).toContain('Rowan Newname');
		await second.goto(`/office/people/${known.number}`);
		expect(await second.locator('.office-timeline').last().innerText()).toMatch(
			/A person took a new name[\s\S]*A new name or another birth date was asked for/,
		);
	});
});

describe('pages of people', () => {
	let site: Site;
	beforeAll(async () => {
		site = await startSite({ JOBS: 'outside' });
	});
	afterAll(() => site?.stop());

	test('have no fault that axe knows of, light and dark, wide and on a small telephone', async () => {
		const browser = await launchBrowser();
		const [officer, registrar] = [await becomeA(site, 'membership_officer'), await becomeA(site, 'registrar')];
		const own = await become(site, personWith(site, 'member'));
		const { number } = members(site)[2] as { number: string };
		const file = `/office/people/${number}`;
		await officer.post(`${file}/check`, { body: 'HCPC', outcome: 'could_not_check', how: 'register_page' });
		await officer.post(`${file}/change`, { givenNames: 'New', familyName: 'Name', evidence: 'Seen' });
		const [request] = /changes\/[0-9a-f-]{36}/.exec(await (await officer.get('/office/people/changes')).text()) ?? [];
		const find = async (page: import('playwright-core').Page) => {
			await page.getByLabel('Find a person').fill('a');
			await page.getByRole('button', { name: 'Find', exact: true }).click();
		};
		const send = (label: string) => (page: import('playwright-core').Page) => page.getByRole('button', { name: label }).click();
		const faults = [
			...(await faultsOf(browser, site, officer, [
				{ path: '/office' },
				{ path: '/office/people', reach: find },
				{ path: file },
				{ path: `${file}/check`, reach: send('Record this check') },
				{ path: `${file}/check?kind=record_check` },
				{ path: `${file}/change`, reach: send('Note this request') },
				{ path: `${file}/account` },
				{ path: '/office/people/checks?list=could_not_check' },
				{ path: '/office/people/changes' },
				{ path: '/office/people/deaths' },
			])),
			...(await faultsOf(browser, site, registrar, [{ path: `/office/people/${request}`, reach: send('Decide') }])),
			...(await faultsOf(browser, site, own, [{ path: '/my/profile', reach: send('Tell the office') }, { path: '/my/profile/changes/name' }])),
		];
		await browser.close();
		expect(faults).toEqual([]);
	});
});

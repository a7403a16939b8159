import { expect, test } from 'vitest';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { heading, journeys, overflow, type Visiting, type Visitor } from '#tests/helpers/journey.ts';
import { become, personWith } from '#tests/helpers/person.ts';

const PHONE = { width: 360 };

journeys('a CPD log on a telephone', (visiting) => {
	test('an activity is logged in under a minute, filled in later, changed, deleted and brought back', async () => {
		const { page } = await asMember(visiting);
		const startedAt = performance.now();
		await page.getByRole('link', { name: 'Log an activity' }).click();
		await page.getByLabel('What did you do?').fill('A day on endings');
		await page.getByLabel('Yesterday').check();
		await page.getByLabel('How long?').fill('2,5');
		await page.getByLabel('What kind?').selectOption('IPT training or workshop');
		await page.getByRole('button', { name: 'Log it' }).click();
		await page.getByText('Use a point, not a comma').first().waitFor();
		expect(await page.getByLabel('What did you do?').inputValue()).toBe('A day on endings');
		expect(await page.getByLabel('Yesterday').isChecked()).toBe(true);
		await page.getByLabel('How long?').fill('2h 30m');
		await page.getByRole('button', { name: 'Log it' }).click();
		await page.getByText('Logged. It counts from now on.').waitFor();
		expect(performance.now() - startedAt).toBeLessThan(60_000);
		expect(await overflow(page)).toBeLessThanOrEqual(0);

		await page.getByRole('link', { name: 'Look at it, or add the rest' }).click();
		expect(await heading(page)).toBe('A day on endings');
		await page.getByLabel('What did you learn?').fill('To speak of the end from the start.');
		await page.getByLabel('What do you do differently now?').fill('I name the number of sessions left.');
		await page.getByLabel('What does that mean for your clients?').fill('Fewer surprises.');
		await page.getByRole('button', { name: 'Save', exact: true }).click();
		await page.getByText('Saved.').waitFor();
		expect(await overflow(page)).toBeLessThanOrEqual(0);

		await page.getByRole('link', { name: 'Delete this entry' }).click();
		await page.getByRole('button', { name: 'Delete it' }).click();
		await page.getByText('Deleted. You can bring it back for 30 days.').waitFor();
		await page.getByRole('button', { name: 'Undo: bring it back' }).click();
		await page.getByText('The entry is back, as it was.').waitFor();

		await page.getByRole('link', { name: /If you were checked today/ }).click();
		expect(await page.locator('main').innerText()).toMatch(/of 30 hours/);
		await page
			.getByText(/^What counts/)
			.first()
			.click();
		await page.getByRole('link', { name: 'A day on endings' }).first().waitFor();
	});

	test('a second window is told what the first one saved, and nothing is lost', async () => {
		const first = await asMember(visiting);
		await first.page.goto('/my/cpd/new');
		await first.page.getByLabel('What did you do?').fill('Two windows');
		await first.page.getByLabel('How long?').fill('1');
		await first.page.getByLabel('What kind?').selectOption('Safeguarding');
		await first.page.getByRole('button', { name: 'Log it' }).click();
		await first.page.getByRole('link', { name: 'Look at it, or add the rest' }).click();
		const second = await first.page.context().newPage();
		await second.goto(first.page.url());
		await first.page.getByLabel('How long?').fill('1h 30m');
		await first.page.getByRole('button', { name: 'Save', exact: true }).click();
		await first.page.getByText('Saved.').waitFor();
		await second.getByLabel('What did you learn?').fill('Written in the second window.');
		await second.getByRole('button', { name: 'Save', exact: true }).click();
		const row = second.getByRole('row', { name: /^How long/ });
		expect(await row.innerText()).toMatch(/1 hour 30 minutes\s+1 hour/);
		expect(await second.getByLabel('What did you learn?').inputValue()).toBe('Written in the second window.');
		await second.getByRole('button', { name: 'Save what I typed' }).click();
		await second.getByText('Saved.').waitFor();
	});

	test('every page of it has nothing that axe objects to, and fits a telephone', async () => {
		if (visiting.javaScript) return;
		const browser = await launchBrowser();
		try {
			const site = visiting.site();
			const member = await become(site, personWith(site, 'member'));
			const entry = /\/my\/cpd\/[0-9a-f-]{36}/.exec(await (await member.get('/my/cpd')).text())?.[0] ?? '';
			await member.post('/my/cpd/groups', { act: 'begin', title: 'Peers', every: 'week', long: '1', category: 'edi', repeatKey: 'axe-group-key' });
			const clash = async (page: import('playwright-core').Page) => {
				await page
					.locator('main form[method=post] input[name=version]')
					.first()
					.evaluate((input) => {
						(input as HTMLInputElement).value = '999';
					});
				await page.getByRole('button', { name: 'Save', exact: true }).click();
				await page.getByText('Both versions', { exact: true }).waitFor();
			};
			const empty = (page: import('playwright-core').Page) => page.getByRole('button', { name: 'Log it' }).click();
			const own = [
				{ path: '/my/cpd' },
				{ path: '/my/cpd/new' },
				{ path: '/my/cpd/new', reach: empty },
				{ path: '/my/cpd/standing' },
				{ path: '/my/cpd/groups' },
			];
			const one = [{ path: entry }, { path: entry, reach: clash }, { path: `${entry}/delete` }, { path: `${entry}/evidence` }, { path: '/my/cpd/deleted' }];
			expect(await faultsOf(browser, site, member, [...own, ...one])).toEqual([]);
			const committee = await become(site, personWith(site, 'registrar'));
			const begun = await committee.post('/office/settings/cpd-rules', { name: '2027-1' });
			const draft = new URL(begun.headers.get('location') ?? '', site.origin).pathname;
			await committee.post(`${draft}/try`);
			const rules = [
				{ path: '/office/settings/cpd-rules' },
				{ path: draft },
				{ path: `${draft}/try` },
				{ path: `${draft}/publish` },
				{ path: `${draft}/discard` },
			];
			expect(await faultsOf(browser, site, committee, rules)).toEqual([]);
		} finally {
			await browser.close();
		}
	});
});

/** Comes to the log as a member who is signed in. */
async function asMember({ site, enter }: Visiting): Promise<Visitor> {
	const member = await become(site(), personWith(site(), 'member'));
	const visitor = await enter('/', PHONE);
	await visitor.page.context().addCookies([...member.cookies].map(([name, value]) => ({ name, value, url: site().origin })));
	await visitor.page.goto('/my/cpd');
	return visitor;
}

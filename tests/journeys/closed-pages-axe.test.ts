import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '#core/roles.ts';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { becomeA } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { isPage, ROLE_ROWS } from '../web/role-rows.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site?.stop());

/** Pages behind a door that open without naming a record, for whoever sees most of them. */
const openTo = (role: Role) =>
	ROLE_ROWS.filter((row) => isPage(row.route) && row.get === 200 && (row.opens === 'everyone' ? role === 'member' : row.opens.includes(role)));

test.each(['member', 'registrar'] as const)(
	'no page that opens to a %s has a fault that axe can find, or needs scrolling sideways on a telephone',
	async (role) => {
		const browser = await launchBrowser();
		const pages = openTo(role).map(({ path }) => ({ path }));
		expect(pages.length).toBeGreaterThan(10);
		const faults = await faultsOf(browser, site, await becomeA(site, role), pages);
		await browser.close();
		expect(faults).toEqual([]);
	},
);

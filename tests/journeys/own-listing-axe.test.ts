import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { becomeA } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.stop());

const SECTIONS = ['', '/about', '/work', '/fees', '/places', '/availability', '/photo', '/publish', '/take-down', '/preview'];

test('my page, the editor of a listing, and the office’s own pages have no fault that axe can find', async () => {
	const browser = await launchBrowser();
	const own = [{ path: '/my' }, ...SECTIONS.map((part) => ({ path: `/my/listing${part}` }))];
	const office = [{ path: '/office' }, { path: '/office/listings' }, { path: '/office/roles' }];
	const faults = [
		...(await faultsOf(browser, site, await becomeA(site, 'member'), own)),
		...(await faultsOf(browser, site, await becomeA(site, 'registrar'), office)),
	];
	await browser.close();
	expect(faults).toEqual([]);
});

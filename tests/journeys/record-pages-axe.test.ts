import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { addressOf, RECORD_ADDRESSES, type RecordAddress } from '../web/record-addresses.ts';
import { type Scene, sceneOn } from '../web/records/scene.ts';
import { isPage, ROLE_ROWS } from '../web/role-rows.ts';

let site: Site;
let browser: Browser;
let scene: Scene;
beforeAll(async () => {
	[site, browser] = await Promise.all([startSite({ JOBS: 'outside' }), launchBrowser()]);
	scene = sceneOn(site);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

/** Those of which nobody sees more than a way back without a record: each has brackets, or sends on or away whoever has none. */
const NAMING_A_RECORD = [...new Set(ROLE_ROWS.filter(({ route, get }) => isPage(route) && (route.includes('[') || get !== 200)).map(({ route }) => route))];

test('every page behind a door that names a record has one to be opened with', () => {
	const known = RECORD_ADDRESSES.map(({ route }) => route);
	expect(NAMING_A_RECORD.filter((route) => !known.includes(route))).toEqual([]);
	expect(
		known.filter((route) => !NAMING_A_RECORD.includes(route)),
		'a line for a page that is no more',
	).toEqual([]);
});

/** Pages of one part of the site, such as `/office/people`. */
const PARTS = Map.groupBy(RECORD_ADDRESSES, ({ route }) => route.split('/').slice(0, 3).join('/'));

test.each([...PARTS])(
	'%s: no page with a record has a fault that axe can find, or needs scrolling sideways on a telephone',
	{ timeout: 180_000 },
	async (_, rows) => {
		const faults: string[] = [];
		for (const row of rows) faults.push(...(await faultsWith(row)));
		expect(faults).toEqual([]);
	},
);

async function faultsWith(row: RecordAddress): Promise<string[]> {
	const path = await addressOf(scene, row);
	const who = await scene.be(row.who);
	const answer = await who.get(path);
	const isOpen = answer.status === 200 && (answer.headers.get('content-type') ?? '').startsWith('text/html');
	return isOpen ? faultsOf(browser, site, who, [{ path }]) : [`${path} answers ${answer.status}`];
}

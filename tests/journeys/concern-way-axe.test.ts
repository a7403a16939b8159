import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { PASSPHRASE, shut } from '../web/concerns/device.ts';
import { hiddenOf } from '../web/membership/acting.ts';
import { answeredConcern, typedWithKey } from '../web/records/way.ts';

/** Every page of somebody who raised a concern without an account, in every state: opened by a key, they stand in no list of roles. */
let site: Site;
let browser: Browser;
beforeAll(async () => {
	[site, browser] = await Promise.all([startSite({ JOBS: 'outside' }), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

type Looked = { path: string; reach?(page: Page): Promise<unknown> };
const faults = (who: Visitor, pages: readonly (string | Looked)[]) =>
	faultsOf(
		browser,
		site,
		who,
		pages.map((page) => (typeof page === 'string' ? { path: page } : page)),
	);

async function send(who: Visitor, path: string, fields: Record<string, string>): Promise<string | null> {
	const hidden = hiddenOf(await (await who.get(path)).text());
	return (await who.post(path, { ...hidden, ...fields })).headers.get('location');
}

async function begun(about: 'therapist' | 'organisation'): Promise<Visitor> {
	const who = visitor(site);
	expect(await send(who, '/concerns/begin', { about, passphrase: PASSPHRASE, kept: 'yes' })).toBe('/concerns/mine');
	return who;
}

const press = (name: string) => async (page: Page) => {
	await page.getByRole('button', { name, exact: true }).click();
	await page.waitForLoadState();
};
/** Half an hour later. */
const late = (name: string) => async (page: Page) => {
	shut(site);
	await press(name)(page);
	await page.getByText('It was shut after half an hour').waitFor();
};
const PARTS = ['you', 'what', 'witnesses', 'tried', 'outcome', 'needs', 'contact', 'supporter'].map((part) => `/concerns/mine/part/${part}`);

test('the way in, before anything is opened', { timeout: 180_000 }, async () => {
	const nobody = visitor(site);
	const pages: (string | Looked)[] = ['/concerns', '/concerns/begin', '/concerns/open', '/concerns/open?done=left', '/concerns/first', '/concerns/equality'];
	const empty = [
		{ path: '/concerns/begin', reach: press('Go on') },
		{ path: '/concerns/open', reach: press('Open') },
		{ path: '/concerns/first', reach: press('Open') },
		{ path: '/concerns/is-this-for-us', reach: press('See the answer') },
	];
	expect(await faults(nobody, [...pages, ...empty])).toEqual([]);
});

test('what is being written, empty and filled, with mistakes, and when it has shut', { timeout: 240_000 }, async () => {
	const who = await begun('therapist');
	const empty = ['/concerns/mine', '/concerns/mine/about', ...PARTS, '/concerns/mine/check', '/concerns/mine/remove', '/concerns/mine/documents'];
	const wrong = [
		{ path: '/concerns/mine/about', reach: press('Save') },
		{ path: '/concerns/mine/part/what', reach: press('Save') },
	];
	expect(await faults(who, [...empty, ...wrong])).toEqual([]);
	await send(who, '/concerns/mine/about', { do: 'keep', called: 'Dana Quirk' });
	await send(who, '/concerns/mine/part/you', { source: 'client' });
	await send(who, '/concerns/mine/part/what', { happened: 'What happened to me.' });
	expect(await faults(who, ['/concerns/mine?done=saved', '/concerns/mine/check'])).toEqual([]);
	for (const [path, name] of [
		['/concerns/mine/about', 'Save'],
		['/concerns/mine/part/what', 'Save'],
		['/concerns/mine/check', 'Send it now'],
		['/concerns/mine/remove', 'Remove it'],
	] as const) {
		expect(await faults(who, [{ path, reach: late(name) }])).toEqual([]);
		const key = await begun('therapist');
		for (const [cookie, value] of key.cookies) who.cookies.set(cookie, value);
		await send(who, '/concerns/mine/about', { do: 'keep', called: 'Dana Quirk' });
		await send(who, '/concerns/mine/part/you', { source: 'client' });
		await send(who, '/concerns/mine/part/what', { happened: 'What happened to me.' });
	}
});

test('where it stands: sent, paused, answered, appealed, and when it has shut', { timeout: 240_000 }, async () => {
	const who = await begun('organisation');
	expect(await faults(who, ['/concerns/mine', '/concerns/mine/part/office'])).toEqual([]);
	await send(who, '/concerns/mine/part/office', { part: 'office' });
	await send(who, '/concerns/mine/part/you', { source: 'client' });
	await send(who, '/concerns/mine/part/what', { happened: 'Nobody answered me.' });
	expect(await send(who, '/concerns/mine/check', {})).toBe('/concerns/mine?done=sent');
	const sent = [
		'/concerns/mine?done=sent',
		'/concerns/mine/do/pause',
		'/concerns/mine/do/withdraw',
		'/concerns/mine/supporter',
		'/concerns/mine/contact',
		'/concerns/mine/documents',
		'/concerns/mine/reads',
	];
	expect(await faults(who, [...sent, { path: '/concerns/mine', reach: press('Send the message') }])).toEqual([]);
	await send(who, '/concerns/mine/do/pause', { words: 'I am tired.' });
	expect(await faults(who, ['/concerns/mine', '/concerns/mine/do/resume'])).toEqual([]);
	await send(who, '/concerns/mine/do/resume', { words: '' });
	answeredConcern(site);
	expect(await faults(who, ['/concerns/mine', '/concerns/mine/do/appeal', { path: '/concerns/mine/do/appeal', reach: press('Send the appeal') }])).toEqual([]);
	expect(await send(who, '/concerns/mine/do/appeal', { words: 'It was not looked at by others.' })).toBe('/concerns/mine?done=appeal');
	expect(await faults(who, ['/concerns/mine?done=appeal'])).toEqual([]);
	expect(await faults(who, [{ path: '/concerns/mine', reach: late('Send the message') }])).toEqual([]);
});

test('what an officer typed, opened for the first time', { timeout: 120_000 }, async () => {
	const who = visitor(site);
	expect(await send(who, '/concerns/first', { caseKey: typedWithKey(site), passphrase: PASSPHRASE })).toBe('/concerns/mine');
	expect(await faults(who, ['/concerns/mine', '/concerns/mine/check'])).toEqual([]);
});

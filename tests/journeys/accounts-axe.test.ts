import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { givePassword, inRegister, outboxMail } from '#tests/helpers/account-site.ts';
import { faultsOf } from '#tests/helpers/axe.ts';
import { launchBrowser } from '#tests/helpers/browser.ts';
import { becomeA, personWith, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

const PASSWORD = 'violet harbour nine lanterns';
let site: Site;
let browser: Browser;
beforeAll(async () => {
	[site, browser] = await Promise.all([startSite({ JOBS: 'outside' }), launchBrowser()]);
});
afterAll(() => Promise.all([browser?.close(), site?.stop()]));

/** Presses a button and waits for what comes. */
const press = (name: string, then: string) => async (page: Page) => {
	await page.getByRole('button', { name, exact: true }).click();
	await page.locator(then).first().waitFor();
};
const MISTAKES = '[data-error-summary]';

test('pages to sign in and to join are fit for everyone, with mistakes too', async () => {
	const someone = visitor(site);
	await someone.post('/account/join', { email: 'axe@member.example' });
	const { token } = outboxMail(site, 'join', 'axe@member.example');
	const link = `/account/link/${token}`;
	const faults = await faultsOf(browser, site, someone, [
		{ path: '/account/sign-in' },
		{ path: '/account/sign-in', reach: press('Sign in', MISTAKES) },
		{ path: '/account/sign-in?done=kept' },
		{ path: '/account/join', reach: press('Send me the link', MISTAKES) },
		{ path: '/account/join?done=sent' },
		{ path: '/account/forgot' },
		{ path: '/account/reset' },
		{ path: link },
		{ path: link, reach: press('Go on', 'h1') },
		{
			path: link,
			reach: async (page) => {
				await press('Go on', 'h1')(page);
				await press('Open my account', MISTAKES)(page);
			},
		},
	]);
	expect(faults).toEqual([]);
}, 120_000);

test('pages about one’s own ways in are fit for everyone, with mistakes too', async () => {
	const member = await becomeA(site, 'member');
	const faults = await faultsOf(browser, site, member, [
		{ path: '/my/security?done=password' },
		{ path: '/my/security/password', reach: press('Change my password', MISTAKES) },
		{ path: '/my/security/email', reach: press('Send the link', MISTAKES) },
		{ path: '/my/security/authenticator', reach: press('Set up the app', MISTAKES) },
		{ path: '/my/security/passkeys' },
		{ path: '/my/security/recovery-codes' },
		{ path: '/account/confirm' },
		{ path: '/account/confirm?done=1' },
		{
			path: '/my/security/email',
			reach: async (page) => {
				const cookies = await page.context().cookies();
				await page.getByLabel('New e-mail address').fill('kept@member.example');
				await page.context().clearCookies();
				await press('Send the link', 'h1:has-text("You are signed out")')(page);
				await page.context().addCookies(cookies);
			},
		},
	]);
	expect(faults).toEqual([]);
}, 120_000);

test('second steps and recovery codes are fit for everyone', async () => {
	const personId = personWith(site, 'auditor');
	const [email = ''] = await givePassword(site, PASSWORD, [personId]);
	const setting = visitor(site);
	await setting.post('/account/sign-in', { email, password: PASSWORD });
	const first = await faultsOf(browser, site, setting, [{ path: '/account/set-up' }, { path: '/account/set-up', reach: press('Set up the app', MISTAKES) }]);
	inRegister(site, (sql) => sql.prepare("UPDATE account SET totp_sealed = 'v1.x', totp_last_step = 0 WHERE person_id = ?").run(personId));
	const giving = visitor(site);
	await giving.post('/account/sign-in', { email, password: PASSWORD });
	const second = await faultsOf(browser, site, giving, [{ path: '/account/two-step' }, { path: '/account/two-step', reach: press('Go on', MISTAKES) }]);
	const open = await becomeA(site, 'auditor');
	// Each set of codes ends the session it was asked in, so the cookies of the page go on by themselves.
	const third = await faultsOf(browser, site, open, [{ path: '/my/security/recovery-codes', reach: press('Make ten new codes', '.recovery-codes') }]);
	expect([...first, ...second, ...third]).toEqual([]);
}, 120_000);

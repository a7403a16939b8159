import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { givePassword, inRegister, outboxMail } from '#tests/helpers/account-site.ts';
import { heading, journeys, type Visitor } from '#tests/helpers/journey.ts';
import { become, personWith } from '#tests/helpers/person.ts';
import type { Site } from '#tests/helpers/site.ts';

const PASSWORD = 'violet harbour nine lanterns';
const STEP = 30_000;

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
	await page.goto('/account/sign-in');
	await page.getByLabel('E-mail address').fill(email);
	await page.getByLabel('Password', { exact: true }).fill(password);
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** The time of the site, from what it wrote a moment ago. */
function siteTime(site: Site): number {
	return inRegister(site, (sql) => sql.prepare('SELECT max(recorded_at) FROM audit_event').pluck().get()) as number;
}

/** What an authenticator app would show. */
const code = (key: string, at: number) => new TOTP({ secret: Secret.fromBase32(key.replace(/\s/g, '')) }).generate({ timestamp: at });

/** A device with a fingerprint reader that always says yes. */
async function withFingerprint({ page }: Visitor): Promise<void> {
	const tools = await page.context().newCDPSession(page);
	await tools.send('WebAuthn.enable');
	const options = {
		protocol: 'ctap2',
		transport: 'internal',
		hasResidentKey: true,
		hasUserVerification: true,
		isUserVerified: true,
		automaticPresenceSimulation: true,
	} as const;
	await tools.send('WebAuthn.addVirtualAuthenticator', { options });
}

journeys(
	'signing in',
	({ site, enter, javaScript }) => {
		// Passkeys need a script; everything else here does not.
		const whereScriptsRun = (name: string, act: () => Promise<void>) => javaScript && test(name, act);
		test('someone opens an account by the link in their mail, signs out, and signs in again', async () => {
			const email = `joy.${javaScript}@member.example`;
			const { page } = await enter('/account/sign-in');
			await page.getByRole('link', { name: 'I have no account yet' }).click();
			await page.getByLabel('E-mail address').fill(email);
			await page.getByRole('button', { name: 'Send me the link' }).click();
			await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
			await page.goto(new URL(`/account/link/${outboxMail(site(), 'join', email).token}`, site().origin).href);
			await page.getByRole('button', { name: 'Go on' }).click();
			expect(new URL(page.url()).pathname).toBe('/account/new');
			await page.getByLabel('First names').fill('Joy');
			await page.getByLabel('Last name').fill('Newcomer');
			const password = page.getByLabel('Choose a password');
			await password.fill('joy newcomer');
			if (javaScript) {
				await page.getByLabel('Show what I type').check();
				expect(await password.getAttribute('type')).toBe('text');
			} else expect(await page.getByLabel('Show what I type').isVisible()).toBe(false);
			await page.getByRole('button', { name: 'Open my account' }).click();
			await page.locator('[data-error-summary]').getByText('your name').waitFor();
			expect(await page.getByLabel('Last name').inputValue()).toBe('Newcomer');
			expect(await password.inputValue()).toBe('');
			await password.fill(PASSWORD);
			await page.getByRole('button', { name: 'Open my account' }).click();
			await page.waitForURL('**/join**');
			await page.goto('/my/security');
			await page.getByText('(this browser)').waitFor();
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();
			await page.getByText('You are signed out.').waitFor();
			await signIn(page, email, 'not my password');
			await page.locator('[data-error-summary]').getByText('is not right').waitFor();
			await signIn(page, email);
			await page.waitForURL('**/my');
		});

		test('a registrar sets up an authenticator app before anything else opens, and gives a code from then on', async () => {
			const personId = personWith(site(), 'registrar');
			inRegister(site(), (sql) => {
				sql.prepare('DELETE FROM recovery_code').run();
				sql.prepare('UPDATE account SET totp_sealed = NULL, totp_last_step = NULL WHERE person_id = ?').run(personId);
			});
			const [email = ''] = await givePassword(site(), PASSWORD, [personId]);
			const { page } = await enter('/account/sign-in');
			await signIn(page, email);
			expect(await heading(page)).toBe('Set up your second step');
			await page.goto('/office');
			expect(await heading(page)).toBe('Set up your second step');
			const key = await page.locator('strong.secret-words').innerText();
			const at = siteTime(site());
			await page.getByLabel('Code of six digits').fill('12 34');
			await page.getByRole('button', { name: 'Set up the app' }).click();
			await page.locator('[data-error-summary]').waitFor();
			expect(await page.locator('strong.secret-words').innerText(), 'the same key is still there').toBe(key);
			await page.getByLabel('Code of six digits').fill(code(key, at));
			await page.getByRole('button', { name: 'Set up the app' }).click();
			await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
			const codes = await page.locator('code.secret-words').allInnerTexts();
			expect(codes).toHaveLength(10);
			await page.getByRole('link', { name: 'I have kept them' }).click();
			expect(new URL(page.url()).pathname).toBe('/office');
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();

			await signIn(page, email);
			expect(await heading(page)).toBe('Your second step');
			await page.goto('/office');
			expect(await heading(page)).toBe('Your second step');
			await page.getByLabel('Code', { exact: true }).fill(code(key, siteTime(site()) + STEP));
			await page.getByRole('button', { name: 'Go on' }).click();
			await page.waitForURL('**/office');
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();

			await signIn(page, email);
			await page.getByLabel('Code', { exact: true }).fill(codes[0] ?? '');
			await page.getByRole('button', { name: 'Go on' }).click();
			await page.goto('/my/security');
			await page.getByText('9 left').waitFor();
		});

		whereScriptsRun('a member makes a passkey, signs in with it alone, and proves with it who they are', async () => {
			const [email = ''] = await givePassword(site(), PASSWORD, [personWith(site(), 'finance')]);
			const visitor = await enter('/account/sign-in');
			const { page } = visitor;
			await withFingerprint(visitor);
			await signIn(page, email);
			await page.getByLabel('What to call it').fill('My telephone');
			await page.getByRole('button', { name: 'Make a passkey' }).click();
			await page.getByRole('heading', { name: 'Keep your recovery codes' }).waitFor();
			await page.goto('/my/security');
			await page.getByText('My telephone').first().waitFor();
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();
			await page.goto('/account/sign-in?next=%2Foffice');
			await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
			await page.waitForURL('**/office');
			await page.goto('/account/confirm?next=%2Fmy%2Fsecurity');
			await page.getByRole('button', { name: 'Use my passkey' }).click();
			await page.waitForURL('**/my/security');
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();
			await signIn(page, email);
			expect(await heading(page)).toBe('Your second step');
			await page.getByRole('button', { name: 'Use my passkey' }).click();
			await page.waitForURL('**/my');
			expect(inRegister(site(), (sql) => sql.prepare("SELECT count(*) FROM session WHERE level = 2 AND method = 'passkey'").pluck().get())).toBeGreaterThan(0);
		});

		test('a member takes their authenticator app away and then signs in with the password alone', async () => {
			const personId = personWith(site(), 'member');
			// Whoever is become in the demonstration has an account from then on.
			await become(site(), personId);
			const [email = ''] = await givePassword(site(), PASSWORD, [personId]);
			const { page } = await enter('/account/sign-in');
			await signIn(page, email);
			await page.waitForURL('**/my');
			await page.goto('/my/security');
			await page.getByRole('link', { name: 'Set up authenticator app' }).click();
			const key = await page.locator('strong.secret-words').innerText();
			await page.getByLabel('Code of six digits').fill(code(key, siteTime(site())));
			await page.getByRole('button', { name: 'Set up the app' }).click();
			await page.getByRole('link', { name: 'I have kept them' }).click();
			await page.goto('/my/security/authenticator');
			await page.getByRole('button', { name: 'Remove the app' }).click();
			await page.getByText('That way to sign in was removed.').waitFor();
			expect(await page.locator('main').innerText()).toMatch(/Authenticator app\s+Not set up[\s\S]*Recovery codes\s+None needed/);
			expect(outboxMail(site(), 'way-in', email).body).toContain('The authenticator app was removed');
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();
			await signIn(page, email);
			await page.waitForURL('**/my');
		});

		whereScriptsRun('a passkey that was removed opens nothing any more, and the last second step of staff stays', async () => {
			const personId = personWith(site(), 'membership_officer');
			const [email = ''] = await givePassword(site(), PASSWORD, [personId]);
			const visitor = await enter('/account/sign-in');
			const { page } = visitor;
			await withFingerprint(visitor);
			await signIn(page, email);
			const key = await page.locator('strong.secret-words').innerText();
			await page.getByLabel('What to call it').fill('My telephone');
			await page.getByRole('button', { name: 'Make a passkey' }).click();
			await page.getByRole('link', { name: 'I have kept them' }).click();
			await page.goto('/my/security/passkeys');
			await page.getByRole('button', { name: 'Remove My telephone' }).click();
			await page.locator('[data-error-summary]').getByText('Your role needs a second step.').waitFor();
			expect(await page.getByText('My telephone').count()).toBeGreaterThan(0);

			await page.goto('/my/security/authenticator');
			const fresh = await page.locator('strong.secret-words').innerText();
			expect(fresh).not.toBe(key);
			await page.getByLabel('Code of six digits').fill(code(fresh, siteTime(site())));
			await page.getByRole('button', { name: 'Set up the app' }).click();
			await page.getByText('Your authenticator app is set up.').waitFor();
			await page.goto('/my/security/passkeys');
			await page.getByRole('button', { name: 'Remove My telephone' }).click();
			await page.getByText('That way to sign in was removed.').waitFor();
			expect(outboxMail(site(), 'way-in', email).body).toContain('A passkey was removed');
			await page.getByRole('button', { name: 'Sign out', exact: true }).click();
			await page.goto('/account/sign-in');
			await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
			await page.getByText('This passkey could not be used.').first().waitFor();
			await signIn(page, email);
			expect(await heading(page)).toBe('Your second step');
		});

		test('a member chooses a new password by the link in their mail, and everyone else is signed out', async () => {
			const [email = ''] = await givePassword(site(), PASSWORD, [personWith(site(), 'committee')]);
			const { page } = await enter('/account/sign-in');
			await page.getByRole('link', { name: 'I have forgotten my password' }).click();
			await page.getByLabel('E-mail address').fill(email);
			await page.getByRole('button', { name: 'Send me the link' }).click();
			await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();
			await page.goto(`/account/link/${outboxMail(site(), 'reset', email).token}`);
			await page.getByRole('button', { name: 'Go on' }).click();
			expect(new URL(page.url()).pathname).toBe('/account/reset');
			await page.getByLabel('New password').fill('seven quiet otters of copper');
			await page.getByRole('button', { name: 'Change my password' }).click();
			// A committee member has no second step in the demonstration, and sets one up before anything else.
			await page.getByRole('heading', { name: 'Set up your second step' }).waitFor();
			expect(outboxMail(site(), 'way-in', email).body).toContain('Your password was changed by a link');
		});

		whereScriptsRun('a passkey that is turned away says so in words, and leaves the other ways open', async () => {
			const visitor = await enter('/account/sign-in');
			const tools = await visitor.page.context().newCDPSession(visitor.page);
			await tools.send('WebAuthn.enable');
			const options = {
				protocol: 'ctap2',
				transport: 'internal',
				hasResidentKey: true,
				hasUserVerification: true,
				isUserVerified: false,
				automaticPresenceSimulation: true,
			} as const;
			await tools.send('WebAuthn.addVirtualAuthenticator', { options });
			await visitor.page.getByRole('button', { name: 'Sign in with a passkey' }).click();
			await visitor.page.getByText('You can try again, or go another way.').waitFor();
			expect(await visitor.page.getByLabel('Password', { exact: true }).isVisible()).toBe(true);
		});
	},
	{ JOBS: 'outside' },
);

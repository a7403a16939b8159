import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, cookieHeader, givePassword, inRegister } from '#tests/helpers/account-site.ts';
import { personWith } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

const ORIGIN = 'https://register.example.org';
const PASSWORD = 'violet harbour nine lanterns';
let site: Site;
let email: string;
beforeAll(async () => {
	site = await startSite({ PUBLIC_ORIGIN: ORIGIN, ALLOWED_HOSTS: 'register.example.org', JOBS: 'outside' });
	const personId = personWith(site, 'member');
	await ask(site, ORIGIN, '/demo/become', { form: { person: personId } });
	[email = ''] = await givePassword(site, PASSWORD, [personId]);
});
afterAll(() => site?.stop());

const signIn = (cookie?: string) => ask(site, ORIGIN, '/account/sign-in', { form: { email, password: PASSWORD }, ...(cookie ? { cookie } : {}) });
const opens = async (cookie: string) => (await ask(site, ORIGIN, '/my', { cookie })).status === 200;

describe('over https', () => {
	test('the session’s cookie is __Host-, Secure, HttpOnly, Lax, and ends with the browser', async () => {
		const reply = await signIn();
		const session = reply.setCookies.find((line) => line.startsWith('__Host-sid='));
		expect(session?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax', 'Secure']);
		expect([reply.status, reply.location]).toEqual([303, '/my']);
		const device = reply.setCookies.find((line) => line.startsWith('__Host-device='));
		expect(device?.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=31536000', 'Path=/', 'SameSite=Lax', 'Secure']);
		expect(reply.setCookies).toHaveLength(2);
		expect(reply.headers['strict-transport-security']).toContain('max-age=');
	});

	test('signing out takes the cookie back in a way that a browser obeys', async () => {
		const cookie = cookieHeader(await signIn());
		const out = await ask(site, ORIGIN, '/account/sign-out', { form: {}, cookie });
		const gone = out.setCookies.find((line) => line.startsWith('__Host-sid='));
		for (const needed of ['Path=/', 'Secure', 'Expires=Thu, 01 Jan 1970']) expect(gone).toContain(needed);
		expect(await opens(cookie)).toBe(false);
	});

	test('a cookie without the prefix, set by another site of the domain, is nobody’s (cookie tossing)', async () => {
		const good = cookieHeader(await signIn());
		const id = /__Host-sid=([^;]+)/.exec(good)?.[1] ?? '';
		expect(await opens(`sid=${id}`)).toBe(false);
		expect(await opens(`__Host-sid=${'b'.repeat(40)}; sid=${id}`)).toBe(false);
		expect(await opens(`sid=${'b'.repeat(40)}; ${good}`)).toBe(true);
	});

	test('two cookies of the name are read in one way: never more than one session', async () => {
		const id = /__Host-sid=([^;]+)/.exec(cookieHeader(await signIn()))?.[1] ?? '';
		const results = [await opens(`__Host-sid=${id}; __Host-sid=${'c'.repeat(40)}`), await opens(`__Host-sid=${'c'.repeat(40)}; __Host-sid=${id}`)];
		expect(results.filter(Boolean)).toHaveLength(1);
	});

	test('an id that someone planted is not taken over: signing in gives a new one', async () => {
		const planted = '__Host-sid='.concat('d'.repeat(40));
		const reply = await signIn(planted);
		expect(cookieHeader(reply)).not.toContain('d'.repeat(40));
		expect(await opens(planted)).toBe(false);
	});

	test('a row of the database opens nothing', async () => {
		await signIn();
		const hashes = inRegister(site, (sql) => sql.prepare('SELECT id_hash FROM session').pluck().all()) as string[];
		for (const hash of hashes) for (const value of [hash, hash.slice(0, 40)]) expect(await opens(`__Host-sid=${value}`)).toBe(false);
	});

	test('answers to whoever has a session are kept nowhere', async () => {
		const cookie = cookieHeader(await signIn());
		for (const path of ['/my', '/my/security', '/account/sign-in'])
			expect((await ask(site, ORIGIN, path, { cookie })).headers['cache-control'], path).toContain('no-store');
	});
});

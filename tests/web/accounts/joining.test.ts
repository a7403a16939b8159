import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inRegister, outboxMail } from '#tests/helpers/account-site.ts';
import { becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

const EMAIL = 'canary.heron+join@member.example';
const PASSWORD = 'Canary harbour nine lanterns';
const logs = mkdtempSync(join(tmpdir(), 'ipt-logs-'));
let site: Site;
/** Every address that was asked for or led to, and every head of an answer. */
const seen: string[] = [];
beforeAll(async () => {
	site = await startSite({ LOG_FILE: join(logs, 'site.log'), LOG_LEVEL: 'debug', JOBS: 'outside' });
});
afterAll(async () => {
	await site?.stop();
	rmSync(logs, { recursive: true });
});

const note = (response: Response) => {
	seen.push(JSON.stringify([...response.headers].filter(([name]) => name !== 'set-cookie')));
	return response;
};
const text = async (response: Response) => note(response).text();
const counts = () =>
	inRegister(site, (sql) => sql.prepare('SELECT (SELECT count(*) FROM audit_event) AS events, (SELECT count(*) FROM person) AS people').get());

describe('joining', () => {
	let someone: Visitor;
	let token: string;

	test('begins with an address; the answer says nothing but that a message is on its way', async () => {
		someone = visitor(site);
		const sent = note(await someone.post('/account/join', { email: EMAIL }));
		expect([sent.status, sent.headers.get('location')]).toEqual([303, '/account/join?done=sent']);
		expect(await text(await someone.get('/account/join?done=sent'))).not.toContain(EMAIL);
		({ token } = outboxMail(site, 'join', EMAIL));
		expect(token).toHaveLength(43);
	});

	test('opening the link changes nothing, shows nothing about anyone, and sets no cookie', async () => {
		const before = counts();
		const page = note(await visitor(site).get(`/account/link/${token}`));
		expect([page.status, page.headers.get('set-cookie'), counts()]).toEqual([200, null, before]);
		expect(page.headers.get('cache-control')).toContain('no-store');
		expect(await page.text()).not.toMatch(/canary\.heron/i);
	});

	test('pressing its button leads to a page without the token, which asks for name and password', async () => {
		const pressed = note(await someone.post(`/account/link/${token}`));
		expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/account/new']);
		expect(someone.cookies.get('link')).not.toBe(token);
		expect(await text(await someone.get('/account/new'))).toContain(EMAIL);
		expect((await visitor(site).get('/account/new')).status).toBe(404);
	});

	test('a password that would be guessed is refused with the reason; the name stays, the password is not written back', async () => {
		const weak = await someone.post('/account/new', { givenNames: 'Zebulon', familyName: 'Quarkley', password: 'zebulon quarkley' });
		const page = await text(weak);
		expect(weak.status).toBe(422);
		expect(page).toContain('your name');
		expect(page).toContain('value="Quarkley"');
		expect(page).not.toContain('zebulon quarkley');
	});

	test('ends signed in, on the way to apply', async () => {
		const joined = note(await someone.post('/account/new', { givenNames: 'Zebulon', familyName: 'Quarkley', password: PASSWORD }));
		expect([joined.status, joined.headers.get('location')]).toEqual([303, '/join']);
		expect((await someone.get('/my/security')).status).toBe(200);
	});

	test('cannot be done again with the link: it says so and offers a new one', async () => {
		const page = await (await visitor(site).get(`/account/link/${token}`)).text();
		expect(page).toContain('used already');
		expect((await visitor(site).post(`/account/link/${token}`)).status).toBe(409);
	});

	test('leaves address, password, token and name in no log, no address and no subject', async () => {
		for (const path of ['/account/sign-in', '/account/forgot']) note(await someone.post(path, { email: EMAIL, password: PASSWORD }));
		await someone.get(`/account/link/${token}?x=${token}`);
		await sleep(1500);
		const log = readFileSync(join(logs, 'site.log'), 'utf8');
		expect(log).toContain('/account/link/');
		for (const canary of [token, PASSWORD, /canary/i, /quarkley/i, someone.cookies.get('sid') ?? 'none', someone.cookies.get('device') ?? 'none']) {
			expect(log).not.toMatch(canary);
			expect(seen.join('\n')).not.toMatch(canary);
		}
		const subjects = inRegister(site, (sql) => sql.prepare('SELECT subject FROM outbox').pluck().all()) as string[];
		expect(subjects.join('\n')).not.toMatch(/canary|quarkley|zebulon/i);
	});
});

describe('a form that is sent while signed out', () => {
	test('is kept, without passwords, and can be sent again after signing in', async () => {
		const member = await becomeA(site, 'member');
		const cookies = new Map(member.cookies);
		member.cookies.clear();
		const refused = await member.post('/my/security/email?x=1', {
			email: 'typed+before@member.example',
			password: 'CanaryOfPassword',
			code: '123456',
			note: 'a <b>line</b>\nand another',
		});
		const page = await refused.text();
		expect(refused.status).toBe(403);
		expect(page).toContain('action="/my/security/email?x=1"');
		expect(page).toContain('value="typed+before@member.example"');
		expect(page).toContain('a &lt;b&gt;line&lt;/b&gt;\nand another');
		expect(page).not.toMatch(/CanaryOfPassword|123456/);
		for (const [name, value] of cookies) member.cookies.set(name, value);
		const again = await member.post('/my/security/email?x=1', { email: 'typed+before@member.example' });
		expect([again.status, again.headers.get('location')]).toEqual([303, '/my/security?done=email']);
	});

	test('says so when it held files, and never holds much', async () => {
		const form = new FormData();
		form.set('title', 'A workshop');
		form.set('file', new File(['x'.repeat(2000)], 'evidence.pdf'));
		const page = await (await visitor(site).post('/my/security', form)).text();
		expect(page).toContain('Files cannot be kept');
		expect(page).toContain('value="A workshop"');
		expect(page).not.toContain('xxxx');
	});
});

describe('where to go on after signing in', () => {
	test.each([
		'https://evil.example',
		'//evil.example',
		'/\\evil.example',
		'/my//evil.example',
		'javascript:alert(1)',
		'/account/sign-out',
		'/my\\@evil.example',
	])('is never %s', async (next) => {
		const member = visitor(site);
		const page = await (await member.get(`/account/sign-in?next=${encodeURIComponent(next)}`)).text();
		expect(page).not.toContain('evil.example');
		const answer = await member.post(`/account/sign-in?next=${encodeURIComponent(next)}`, { email: EMAIL, password: PASSWORD });
		expect(answer.headers.get('location')).toBe('/my');
	});

	test('is the page that was asked for', async () => {
		const answer = await visitor(site).post('/account/sign-in?next=%2Fmy%2Fcpd%3Fyear%3D2026', { email: EMAIL, password: PASSWORD });
		expect(answer.headers.get('location')).toBe('/my/cpd?year=2026');
	});
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { hiddenOf } from '../membership/acting.ts';

const CANARY = 'zyxquorbane';
const PASSPHRASE = 'marble otter kettle sunrise';
let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site.stop());

test('somebody without an account writes it down, comes back on another device, sends it and follows it; its words stand nowhere', async () => {
	const telephone = device();
	const key = hiddenOf((await telephone.get('/concerns/begin')).text).caseKey ?? '';
	expect(key).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
	const beginning = { about: 'therapist', passphrase: PASSPHRASE, kept: 'yes' };
	expect((await telephone.send('/concerns/begin', { ...beginning, passphrase: 'password' })).status).toBe(422);
	const offered = hiddenOf((await telephone.get('/concerns/begin')).text);
	expect(await telephone.post('/concerns/begin', { ...offered, ...beginning })).toMatchObject({ status: 303, location: '/concerns/mine' });

	const name = inRegister(site, (sql) => sql.prepare('SELECT family_name FROM public_register ORDER BY number LIMIT 1').pluck().get()) as string;
	const found = await telephone.send('/concerns/mine/about', { do: 'find', find: name });
	const number = /name="number" value="([^"]+)"/.exec(found.text)?.[1] ?? '';
	expect(number).not.toBe('');
	expect((await telephone.send('/concerns/mine/about', { do: 'keep', number })).status).toBe(303);
	expect((await telephone.send('/concerns/mine/part/you', { source: 'former_client', name: 'Ann' })).status).toBe(303);
	expect((await telephone.send('/concerns/mine/part/what', { happened: '' })).status).toBe(422);
	expect((await telephone.send('/concerns/mine/part/what', { happened: `It was ${CANARY}.` })).status).toBe(303);
	expect((await telephone.send('/concerns/mine/part/contact', { email: 'safe@example.org' })).status).toBe(303);
	expect((await telephone.post('/concerns/leave', {})).location).toBe('/concerns/open?done=left');
	expect((await telephone.get('/concerns/mine')).location).toBe('/concerns/open');

	const library = device();
	// What was typed when it had shut is kept with the way to open it again.
	const shut = await library.post('/concerns/mine/part/tried', { tried: `I told them, ${CANARY}.` });
	expect([shut.status, shut.text.includes(`I told them, ${CANARY}.`)]).toEqual([422, true]);
	expect((await library.post('/concerns/open', { caseKey: offered.caseKey ?? '', passphrase: PASSPHRASE })).status).toBe(303);
	const check = await library.get('/concerns/mine/check');
	expect(textOf(check.text)).toContain(`It was ${CANARY}.`);
	expect(check.headers.get('cache-control')).toBe('no-store');
	expect((await library.send('/concerns/mine/check', {})).status).toBe(303);
	const tracker = await library.get('/concerns/mine');
	expect(textOf(tracker.text)).toMatch(/Reference CON-2026-\d{4} Where it stands We have it/);
	expect(/<title>([^<]*)/.exec(tracker.text)?.[1]).not.toMatch(/concern|complain|CON-/i);

	expect(
		inRegister(site, (sql) => sql.prepare('SELECT count(*) FROM concern WHERE respondent_id IS NOT NULL AND phase = ?').pluck().get('received')),
	).toBeGreaterThan(0);
	for (const file of readdirSync(site.dataDir, { recursive: true, withFileTypes: true }))
		if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(CANARY), file.name).toBe(false);
	expect(site.logs()).not.toContain(CANARY);
});

type Answer = { status: number; location: string | null; text: string; headers: Headers };

/** A browser of its own: it keeps cookies and sends the hidden fields of a page's last form. */
function device() {
	const jar = new Map<string, string>();
	const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const answer = await fetch(site.origin + path, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
		for (const line of answer.headers.getSetCookie()) {
			const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
			jar.set(name, value);
		}
		return { status: answer.status, location: answer.headers.get('location'), text: await answer.text(), headers: answer.headers };
	};
	const post = (path: string, fields: Record<string, string>) =>
		ask(path, { method: 'POST', body: new URLSearchParams(fields), headers: { origin: site.origin, 'sec-fetch-site': 'same-origin' } });
	return {
		get: ask,
		post,
		send: async (path: string, fields: Record<string, string>) => post(path, { ...hiddenOf((await ask(path)).text), ...fields }),
	};
}

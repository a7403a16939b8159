import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { hiddenOf } from '../membership/acting.ts';
import { begin, deviceOn, PASSPHRASE, shut } from './device.ts';

const CANARY = 'zyxquorbane';
let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site.stop());

test('somebody without an account writes it down, comes back on another device, sends it and follows it; its words stand nowhere', async () => {
	const telephone = deviceOn(site);
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

	const library = deviceOn(site);
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

test('what was typed after it had shut comes back with the key, on every page', async () => {
	const telephone = deviceOn(site);
	const key = await begin(telephone, 'therapist');
	const again = { caseKey: key, passphrase: PASSPHRASE };
	const words = 'Typed for an hour.';
	const typing = async (path: string, fields: Record<string, string>) => {
		const hidden = hiddenOf((await telephone.get(path)).text);
		shut(site);
		const answer = await telephone.post(path, { ...hidden, ...fields });
		expect([path, answer.status], answer.text).toEqual([path, 422]);
		expect(answer.text, path).toContain('It was shut after half an hour');
		for (const value of Object.values(fields)) expect(answer.text, path).toContain(value);
		expect((await telephone.post(path, { ...hiddenOf(answer.text), ...fields, ...again, passphrase: 'not this one at all' })).status).toBe(422);
		return telephone.post(path, { ...hiddenOf(answer.text), ...fields, ...again });
	};
	expect((await typing('/concerns/mine/about', { do: 'keep', called: 'Dana Quirk', described: words })).location).toBe('/concerns/mine?done=saved');
	expect((await typing('/concerns/mine/part/what', { happened: words })).location).toBe('/concerns/mine?done=saved');
	expect((await telephone.get('/concerns/mine/part/what')).text).toContain(words);
	expect((await telephone.send('/concerns/mine/part/you', { source: 'unnamed' })).status).toBe(303);
	expect((await typing('/concerns/mine/remove', { sure: 'no' })).status).toBe(422);
	// Opened again it is shown once more, and then sent.
	expect((await typing('/concerns/mine/check', {})).location).toBe('/concerns/mine/check');
	expect((await telephone.send('/concerns/mine/check', {})).location).toBe('/concerns/mine?done=sent');
	expect((await typing('/concerns/mine', { words })).location).toBe('/concerns/mine?done=written');
	expect((await typing('/concerns/mine/do/pause', { words: `${words} I am tired.` })).location).toBe('/concerns/mine?done=pause');
	expect(textOf((await telephone.get('/concerns/mine')).text)).toContain('I am tired.');
	expect(site.logs()).not.toContain('Typed for an hour');
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inRegister } from '#tests/helpers/account-site.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { colleague } from '#tests/helpers/upkeep.ts';
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

test('whether it is for us is answered in plain words with honest ways out, and nothing of it is kept or stands in an address', async () => {
	const browser = deviceOn(site);
	const asked = async (who: string, where: string, what: string) => {
		const answer = await browser.post('/concerns/is-this-for-us', { who, where, what });
		return { status: answer.status, said: textOf(answer.text), goesOn: answer.text.includes('href="/concerns/begin"') };
	};
	expect(await browser.send('/concerns/is-this-for-us', {})).toMatchObject({ status: 422 });
	expect((await asked('register', 'private', 'conduct')).said).toContain('Yes, tell us');
	const ways: [string, string, string, RegExp][] = [
		['not_found', 'unsure', 'unsure', /only about people on our register/],
		['other_profession', 'unsure', 'unsure', /Another body is likely to be better.*Health and Care Professions Council/],
		['organisation', 'employed', 'unsure', /a way of its own/],
		['register', 'employed', 'conduct', /employer can often act sooner/],
		['register', 'private', 'money', /cannot get money back/],
		['register', 'private', 'court', /cannot change what a court/],
		['register', 'private', 'crime', /for the police first.*999/],
	];
	for (const [who, where, what, words] of ways) {
		const answer = await asked(who, where, what);
		expect([answer.status, answer.goesOn], `${who} ${where} ${what}`).toEqual([200, true]);
		expect(answer.said).toMatch(words);
	}
	expect((await asked('organisation', 'employed', 'unsure')).said).not.toMatch(/employer can often act sooner/);
	expect(inRegister(site, (sql) => sql.prepare("SELECT count(*) FROM audit_event WHERE kind LIKE '%fit%'").pluck().get())).toBe(0);
});

test('questions of equality are apart: nobody has to answer, and nothing leads from an answer to anybody', async () => {
	const count = () => inRegister(site, (sql) => sql.prepare('SELECT count(*) FROM concern_equality').pluck().get()) as number;
	const browser = deviceOn(site);
	const before = count();
	expect((await browser.send('/concerns/equality', {})).location).toBe('/concerns/equality?done=kept');
	expect(count()).toBe(before);
	const events = () => inRegister(site, (sql) => sql.prepare('SELECT count(*) FROM audit_event').pluck().get());
	const told = events();
	await browser.send('/concerns/equality', { age: '25_44', religion: 'none', sex: 'something else' });
	await browser.send('/concerns/equality', { age: '25_44', religion: 'none' });
	const [row] = inRegister(site, (sql) => sql.prepare('SELECT * FROM concern_equality').all()) as Record<string, unknown>[];
	expect([count(), events()]).toEqual([before + 1, told]);
	expect(Object.keys(row ?? {})).toEqual(['id', 'month', 'side', 'answers']);
	expect(row).toMatchObject({ side: 'complainant', answers: '{"age":"25_44","religion":"none"}', month: expect.stringMatching(/^\d{4}-\d\d$/) });
});

test('all of it can be removed before it is sent; every page has the way out of here, and none says where one is', async () => {
	const browser = deviceOn(site);
	const key = await begin(browser, 'therapist');
	await browser.send('/concerns/mine/part/what', { happened: 'To be removed.' });
	const parts = ['about', 'you', 'what', 'witnesses', 'tried', 'outcome', 'needs', 'contact', 'supporter'].map((part) =>
		part === 'about' ? part : `part/${part}`,
	);
	for (const path of ['', ...parts.map((part) => `/${part}`), '/check', '/remove', '/supporter']) {
		const page = await browser.get(`/concerns/mine${path}`);
		expect([path, page.status], path).toEqual([path, 200]);
		expect(page.text, path).toContain('data-exit');
		expect(/<title>([^<]*)/.exec(page.text)?.[1], path).not.toMatch(/concern|complain|CON-/i);
		expect([page.headers.get('cache-control'), page.headers.get('referrer-policy')], path).toEqual([
			'no-store',
			expect.stringMatching(/no-referrer|same-origin/),
		]);
	}
	expect((await browser.post('/concerns/mine/remove', {})).status).toBe(422);
	expect((await browser.send('/concerns/mine/remove', { sure: 'yes' })).location).toBe('/concerns/open?done=removed');
	expect((await browser.post('/concerns/open', { caseKey: key, passphrase: PASSPHRASE })).text).toContain('do not fit together');
	expect((await browser.get('/concerns/mine')).location).toBe('/concerns/open');
});

test('one about the organisation goes its own way; it is paused and goes on, and who stands beside is named and changed', async () => {
	const browser = deviceOn(site);
	await begin(browser, 'organisation');
	expect((await browser.get('/concerns/mine')).text).not.toContain('Who it is about');
	expect((await browser.post('/concerns/mine/about', { do: 'keep', called: 'Somebody' })).status).toBe(404);
	await browser.send('/concerns/mine/part/office', { part: 'rules' });
	await browser.send('/concerns/mine/part/you', { source: 'client' });
	await browser.send('/concerns/mine/part/what', { happened: 'Your rules are hard to read.' });
	expect((await browser.send('/concerns/mine/check', {})).location).toBe('/concerns/mine?done=sent');
	const tracker = async () => textOf((await browser.get('/concerns/mine')).text);
	expect(await tracker()).toMatch(/somebody who had no part in it takes it on.*We confirm that it came by.*We answer you by/);
	expect(await tracker()).not.toMatch(/therapist as it stands/);
	expect((await browser.send('/concerns/mine/do/pause', { words: '' })).location).toBe('/concerns/mine?done=pause');
	expect(await tracker()).toContain('Paused (we have it)');
	expect((await browser.get('/concerns/mine/do/pause')).status).toBe(303);
	expect((await browser.send('/concerns/mine/do/resume', { words: 'I am back.' })).location).toBe('/concerns/mine?done=resume');
	expect(await tracker()).toMatch(/Where it stands We have it.*I am back\./);
	expect((await browser.send('/concerns/mine/contact', { email: 'no address' })).status).toBe(422);
	expect((await browser.send('/concerns/mine/contact', { email: 'new@example.org', voicemail: 'no' })).location).toBe('/concerns/mine?done=contact');
	expect((await browser.get('/concerns/mine/contact')).text).toContain('new@example.org');
	for (const [name, shown] of [
		['Sam Beside', 'Sam Beside'],
		['Kim Beside', 'Kim Beside'],
		['', 'Nobody'],
	] as const) {
		expect((await browser.send('/concerns/mine/supporter', { name, reach: '', may: '' })).location).toBe('/concerns/mine?done=supporter');
		expect(await tracker()).toContain(`Beside you ${shown}`);
	}
});

test('what an officer typed is opened with the key from the letter, corrected and sent; the officer reads it no more', async () => {
	const ctx = siteCtx(site);
	const [typist, other] = ['Tyla', 'Otis'].map((name) => colleague(ctx.db, name, 'complaints_officer')) as [string, string];
	ctx.db.sql.close();
	const officer = await become(site, typist);
	const send = async (path: string, fields: Record<string, string>) => {
		const hidden = hiddenOf(await (await officer.get(path)).text());
		const answer = await officer.post(path, { ...hidden, ...fields });
		return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
	};
	const begun = await send('/office/concerns/typed/new', { way: 'letter', about: 'therapist', cameOn: '01/11/2026' });
	expect(begun.location, begun.text).toMatch(/^\/office\/concerns\/typed\/[\w-]+$/);
	const own = begun.location;
	expect((await send(`${own}/about`, { do: 'keep', called: 'Dana Quirk' })).location).toBe(`${own}?done=saved`);
	expect((await send(`${own}/part/you`, { source: 'carer_family', name: 'Ann' })).location).toBe(`${own}?done=saved`);
	expect((await send(`${own}/part/what`, { happened: 'Tipped wrongly.' })).location).toBe(`${own}?done=saved`);
	const letter = await (await officer.get(`${own}/key`)).text();
	const { caseKey = '' } = hiddenOf(letter);
	expect(textOf(letter)).toMatch(new RegExp(`${caseKey}.*open ${site.origin}/concerns/first`));
	const shown = { ...hiddenOf(letter), given: 'yes' };
	expect((await officer.post(`${own}/key`, shown)).headers.get('location')).toBe(`${own}?done=key`);
	expect((await (await become(site, other)).get(own)).status).toBe(404);

	const browser = deviceOn(site);
	expect((await browser.get('/concerns/open')).text).toContain('href="/concerns/first"');
	expect((await browser.post('/concerns/first', { caseKey, passphrase: '' })).status).toBe(422);
	expect((await browser.post('/concerns/first', { caseKey, passphrase: PASSPHRASE })).location).toBe('/concerns/mine');
	expect(textOf((await browser.get('/concerns/mine')).text)).toContain('We typed what you told us');
	expect((await officer.get(own)).status).toBe(404);
	expect((await browser.get('/concerns/mine/part/what')).text).toContain('Tipped wrongly.');
	await browser.send('/concerns/mine/part/what', { happened: 'Typed rightly.' });
	expect((await browser.send('/concerns/mine/check', {})).location).toBe('/concerns/mine?done=sent');
	expect(textOf((await browser.get('/concerns/mine')).text)).toContain('Typed rightly.');
	expect(site.logs()).not.toContain(caseKey);
});

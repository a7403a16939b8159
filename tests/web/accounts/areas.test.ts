import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomeA, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite();
});
afterAll(() => site?.stop());

describe('the areas of people who are signed in', () => {
	test('send whoever is not signed in to sign in, and back afterwards', async () => {
		const answer = await visitor(site).get('/my?from=mail');
		expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/sign-in?next=%2Fmy%3Ffrom%3Dmail']);
	});

	test('open to a member, who may not enter the office', async () => {
		const member = await becomeA(site, 'member');
		expect((await member.get('/my')).status).toBe(200);
		expect((await member.get('/office')).status).toBe(403);
	});

	test('close again after signing out, and the old cookie opens nothing', async () => {
		const member = await becomeA(site, 'registrar');
		const before = new Map(member.cookies);
		expect((await member.get('/office')).status).toBe(200);
		expect((await member.post('/account/sign-out')).status).toBe(303);
		expect(member.cookies.get('sid')).toBeUndefined();
		for (const [name, value] of before) member.cookies.set(name, value);
		expect((await member.get('/office')).status).toBe(303);
	});

	test('are never kept by anyone', async () => {
		const member = await becomeA(site, 'member');
		expect((await member.get('/my')).headers.get('cache-control')).toContain('no-store');
	});
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROLE_NAMES, type Role } from '#core/roles.ts';
import { becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { ROLE_ROWS, type RoleRow } from './role-rows.ts';

let site: Site;
const actors = new Map<Role, Visitor>();
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	for (const role of ROLE_NAMES) actors.set(role, await becomeA(site, role));
});
afterAll(() => site?.stop());

const mayOpen = (row: RoleRow, role: Role) => row.opens === 'everyone' || row.opens.includes(role);

describe('pages behind a door', () => {
	test('send whoever is not signed in to sign in, and take no form from them', async () => {
		for (const { path } of ROLE_ROWS) {
			const nobody = visitor(site);
			const answer = await nobody.get(path);
			expect([path, answer.status, answer.headers.get('location')?.split('?')[0]]).toEqual([path, 303, '/account/sign-in']);
			expect([path, (await nobody.post(path, { x: '1' })).status]).toEqual([path, 403]);
		}
	});

	test.each(ROLE_NAMES)('open to a %s where the table says so, and stay closed elsewhere', async (role) => {
		const someone = actors.get(role) as Visitor;
		const expected = ROLE_ROWS.map((row) => [row.path, mayOpen(row, role) ? row.get : 403, mayOpen(row, role) ? row.post : 403]);
		const seen: unknown[] = [];
		for (const { path } of ROLE_ROWS) seen.push([path, (await someone.get(path)).status, (await someone.post(path, { x: '1' })).status]);
		expect(seen).toEqual(expected);
	});
});

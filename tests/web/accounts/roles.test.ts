import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomeA, personWith } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { reading } from '../attacks/probe.ts';

let site: Site;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
});
afterAll(() => site?.stop());

const mailbox = (personId: string) => reading(site, (sql) => sql.prepare('SELECT email FROM account WHERE person_id = ?').pluck().get(personId) as string);
const grantId = (personId: string, role: string) =>
	reading(site, (sql) => sql.prepare('SELECT id FROM role_grant WHERE person_id = ? AND role = ?').pluck().get(personId, role) as string | undefined);

describe('the page of roles', () => {
	test('gives a role that opens its door, and ending it signs the person out', async () => {
		const registrar = await becomeA(site, 'registrar');
		const finance = personWith(site, 'finance');
		const form = { email: mailbox(finance), role: 'auditor', toOn: '', reason: 'Minute 12' };
		const given = await registrar.post('/office/roles', form);
		expect([given.status, given.headers.get('location')]).toEqual([303, '/office/roles?done=given']);
		const id = grantId(finance, 'auditor') ?? '';
		const someone = await becomeA(site, 'finance');
		expect((await someone.get('/office')).status).toBe(200);
		const page = await registrar.get(`/office/roles/${id}/end`);
		expect(await page.text()).toContain('as CPD auditor');
		expect((await registrar.post(`/office/roles/${id}/end`, { reason: 'Their term is over' })).status).toBe(303);
		expect((await someone.get('/office')).status).toBe(303);
		expect(grantId(finance, 'auditor')).toBeUndefined();
	});

	test('keeps what was typed when something is missing, and tells a reviewer’s missing last day', async () => {
		const registrar = await becomeA(site, 'registrar');
		const answer = await registrar.post('/office/roles', { email: 'someone@example.org', role: 'external_reviewer', toOn: '', reason: '' });
		const text = await answer.text();
		expect(answer.status).toBe(422);
		expect(text).toContain('value="someone@example.org"');
		expect(text).toContain('always has a last day');
	});

	test('lets nobody give a role to themselves or end their own', async () => {
		const registrar = await becomeA(site, 'registrar');
		const own = personWith(site, 'registrar');
		expect((await registrar.post('/office/roles', { email: mailbox(own), role: 'finance', toOn: '', reason: 'x' })).status).toBe(403);
		expect((await registrar.post(`/office/roles/${grantId(own, 'registrar')}/end`, { reason: 'x' })).status).toBe(403);
		expect(grantId(own, 'registrar')).toBeDefined();
	});

	test('says so when nobody has an account of that address, and when a role has ended already', async () => {
		const registrar = await becomeA(site, 'registrar');
		const nobody = await registrar.post('/office/roles', { email: 'nobody@example.org', role: 'auditor', toOn: '', reason: 'x' });
		expect([nobody.status, (await nobody.text()).includes('Nobody has an account with this address')]).toEqual([422, true]);
		expect((await registrar.get('/office/roles/0190f0f0-0000-7000-8000-000000000000/end')).status).toBe(404);
	});
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enforceRetention } from '#features/membership/index.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let site: Site;
let office: Visitor;
let registrar: Visitor;
let leaver: string;
let name: string;
let number: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	[office, registrar] = [await becomeA(site, 'membership_officer'), await becomeA(site, 'registrar')];
	const { sql } = siteCtx(site).db;
	const staff = [personWith(site, 'membership_officer'), personWith(site, 'registrar')];
	const text = `SELECT p.id FROM person p JOIN registration r ON r.person_id = p.id JOIN listing l ON l.person_id = p.id WHERE p.email IS NOT NULL
		AND p.id NOT IN (SELECT person_id FROM role_grant) AND p.id NOT IN (SELECT person_id FROM register_order) AND p.id NOT IN (SELECT person_id FROM membership_application)
		AND p.id NOT IN (?, ?) AND p.died_on IS NULL AND (SELECT count(*) FROM person_name n WHERE n.person_id = p.id) = 1 LIMIT 1`;
	leaver = sql
		.prepare(text)
		.pluck()
		.get(...staff) as string;
	sql.prepare("UPDATE membership_period SET ended_on = '2026-09-01', end_reason = 'resigned' WHERE person_id = ? AND ended_on IS NULL").run(leaver);
	sql.prepare("UPDATE award SET ended_on = '2026-09-01', end_reason = 'given_up' WHERE person_id = ? AND ended_on IS NULL").run(leaver);
	sql
		.prepare(
			"UPDATE invoice SET voided_at = 1, voided_on = '2026-09-01', void_reason = 'left' WHERE person_id = ? AND settled_at IS NULL AND voided_at IS NULL",
		)
		.run(leaver);
	name = sql.prepare("SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ?").pluck().get(leaver) as string;
	number = sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(leaver) as string;
	sql.close();
});
afterAll(() => site?.stop());

const page = async (who: Visitor, path: string) => textOf(await (await who.get(path)).text());
const hidden = async (who: Visitor, path: string, field: string) =>
	new RegExp(`name="${field}" value="([^"]+)"`).exec(await (await who.get(path)).text())?.[1] ?? '';
function ask(text: string, ...values: unknown[]): unknown {
	const { sql } = siteCtx(site).db;
	try {
		return sql
			.prepare(text)
			.pluck()
			.get(...values);
	} finally {
		sql.close();
	}
}

describe('keeping and destroying', () => {
	test('a class is looked at, confirmed and then carried out by the job; what was destroyed is shown', async () => {
		const shown = await page(office, '/office/data/listing');
		expect(shown).toContain('What would go');
		const rowsShown = await hidden(office, '/office/data/listing', 'rowsShown');
		expect(Number(rowsShown)).toBeGreaterThan(0);
		expect((await office.post('/office/data/listing', { rowsShown })).status).toBe(422);
		expect(ask('SELECT count(*) FROM retention_confirmation')).toBe(0);
		expect((await office.post('/office/data/listing', { rowsShown, sure: 'yes' })).status).toBe(303);

		const hold = await office.post('/office/data/holds', { who: number, because: 'A claim' });
		expect([hold.status, hold.headers.get('location')]).toEqual([303, '/office/data?done=held']);
		expect((await office.post('/office/data/holds', { who: 'nobody', because: 'kept words' })).status).toBe(422);
		expect(await page(office, '/office/data?done=held')).toContain(name);
		const ctx = siteCtx(site);
		expect(enforceRetention({ ...ctx, actor: { kind: 'system', name: 'test' } }).listing ?? 0).toBeLessThan(Number(rowsShown));
		expect(ask('SELECT count(*) FROM listing WHERE person_id = ?', leaver)).toBe(1);

		const id = ask('SELECT id FROM legal_hold') as string;
		expect((await office.post(`/office/data/holds/${id}`, { hold: id, because: 'Settled' })).status).toBe(303);
		expect(enforceRetention({ ...ctx, actor: { kind: 'system', name: 'test' } }).listing).toBeGreaterThan(0);
		ctx.db.sql.close();
		expect(ask('SELECT count(*) FROM listing WHERE person_id = ?', leaver)).toBe(0);
		expect(await page(office, '/office/data')).toContain('Directory listing');
	});
});

describe('erasing', () => {
	test('is planned by one and carried out by another; then the register has the number without a name', async () => {
		const self = await become(site, leaver);
		const asked = await self.post('/my/data/requests/new', { kind: 'erasure', said: 'Please forget me', repeatKey: 'q'.repeat(43) });
		expect(asked.status).toBe(303);
		const reference = ask("SELECT reference FROM data_request WHERE kind = 'erasure' AND person_id = ?", leaver) as string;
		const path = `/office/data-requests/${reference}/erase`;
		expect(await page(office, `/office/data-requests/${reference}`)).toContain('See what would be erased');
		const plan = await page(office, path);
		expect(plan).toContain('What would be erased, what is kept and why');
		expect(plan).not.toContain('Warning:');
		const digest = await hidden(office, path, 'digest');
		expect((await office.post(path, { act: 'propose', digest })).status).toBe(422);
		expect((await office.post(path, { act: 'carry_out', digest, sure: 'yes' })).status).toBe(409);
		expect((await office.post(path, { act: 'propose', digest, sure: 'yes' })).status).toBe(303);
		expect(await page(office, path)).toContain('by you. Somebody else has to carry it out');
		expect((await office.post(path, { act: 'carry_out', digest, sure: 'yes' })).status).toBe(409);

		const second = await hidden(registrar, path, 'digest');
		expect((await registrar.post(path, { act: 'carry_out', digest: second, sure: 'yes' })).status).toBe(303);
		expect((await registrar.get(path)).status).toBe(404);
		expect((await self.get('/my')).status).toBe(303);
		expect(await page(office, '/office/data-requests')).not.toContain(name);
		const entry = await registrar.get(`/register/${number}`);
		expect(entry.status).toBe(200);
		expect(textOf(await entry.text())).not.toContain(name);
		expect((await registrar.get(`/office/people/${number}`)).status).toBe(200);
	});
});

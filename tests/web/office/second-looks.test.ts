import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { becomeA, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let site: Site;
let officer: Visitor;
let registrar: Visitor;
let books: Visitor;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	[officer, registrar, books] = [await becomeA(site, 'membership_officer'), await becomeA(site, 'registrar'), await becomeA(site, 'finance')];
});
afterAll(() => site?.stop());

const read = async (who: Visitor, path: string) => textOf(await (await who.get(path)).text());
function rows<T>(text: string, ...values: string[]): T[] {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		return sql.prepare(text).all(...values) as T[];
	} finally {
		sql.close();
	}
}
function write(text: string, ...values: string[]): void {
	const { sql } = openDatabase(`${site.dataDir}/register.db`);
	sql.prepare(text).run(...values);
	sql.close();
}
/** The hidden fields of the page, by name, as the form that holds `named` would send them. */
async function hidden(who: Visitor, path: string): Promise<Record<string, string>> {
	const html = await (await who.get(path)).text();
	const tags = [...html.matchAll(/<input type="hidden" name="([\w-]+)" value="([^"]*)"/g)];
	return Object.fromEntries(tags.map(([, name, value]) => [name ?? '', value ?? '']));
}

describe('a change of somebody’s address', () => {
	test('is asked for by one of the office, stands in the list of work, and is confirmed by another', async () => {
		const text = `SELECT a.person_id AS id FROM account a WHERE a.disabled_at IS NULL
			AND a.person_id NOT IN (SELECT person_id FROM role_grant WHERE role IN ('membership_officer', 'registrar')) LIMIT 1`;
		const id = rows<{ id: string }>(text)[0]?.id ?? '';
		const key = ((await officer.get(`/office/people/${id}`)).headers.get('location') ?? id).replace('/office/people/', '');
		const asked = { act: 'address', newEmail: 'someone@new.example', reason: 'Rang up; answered three questions' };
		expect((await officer.post(`/office/people/${key}/account`, asked)).headers.get('location')).toBe(`/office/people/${key}?done=address`);
		expect(await read(registrar, '/office')).toContain('Changes of address that want a second person 1');
		const page = `/office/people/${key}/address`;
		expect(await read(officer, page)).toContain('You asked for it, so somebody else has to confirm it.');
		const form = await hidden(officer, page);
		expect((await officer.post(page, { ...form, act: 'confirm' })).status).toBe(403);
		expect((await registrar.post(page, { ...form, act: 'turn_down', reason: '' })).status).toBe(422);
		expect((await registrar.post(page, { ...form, act: 'confirm' })).headers.get('location')).toBe('/office/people/addresses?done=confirmed');
		expect(await read(registrar, '/office/people/addresses?done=confirmed')).toContain('None is waiting');
		expect(await read(officer, `/office/people/${key}/account`)).toContain('takes effect on');
	});
});

describe('fees', () => {
	test('are drafted by finance, compared, published by the registrar, and stand in the table', async () => {
		expect((await books.post('/office/settings/fees', { name: '2027-1', fromOn: 'tomorrow' })).status).toBe(422);
		const draft = (await books.post('/office/settings/fees', { name: '2027-1', fromOn: '1 April 2027' })).headers.get('location') ?? '';
		expect(await read(books, draft)).toContain('It says the same as 2026-1');
		const form = { name: '2027-1', fromOn: '01/04/2027', 'fee-trainee': '45', 'fee-basic': '75', 'fee-plus': '£107.00', 'fee-organisation': '60' };
		const figures = { ...form, concessionPercent: '50', proRata: 'months', dueDays: '30', version: '1' };
		const wrong = await books.post(draft, { ...figures, 'fee-plus': '107,5' });
		expect([wrong.status, (await wrong.text()).includes('value="107,5"')]).toEqual([422, true]);
		expect((await books.post(draft, figures)).status).toBe(303);
		expect((await books.post(draft, figures)).status).toBe(409);
		const said = await read(registrar, draft);
		expect(said).toContain('Member Plus £95.00 £107.00 £12.00 more');
		expect(said).toMatch(/[\d,]+ of [\d,]+ renewals due from that day on would cost another amount/);
		expect((await books.get(`${draft}/publish`)).status).toBe(403);
		expect((await registrar.post(`${draft}/publish`, { version: '2', reason: '' })).status).toBe(422);
		expect((await registrar.post(`${draft}/publish`, { version: '2', reason: 'Minute 4' })).status).toBe(303);
		expect(await read(books, '/office/settings/fees?done=published')).toMatch(/2027-1 1 April 2027 To come/);
	});
});

describe('a refund of a membership fee', () => {
	test('asks what becomes of the membership', async () => {
		const [member] = rows<{ person: string; period: string }>(
			"SELECT person_id AS person, id AS period FROM membership_period WHERE ended_on IS NULL AND category = 'basic' AND paid_to_on > '2027-01-01' LIMIT 1",
		);
		const { person = '', period = '' } = member ?? {};
		const bought =
			"INSERT INTO membership_purchase (id, person_id, kind, category, asked_on, done_on) VALUES (?, ?, 'renew', 'basic', '2026-11-01', '2026-11-01')";
		write(bought, 'bought-1', person);
		write('UPDATE membership_period SET purchase_id = ? WHERE id = ?', 'bought-1', period);
		const ctx = siteCtx(site);
		const invoice = invoiceTo(ctx, person, { subjectId: 'bought-1' });
		ctx.db.sql.close();
		const number = rows<{ number: string }>('SELECT number FROM invoice WHERE id = ?', invoice)[0]?.number ?? '';
		const paid = { amount: '75', receivedOn: '20/11/2026', way: 'cheque', reference: '000123', repeatKey: 'paid-abcdefgh' };
		expect((await books.post(`/office/payments/${number}/record`, paid)).status).toBe(303);
		const payment = rows<{ id: string }>('SELECT id FROM payment WHERE invoice_id = ?', invoice)[0]?.id ?? '';
		const page = `/office/payments/${number}/refund?payment=${payment}`;
		expect(await read(books, page)).toContain('What becomes of the membership?');
		const { repeatKey = '' } = await hidden(books, page);
		const form = { amount: '75.00', reason: 'Changed their mind', reference: 'OUT 1', repeatKey };
		const open = await books.post(page, form);
		expect([open.status, textOf(await open.text())]).toEqual([422, expect.stringContaining('choose whether the membership stays or ends')]);
		expect((await books.post(page, { ...form, membership: 'stays' })).status).toBe(303);
		expect(await read(books, `/office/payments/${number}`)).toContain('Changed their mind (the membership stays)');
	});
});

describe('two files that were brought together by mistake', () => {
	test('are taken apart by a second officer', async () => {
		const text = `SELECT r.number, p.id FROM registration r JOIN person p ON p.id = r.person_id WHERE p.died_on IS NULL
			AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id) AND NOT EXISTS (SELECT 1 FROM register_order o WHERE o.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM membership_application m WHERE m.person_id = p.id) LIMIT 2`;
		const [winner, loser] = rows<{ number: string; id: string }>(text);
		const at = (act: string) => `/office/people/${winner?.number}/${act}`;
		expect((await officer.post(at('merge'), { act: 'merge', other: loser?.number ?? '', reason: 'One person' })).status).toBe(303);
		expect((await officer.post(at('unmerge'), { act: 'ask', file: loser?.id ?? '', reason: '' })).status).toBe(422);
		expect((await officer.post(at('unmerge'), { act: 'ask', file: loser?.id ?? '', reason: 'They are sisters' })).status).toBe(303);
		expect(await read(registrar, '/office')).toContain('Files to take apart 1');
		expect(await read(officer, at('unmerge'))).toContain('Somebody else has to do this');
		const { file = '', version = '' } = await hidden(registrar, at('unmerge'));
		expect((await officer.post(at('unmerge'), { act: 'confirm', file, version })).status).toBe(403);
		expect((await registrar.post(at('unmerge'), { act: 'confirm', file, version })).status).toBe(303);
		expect((await officer.get(`/office/people/${loser?.number}`)).status).toBe(200);
		expect(await read(officer, at('unmerge'))).toContain('None was brought in.');
	});
});

describe('the way in', () => {
	test('stands on public pages, the same for everyone, and on no page behind the door', async () => {
		const stranger = visitor(site);
		for (const path of ['/', '/find', '/register', '/members'])
			expect(await (await stranger.get(path)).text()).toContain('href="/account/sign-in">Sign in</a>');
		expect(await (await officer.get('/about')).text()).toBe(await (await stranger.get('/about')).text());
		for (const path of ['/office', '/my']) expect(await (await officer.get(path)).text()).not.toContain('href="/account/sign-in"');
	});

	test('counts changes to listings among the work of those who decide them', async () => {
		expect(await read(officer, '/office')).toMatch(/Changes to listings (\d+|None|none)/);
		expect(await (await books.get('/office')).text()).not.toMatch(/<a href="\/office\/listings">Changes to listings<\/a>\s*<strong>/);
	});
});

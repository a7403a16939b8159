import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { becomeA, personWith } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let ann: string;
let key: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	ann = personWith(site, 'member');
	key = reading((sql) => sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(ann) as string);
});
afterAll(() => site?.stop());

function reading<T>(read: (sql: ReturnType<typeof openDatabase>['sql']) => T): T {
	const { sql } = openDatabase(`${site.dataDir}/register.db`, { readonly: true });
	try {
		return read(sql);
	} finally {
		sql.close();
	}
}
function writing(text: string, ...values: (string | number)[]): void {
	const { sql } = openDatabase(`${site.dataDir}/register.db`);
	sql.prepare(text).run(...values);
	sql.close();
}

describe('notes and letters of a file', () => {
	test('are written, shown in the file with their author, and retracted', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const empty = await officer.post(`/office/people/${key}/note`, { text: '', repeat: 'r' });
		expect([empty.status, (await empty.text()).includes('Write the note')]).toEqual([422, true]);
		const form = { text: 'Prefers <b>the telephone</b>', repeat: 'r' };
		expect((await officer.post(`/office/people/${key}/note`, form)).status).toBe(303);
		expect((await officer.post(`/office/people/${key}/note`, form)).status).toBe(303);
		const ids = reading((sql) => sql.prepare('SELECT id FROM person_note WHERE person_id = ?').pluck().all(ann)) as string[];
		expect(ids).toHaveLength(1);
		const change = `/office/people/${key}/note/${ids[0]}`;
		expect((await officer.post(change, { act: 'change', text: 'Prefers e-mail', version: '1' })).status).toBe(303);
		const stale = await officer.post(change, { act: 'change', text: 'My own words', version: '1' });
		const text = await stale.text();
		expect([stale.status, text.includes('My own words'), text.includes('Prefers e-mail')]).toEqual([409, true, true]);
		expect((await officer.post(change, { act: 'retract', reason: 'Wrong file', version: '2' })).headers.get('location')).toBe(
			`/office/people/${key}?done=retracted`,
		);
	});

	test('a letter to be printed opens as a page that holds it', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const answer = await officer.post(`/office/people/${key}/letter`, { template: 'own', words: 'Thank you.', way: 'print', repeat: 'p' });
		expect(answer.status).toBe(303);
		const page = await officer.get(answer.headers.get('location') ?? '');
		expect(await page.text()).toContain('Thank you.');
		const missing = await officer.post(`/office/people/${key}/letter`, { template: '', words: 'Kept words', way: '', repeat: 'q' });
		expect([missing.status, (await missing.text()).includes('Kept words')]).toEqual([422, true]);
	});
});

describe('a death and a merge', () => {
	test('the page of the public goes at once; a second officer confirms; the first may not', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const registrar = await becomeA(site, 'registrar');
		const [id, slug, number] = reading(
			(sql) =>
				sql
					.prepare(
						'SELECT f.person_id, f.slug, r.number FROM finder f JOIN registration r USING (person_id) WHERE f.person_id NOT IN (SELECT person_id FROM role_grant) ORDER BY f.no DESC',
					)
					.raw()
					.get() as string[],
		);
		expect((await officer.get(`/therapists/${slug}`)).status).toBe(200);
		const page = `/office/people/${number}/death`;
		expect((await officer.post(page, { act: 'record', diedOn: '31/02/2026', evidence: 'x' })).status).toBe(422);
		expect((await officer.post(page, { act: 'record', diedOn: '20/11/2026', evidence: 'Their brother wrote' })).status).toBe(303);
		expect((await officer.get(`/therapists/${slug}`)).status).not.toBe(200);
		const death = reading(
			(sql) =>
				sql
					.prepare('SELECT id FROM person_death WHERE person_id = ?')
					.pluck()
					.get(id ?? '') as string,
		);
		expect((await officer.post(page, { act: 'confirm', id: death, version: '1' })).status).toBe(403);
		expect(await (await registrar.get(page)).text()).toContain('Their brother wrote');
		expect((await registrar.post(page, { act: 'confirm', id: death, version: '1' })).status).toBe(303);
	});

	test('two files are looked at, brought together, and the number of the second leads to the first, for the public too', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const [winner, loser] = reading(
			(sql) =>
				sql
					.prepare(
						`SELECT number FROM registration r WHERE person_id NOT IN (SELECT person_id FROM account UNION SELECT person_id FROM register_order UNION SELECT person_id FROM role_grant UNION SELECT person_id FROM renewal UNION SELECT person_id FROM cpd_audit)
						AND EXISTS (SELECT 1 FROM person p WHERE p.id = r.person_id AND died_on IS NULL) ORDER BY sequence DESC LIMIT 2`,
					)
					.pluck()
					.all() as string[],
		);
		const page = `/office/people/${winner}/merge`;
		const unknown = await officer.post(page, { act: 'look', other: 'nobody-9' });
		expect([unknown.status, (await unknown.text()).includes('no file with this number')]).toEqual([422, true]);
		const look = await officer.post(page, { act: 'look', other: loser ?? '' });
		expect([look.status, (await look.text()).includes('Bring them together')]).toEqual([200, true]);
		const bare = await officer.post(page, { act: 'merge', other: loser ?? '', reason: '' });
		expect([bare.status, (await bare.text()).includes('Bring them together')]).toEqual([422, true]);
		expect((await officer.post(page, { act: 'merge', other: loser ?? '', reason: 'One person' })).status).toBe(303);
		expect((await officer.get(`/office/people/${loser}`)).headers.get('location')).toBe(`/office/people/${winner}`);
		const moved = await fetch(`${site.origin}/register/${loser}`, { redirect: 'manual' });
		expect([moved.status, moved.headers.get('location')]).toEqual([301, `/register/${winner}`]);
	});

	test('files that look alike are listed, and taken off the list with a reason', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const ids = reading(
			(sql) =>
				sql
					.prepare('SELECT id FROM person WHERE died_on IS NULL AND id NOT IN (SELECT person_id FROM role_grant) ORDER BY id LIMIT 2')
					.pluck()
					.all() as string[],
		);
		for (const id of ids) writing("UPDATE person SET email = 'twins@same.example' WHERE id = ?", id);
		const list = await (await officer.get('/office/people/duplicates')).text();
		expect(list).toContain('the same e-mail address');
		const [one = '', other = ''] = ids;
		expect((await officer.post('/office/people/duplicates', { one, other, reason: '' })).status).toBe(422);
		expect((await officer.post('/office/people/duplicates', { one, other, reason: 'Twins' })).status).toBe(303);
		expect(await (await officer.get('/office/people/duplicates')).text()).not.toContain('the same e-mail address');
	});
});

describe('what goes out', () => {
	test('a list is taken out with a reason, and not without one; what it was for is on record', async () => {
		const officer = await becomeA(site, 'membership_officer');
		const refused = await officer.post('/office/people/export', { status: 'active', columns: 'name', reason: '' });
		expect([refused.status, (await refused.text()).includes('Say what the list is for')]).toEqual([422, true]);
		const list = await officer.post('/office/people/export', [
			['status', 'active'],
			['columns', 'name'],
			['columns', 'number'],
			['reason', 'Annual meeting'],
		]);
		expect([list.status, list.headers.get('content-type'), list.headers.get('cache-control')]).toEqual([200, 'text/csv; charset=utf-8', 'no-store']);
		expect(list.headers.get('content-disposition')).toContain('people-2026-11-22.csv');
		const text = await list.text();
		expect(text.split('\n')[0]).toContain('Name,Register number');
		expect(text.split('\n').length).toBeGreaterThan(50);
		expect(reading((sql) => sql.prepare("SELECT reason FROM audit_event WHERE kind = 'people.exported'").pluck().all())).toEqual(['Annual meeting']);
	});

	test('members are invited in batches, each once', async () => {
		const officer = await becomeA(site, 'membership_officer');
		expect((await officer.post('/office/people/invite', { most: 'many' })).status).toBe(422);
		const sent = await officer.post('/office/people/invite', { most: '3' });
		expect([sent.status, sent.headers.get('location')]).toEqual([303, '/office/people/invite?done=3']);
		expect(await (await officer.get('/office/people/invite?done=3')).text()).toContain('3 invitations on the way');
		expect(reading((sql) => sql.prepare("SELECT count(*) FROM outbox WHERE kind = 'account.claim'").pluck().get())).toBe(3);
	});

	test('finance and a member open none of it', async () => {
		for (const role of ['finance', 'member', 'auditor'] as const) {
			const someone = await becomeA(site, role);
			for (const path of ['export', 'invite', 'duplicates', `${key}/note`, `${key}/letter`, `${key}/death`, `${key}/merge`])
				expect([role, path, (await someone.get(`/office/people/${path}`)).status]).toEqual([role, path, 403]);
		}
		const reviewer = await becomeA(site, 'external_reviewer');
		for (const path of ['note', 'letter', 'death', 'merge']) expect([path, (await reviewer.get(`/office/people/${key}/${path}`)).status]).toEqual([path, 403]);
	});
});

describe('messages', () => {
	test('one that was given up is sent again to a corrected address; what is typed stands in no address', async () => {
		const officer = await becomeA(site, 'membership_officer');
		writing(
			"INSERT INTO outbox (id, kind, dedupe_key, process_id, to_address, subject, body, created_at, due_at, failed_at, last_error) VALUES ('0190aaaa', 'membership.reminder', 'k', 'p', 'wrong@x.example', 'Something is due', 'Hello', 1, 1, 2, '550')",
		);
		expect(await (await officer.get('/office/mail?state=open')).text()).toContain('wrong@x.example');
		const found = await officer.post('/office/mail', { address: 'wrong@x.example' });
		expect([found.status, (await found.text()).includes('Something is due')]).toEqual([200, true]);
		expect((await officer.post('/office/mail/0190aaaa', { act: 'send', to: 'no address', reason: 'x' })).status).toBe(422);
		const sent = await officer.post('/office/mail/0190aaaa', { act: 'send', to: 'right@x.example', reason: 'They telephoned' });
		expect([sent.status, sent.headers.get('location')]).toEqual([303, '/office/mail?done=again']);
		expect(await (await officer.get('/office/mail?state=open')).text()).not.toContain('wrong@x.example');
	});
});

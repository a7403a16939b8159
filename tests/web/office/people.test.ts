import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

let site: Site;
let officer: Visitor;
let registrar: Visitor;
let reviewer: Visitor;
let member: { id: string; number: string; name: string; email: string };
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	[officer, registrar, reviewer] = [await becomeA(site, 'membership_officer'), await becomeA(site, 'registrar'), await becomeA(site, 'external_reviewer')];
	const person = `SELECT p.id, r.number, n.given_names || ' ' || n.family_name AS name, p.email FROM person p JOIN registration r ON r.person_id = p.id
		JOIN person_name n ON n.person_id = p.id AND n.to_on IS NULL WHERE p.id = ?`;
	member = inRegister((sql) => sql.prepare(person).get(personWith(site, 'member'))) as typeof member;
});
afterAll(() => site?.stop());

function inRegister<T>(read: (sql: ReturnType<typeof openDatabase>['sql']) => T): T {
	const { sql } = openDatabase(`${site.dataDir}/register.db`);
	try {
		return read(sql);
	} finally {
		sql.close();
	}
}
const read = async (path: string, who = officer) => textOf(await (await who.get(path)).text());
const file = (act = '') => `/office/people/${member.number}${act && `/${act}`}`;
const count = (text: string) => inRegister((sql) => sql.prepare(text).pluck().get());

describe('the search for people', () => {
	test.each([['name'], ['number'], ['email']] as const)('finds someone by %s, on the page itself', async (by) => {
		const answer = await officer.post('/office/people', { q: member[by] });
		const html = await answer.text();
		expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
		expect(html).toContain(`href="${file()}"`);
		expect(textOf(html)).toContain(member.name);
	});

	test('goes on to the next fifty, filters, and says when nobody fits', async () => {
		const first = textOf(await (await officer.post('/office/people', { status: 'active', page: '1' })).text());
		expect(first).toContain('1 to 50 of more');
		expect(textOf(await (await officer.post('/office/people', { status: 'active', page: '2' })).text())).toContain('51 to 100');
		expect(textOf(await (await officer.post('/office/people', { q: 'Zzyzx Nobody' })).text())).toContain('Nobody fits.');
		expect((await officer.post('/office/people', { q: 'x'.repeat(200) })).status).toBe(422);
	});

	test('leaves what was typed in no log and no address', async () => {
		await officer.post('/office/people', { q: 'canary-7Q2-person' });
		await officer.post('/office/people', { q: 'canary-7Q2@example.org' });
		await new Promise((wait) => setTimeout(wait, 1300));
		expect(site.logs()).not.toContain('canary-7Q2');
		const { location, link } = Object.fromEntries((await officer.post('/office/people', { q: 'canary-7Q2' })).headers) as Record<string, string>;
		expect([location, link]).toEqual([undefined, undefined]);
		for (const name of ['register.db', 'register.db-wal']) expect(readFileSync(`${site.dataDir}/${name}`).includes('canary-7Q2')).toBe(false);
	});
});

describe('a file', () => {
	test('holds identity, standing, account, checks, consents, messages and the timeline on one page', async () => {
		const text = await read(file());
		for (const part of [
			member.name,
			member.number,
			member.email,
			'Membership',
			'Account',
			'Registrations, insurance',
			'What they agreed to',
			'Notes',
			'Letters',
			'Messages',
			'Timeline',
		])
			expect(text).toContain(part);
		expect(text).toContain('A person was put on file');
		expect(text).not.toContain('undefined');
	});

	test('is found by the id too, and its address is then the register number', async () => {
		const answer = await officer.get(`/office/people/${member.id}`);
		expect([answer.status, answer.headers.get('location')]).toEqual([303, file()]);
		expect((await officer.get('/office/people/IPT-999999')).status).toBe(404);
		expect((await officer.get('/office/people/x%00y')).status).toBeGreaterThanOrEqual(400);
	});

	test('notes its reading once a reader and day', async () => {
		await Promise.all([registrar.get(file()), registrar.get(file())]);
		const by = `SELECT count(*) FROM audit_event WHERE kind = 'person.file_read' AND subject_id = '${member.id}' AND actor = 'person:${personWith(site, 'registrar')}'`;
		expect(count(by)).toBe(1);
	});

	test('gives a reviewer from outside neither contact nor personal values, and no way to write', async () => {
		const html = await (await reviewer.get(file())).text();
		expect(textOf(html)).toContain('Not shown to you');
		expect(html).not.toContain(member.email);
		expect(html).not.toMatch(/href="[^"]*\/(note|letter|check|change|account|death|merge)"/);
		expect((await reviewer.post(file('check'), { body: 'HCPC' })).status).toBe(403);
		expect((await reviewer.post('/office/people', { q: member.email })).status).toBe(200);
	});

	test('says of values that were erased that they were, and the chain still stands', async () => {
		inRegister((sql) => sql.prepare('DELETE FROM audit_personal WHERE seq IN (SELECT seq FROM audit_event WHERE subject_id = ?)').run(member.id));
		expect(await read(file())).toContain('The personal values of this event were erased.');
	});

	test.each(['finance', 'assessor', 'complaints_officer', 'member'] as const)('is closed to %s, and so is the search', async (role) => {
		const who = await becomeA(site, role);
		expect([(await who.get(file())).status, (await who.post('/office/people', { q: member.name })).status]).toEqual([403, 403]);
	});
});

describe('checks', () => {
	test('are recorded by form, shown in the file, to the member, and on the public entry', async () => {
		const core = { body: 'HCPC', reference: 'PYL99999', outcome: 'could_not_check', how: 'register_page' };
		expect((await officer.post(file('check'), core)).headers.get('location')).toBe(`${file()}?done=check`);
		const wrong = await officer.post(`${file('check')}?kind=insurance`, {
			body: 'Any Insurer',
			type: 'own',
			outcome: 'confirmed',
			how: 'document_seen',
			validToOn: '31/02/2027',
		});
		const html = await wrong.text();
		expect([wrong.status, textOf(html)]).toEqual([422, expect.stringContaining('31/02/2027')]);
		expect(html).toContain('value="Any Insurer"');
		expect(
			(
				await officer.post(`${file('check')}?kind=record_check`, {
					body: 'AccessNI',
					type: 'basic',
					outcome: 'confirmed',
					how: 'document_seen',
					datedOn: '1/9/2026',
				})
			).status,
		).toBe(303);
		expect(await read(file())).toMatch(/Record check: AccessNI In order[\s\S]*Core registration: HCPC Could not be checked/);
		const own = await become(site, member.id);
		expect(await read('/my/profile', own)).toContain('Record check: AccessNI In order');
		expect(await read('/office/people/checks?list=could_not_check')).toContain(member.name);
		expect(textOf(await (await fetch(`${site.origin}/register/${member.number}`)).text())).toContain('HCPC');
	});
});

describe('the page of one’s own record', () => {
	test('tells of insurance, agrees and takes it back, all of it one’s own', async () => {
		const own = await become(site, member.id);
		const post = (values: Record<string, string>) => own.post('/my/profile', values);
		expect((await post({ act: 'insurance', body: 'Own Insurer', type: 'own', validToOn: '30/6/2027' })).headers.get('location')).toBe(
			'/my/profile?done=insurance',
		);
		expect(await read('/my/profile', own)).toContain('Own Insurer Told to us, not yet looked at');
		expect((await post({ act: 'choose', purpose: 'news', version: '2026-1', agrees: 'yes' })).status).toBe(303);
		expect(await read('/my/profile', own)).toMatch(/News of training and events Agreed/);
		expect((await post({ act: 'choose', purpose: 'conduct', version: '2026-1' })).status).toBe(422);
		expect((await post({ act: 'everything' })).status).toBe(422);
	});

	test('asks for a new name, which an officer approves; whoever asks on the telephone is noted and waits for a second officer', async () => {
		const own = await become(site, member.id);
		const name = { givenNames: 'Renata', familyName: 'Quillfeather', formerIsShown: 'yes', evidence: 'Deed poll of May' };
		expect((await own.post('/my/profile/changes/name', name)).status).toBe(303);
		expect((await own.post('/my/profile/changes/name', name)).status).toBe(409);
		expect(await read('/my/profile', own)).toContain('waits for an officer');
		const [id] = /changes\/([0-9a-f-]{36})/.exec(await (await officer.get('/office/people/changes')).text())?.slice(1) ?? [];
		expect(id).toBeDefined();
		const page = `/office/people/changes/${id}`;
		expect((await own.get(page)).status).toBe(403);
		expect((await officer.post(page, { decision: 'refuse', reason: '', version: '1' })).status).toBe(422);
		expect((await officer.post(page, { decision: 'approve', version: '1' })).headers.get('location')).toBe('/office/people/changes?done=approved');
		expect((await registrar.post(page, { decision: 'refuse', reason: 'late', version: '1' })).status).toBe(409);
		expect(await read(file())).toMatch(/Renata Quillfeather[\s\S]*until/);
		expect(textOf(await (await fetch(`${site.origin}/register/${member.number}`)).text())).toContain('Renata Quillfeather');

		expect((await officer.post(`${file('change')}?kind=birth_date`, { bornOn: '1/2/1970', evidence: 'Passport seen' })).status).toBe(303);
		const [second] = /changes\/([0-9a-f-]{36})/.exec(await (await officer.get('/office/people/changes')).text())?.slice(1) ?? [];
		expect((await officer.post(`/office/people/changes/${second}`, { decision: 'approve', version: '1' })).status).toBe(403);
		expect((await registrar.post(`/office/people/changes/${second}`, { decision: 'approve', version: '1' })).status).toBe(303);
	});
});

describe('an account', () => {
	test('is invited once there is an address, its change by staff waits for a colleague, and closed by an administrator alone', async () => {
		const without = `SELECT p.id FROM person p WHERE p.email IS NOT NULL AND p.died_on IS NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = p.id)
			AND NOT EXISTS (SELECT 1 FROM registration r WHERE r.person_id = p.id) LIMIT 1`;
		const id = count(without) as string;
		expect((await officer.post(`/office/people/${id}/account`, { act: 'invite' })).status).toBe(303);
		expect(count("SELECT count(*) FROM outbox WHERE kind = 'account.claim'")).toBe(1);
		const change = { act: 'address', newEmail: 'moved@example.org', reason: 'Told us by telephone, answered two questions' };
		expect((await officer.post(file('account'), { ...change, newEmail: 'nobody' })).status).toBe(422);
		expect((await officer.post(file('account'), change)).headers.get('location')).toBe(`${file()}?done=address`);
		expect(await read(file('account'))).toContain('A change to moved@example.org waits for a colleague');
		expect((await officer.post(file('account'), { act: 'close', reason: 'x' })).status).toBe(403);
		const administrator = await becomeA(site, 'administrator');
		expect((await administrator.post(file('account'), { act: 'close', reason: 'Asked by its owner' })).status).toBe(303);
		expect(await read(file())).toContain('Closed');
	});
});

describe('the first page of the office', () => {
	test('counts what waits for each role, and links it', async () => {
		const html = await (await officer.get('/office')).text();
		for (const href of ['/office/memberships', '/office/people/changes', '/office/people/checks?list=due', '/office/mail?state=open', '/office/data-requests'])
			expect(html).toContain(`href="${href}"`);
		const books = await (await becomeA(site, 'finance')).get('/office');
		const finance = await books.text();
		expect(finance).toContain('/office/payments/looks');
		expect(finance).not.toContain('/office/people/changes');
	});
});

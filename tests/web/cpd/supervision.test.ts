import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become, type Visitor, visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';

const LOG = join(tmpdir(), `ipt-supervision-${process.pid}.log`);
let site: Site;
let tess: Visitor;
let sue: Visitor;
let other: Visitor;
let relation: string;
let people: { supervisee: string; supervisor: string; other: string };
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', LOG_FILE: LOG });
	people = reading((sql) => {
		const row = sql
			.prepare('SELECT id, supervisee_id AS supervisee, supervisor_id AS supervisor FROM supervision_relation ORDER BY id LIMIT 1')
			.get() as Record<string, string>;
		relation = row.id ?? '';
		const stranger = sql
			.prepare(
				'SELECT person_id FROM membership_period WHERE ended_on IS NULL AND person_id NOT IN (SELECT supervisee_id FROM supervision_relation UNION SELECT supervisor_id FROM supervision_relation) ORDER BY person_id',
			)
			.pluck()
			.get() as string;
		return { supervisee: row.supervisee ?? '', supervisor: row.supervisor ?? '', other: stranger };
	});
	[tess, sue, other] = await Promise.all([become(site, people.supervisee), become(site, people.supervisor), become(site, people.other)]);
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

const one = (text: string, ...values: unknown[]) =>
	reading((sql) =>
		sql
			.prepare(text)
			.pluck()
			.get(...values),
	) as string;
const SESSION = { heldOn: '20/11/2026', minutes: '50 min', kind: 'individual', size: '', mode: 'video', material: 'recorded', note: '', as: 'log' };
/** Logs a session over HTTP. @returns its key */
async function log(changes: Record<string, string> = {}): Promise<string> {
	const repeatKey = Math.random().toString(36);
	const answer = await tess.post('/my/supervision/new', { ...SESSION, relation, repeatKey, ...changes });
	expect([answer.status, answer.headers.get('location')]).toEqual([303, `/my/supervision?done=${changes.as === 'draft' ? 'drafted' : 'logged'}`]);
	return one('SELECT id FROM supervision_entry ORDER BY created_at DESC, rowid DESC LIMIT 1');
}
const version = (id: string) => String(one('SELECT version FROM supervision_entry WHERE id = ?', id));

describe('the supervision log over HTTP', () => {
	test('takes a session with what is asked, remembers the answers for the next, and shows it waiting', async () => {
		const id = await log({ material: 'live' });
		const list = textOf(await (await tess.get('/my/supervision?done=logged')).text());
		expect(list).toMatch(/Logged\. It counts from now on\..*20 November 2026 50 minutes One to one .* Waits to be confirmed/);
		const next = await (await tess.get('/my/supervision/new')).text();
		expect(next).toMatch(/value="live" checked/);
		expect(next).toContain('value="22/11/2026"');
		expect(await (await tess.get(`/my/supervision/${id}`)).text()).toContain('value="50 min"');
	});

	test('keeps everything typed when something is missing, and the same form sent twice is one session', async () => {
		const wrong = await tess.post('/my/supervision/new', { ...SESSION, relation, heldOn: '31/02/2026', minutes: '2,5', note: 'On endings <b>' });
		const page = await wrong.text();
		expect(wrong.status).toBe(422);
		for (const kept of ['value="31/02/2026"', 'value="2,5"', 'On endings &lt;b&gt;', 'Use a point, not a comma']) expect(page).toContain(kept);
		const form = { ...SESSION, relation, repeatKey: 'twice' };
		const before = one('SELECT count(*) FROM supervision_entry');
		await Promise.all([tess.post('/my/supervision/new', form), tess.post('/my/supervision/new', form)]);
		expect(one('SELECT count(*) FROM supervision_entry')).toBe(Number(before) + 1);
	});

	test('warns of what looks like a client, once, before anything is kept', async () => {
		const form = { ...SESSION, relation, note: 'Spoke of 943 476 5919', repeatKey: 'hint' };
		const warned = await tess.post('/my/supervision/new', form);
		expect([warned.status, (await warned.text()).includes('NHS number')]).toEqual([422, true]);
		expect((await tess.post('/my/supervision/new', { ...form, checked: 'yes' })).status).toBe(303);
	});

	test('shows both versions when two tabs edit one session', async () => {
		const id = await log();
		const edit = (minutes: string) => tess.post(`/my/supervision/${id}`, { ...SESSION, relation, minutes, version: '1' });
		expect((await edit('40 min')).status).toBe(303);
		const clash = await edit('45 min');
		const page = await clash.text();
		expect([clash.status, textOf(page).includes('Length 40 minutes 45 minutes')]).toEqual([409, true]);
		expect(page).toContain('name="version" value="2"');
		expect((await tess.post(`/my/supervision/${id}`, { ...SESSION, relation, minutes: '45 min', version: '2' })).status).toBe(303);
	});

	test('is nobody else’s: for another member, and the supervisor, nothing of it exists', async () => {
		const id = await log({ note: 'Canary of a note' });
		for (const who of [other, sue]) {
			for (const path of [`/my/supervision/${id}`, `/my/supervision/${id}/delete`]) {
				expect([path, (await who.get(path)).status, (await who.post(path, { ...SESSION, version: '1' })).status]).toEqual([path, 404, 404]);
			}
			expect((await who.get(`/my/supervision/new?corrects=${id}`)).status).toBe(404);
		}
		for (const path of [`/my/supervision/people/${relation}`, `/my/supervision/people/${relation}/end`, `/my/supervision/supervisees/${relation}`])
			expect([path, (await other.get(path)).status, (await other.post(path, { version: '2' })).status]).toEqual([path, 404, 404]);
		for (const path of ['/my/supervision', '/my/supervision/supervisees', `/my/supervision/supervisees/${relation}`])
			expect(await (await sue.get(path)).text(), path).not.toContain('Canary');
		expect((await tess.get(`/my/supervision/supervisees/${relation}`)).status).toBe(404);
	});
});

describe('a supervisor who is signed in', () => {
	test('sees hours and what waits, confirms the batch, disputes one; then neither can be altered', async () => {
		const [right, wrong] = [await log(), await log({ heldOn: '19/11/2026' })];
		const list = textOf(await (await sue.get('/my/supervision/supervisees')).text());
		expect(list).toContain('to confirm');
		const seen = reading((sql) =>
			sql
				.prepare("SELECT id || ':' || version FROM supervision_entry WHERE relation_id = ? AND confirmed_at IS NULL AND disputed_at IS NULL AND is_draft = 0")
				.pluck()
				.all(relation),
		) as string[];
		const path = `/my/supervision/supervisees/${relation}`;
		const fields = seen.map((value): [string, string] => ['seen', value]);
		const empty = await sue.post(path, [...fields, [`wrong-${wrong}`, 'yes'], [`why-${wrong}`, '']]);
		expect([empty.status, (await empty.text()).includes('Say in a few words what is not right.')]).toEqual([422, true]);
		expect((await sue.post(path, [...fields, [`wrong-${wrong}`, 'yes'], [`why-${wrong}`, 'We met on the 18th']])).status).toBe(303);
		const confirmed = textOf(await (await tess.get(`/my/supervision/${right}`)).text());
		expect(confirmed).toContain('It is confirmed and stays as it is.');
		expect((await tess.post(`/my/supervision/${right}`, { ...SESSION, relation, version: version(right) })).status).toBe(409);
		expect((await tess.post(`/my/supervision/${right}/delete`, { version: version(right) })).status).toBe(409);
		expect(textOf(await (await tess.get(`/my/supervision/${wrong}`)).text())).toContain('“We met on the 18th”');
	});
});

describe('a supervisor outside', () => {
	const links = (kind: string) =>
		reading((sql) => sql.prepare('SELECT body FROM outbox WHERE kind = ? ORDER BY created_at DESC, rowid DESC').pluck().all(kind)) as string[];
	const pathIn = (body = '') => /https?:\/\/[^/]+(\/supervision\/confirm\/[\w-]{43})/.exec(body)?.[1] ?? '';

	test('agrees and confirms by links that show nothing before they are posted, and work once', async () => {
		const ask = { who: 'outsider', number: '', name: 'Olu Outside', profession: 'Psychologist', email: 'olu+ipt@outside.example', fromOn: '01/09/2026' };
		expect((await tess.post('/my/supervision/people/new', ask)).status).toBe(303);
		const supervisee = one("SELECT given_names || ' ' || family_name FROM person_name WHERE person_id = ? AND to_on IS NULL", people.supervisee);
		const agree = pathIn(links('supervision.asked-outside')[0]);
		const olu = visitor(site);
		expect((await olu.get('/supervision/confirm')).status).toBe(404);
		const before = await olu.get(agree);
		const shown = await before.text();
		expect([before.status, before.headers.get('cache-control'), olu.cookies.size, shown.includes(supervisee)]).toEqual([200, 'no-store', 0, false]);
		expect((await olu.post(agree, {})).status).toBe(422);
		const opened = await olu.post(agree, { go: 'on' });
		expect([opened.status, opened.headers.get('location')]).toEqual([303, '/supervision/confirm']);
		expect(await (await olu.get('/supervision/confirm')).text()).toContain(`Do you supervise ${supervisee}?`);
		expect((await visitor(site).get('/supervision/confirm')).status).toBe(404);
		expect((await olu.post('/supervision/confirm', { answer: 'yes' })).status).toBe(303);
		expect((await olu.post('/supervision/confirm', { answer: 'no' })).status).toBe(303);
		const outside = one("SELECT id FROM supervision_relation WHERE outside_key = 'olu+ipt@outside.example' AND agreed_at IS NOT NULL");
		expect(outside).toMatch(/^[0-9a-f-]{36}$/);

		const id = await log({ relation: outside });
		expect((await tess.post(`/my/supervision/people/${outside}`, { ask: 'yes' })).status).toBe(303);
		expect((await tess.post(`/my/supervision/people/${outside}`, { ask: 'yes' })).status).toBe(409);
		const confirm = pathIn(links('supervision.confirm')[0]);
		await olu.post(confirm, { go: 'on' });
		const page = await (await olu.get('/supervision/confirm')).text();
		expect(page).toContain(`value="${id}:1"`);
		expect((await olu.post('/supervision/confirm', { seen: `${id}:1` })).status).toBe(303);
		expect(textOf(await (await olu.get('/supervision/confirm')).text())).toContain('Your answer is noted');
		expect(textOf(await (await tess.get(`/my/supervision/${id}`)).text())).toContain('It is confirmed and stays as it is.');
		const again = visitor(site);
		expect(textOf(await (await again.get(confirm)).text())).toContain('This link was used already');
		expect([(await again.post(confirm, { go: 'on' })).status, again.cookies.size]).toEqual([409, 0]);
		await vi.waitUntil(() => logged().includes('"/supervision/confirm/…"'), { timeout: 5000 });
		for (const path of [agree, confirm]) expect(logged()).not.toContain(path.slice(-43));
	});
});

/** The site's log of requests, which is written once a second. */
function logged(): string {
	return readFileSync(LOG, 'utf8');
}

describe('year-end, portfolio and calendar', () => {
	test('a year is declared once it is over, and its entries are then read only', async () => {
		const form = await (await tess.get('/my/cpd/year?year=2025-04-01')).text();
		const digest = /name="digest" value="([0-9a-f]{64})"/.exec(form)?.[1] ?? '';
		const typed = { year: '2025-04-01', digest, explanation: '' };
		expect((await tess.post('/my/cpd/year', { ...typed, agreed: 'yes' })).status).toBe(form.includes('name="explanation"') ? 422 : 303);
		expect((await tess.post('/my/cpd/year', { ...typed, explanation: 'I was ill.' })).status).toBe(422);
		const done = await tess.post('/my/cpd/year', { ...typed, explanation: 'I was ill.', agreed: 'yes' });
		expect([done.status, done.headers.get('location')]).toEqual([303, '/my/cpd/year?year=2025-04-01&done=declared']);
		expect(textOf(await (await tess.get('/my/cpd/year?year=2025-04-01')).text())).toContain('You declared this year on');
		expect((await tess.get('/my/cpd/year?year=1999-04-01')).status).toBe(404);
		expect((await tess.post('/my/cpd/year', { ...typed, year: '2026-04-01', agreed: 'yes' })).status).toBe(409);
	});

	test.each([
		['pdf', 'application/pdf', '%PDF-1.7'],
		['csv', 'text/csv; charset=utf-8', '\ufefflog,day'],
	])('the portfolio comes as %s, for its owner alone', async (as, type, begin) => {
		const answer = await tess.post('/my/cpd/portfolio', { year: '2026-04-01', as });
		const bytes = Buffer.from(await answer.arrayBuffer());
		expect([answer.status, answer.headers.get('content-type'), bytes.subarray(0, 12).toString().startsWith(begin.slice(0, 8))]).toEqual([200, type, true]);
		expect(answer.headers.get('content-disposition')).toContain(`attachment; filename="cpd-portfolio-2026-04-01.${as}"`);
		expect(answer.headers.get('cache-control')).toBe('no-store');
	});

	test('a calendar’s address works without signing in until it is revoked, and is told once', async () => {
		const made = await tess.post('/my/calendar', { act: 'make' });
		const path = /href="https?:\/\/[^/]+(\/calendar\/[\w-]{43}\.ics)"/.exec(await made.text())?.[1] ?? '';
		const feed = await visitor(site).get(path);
		const text = await feed.text();
		expect([feed.status, feed.headers.get('content-type'), feed.headers.get('cache-control')]).toEqual([200, 'text/calendar; charset=utf-8', 'no-store']);
		expect(text).toContain('SUMMARY:Your CPD year ends');
		expect(await (await tess.get('/my/calendar')).text()).not.toContain(path);
		expect((await tess.post('/my/calendar', { act: 'revoke' })).status).toBe(303);
		expect((await visitor(site).get(path)).status).toBe(404);
		await vi.waitUntil(() => logged().includes('"/calendar/…"'), { timeout: 5000 });
		expect(logged()).not.toContain(path.slice(10, 53));
	});
});

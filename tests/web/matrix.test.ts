import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashToken, newId, newToken } from '#core/ids.ts';
import { openDatabase } from '#db/client.ts';
import { get } from '#tests/helpers/html.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { aNumber, probe, reading, slugsOf } from './attacks/probe.ts';
import { BEYOND_PAGES, DISGUISES, ROWS, type Row } from './matrix-rows.ts';
import { ROLE_ROWS } from './role-rows.ts';

type Prepared = Site & { fill(path: string): string };

let open: Prepared;
let closed: Prepared;
beforeAll(async () => {
	open = await prepare({ DEMO: '1' });
	closed = await prepare({ DEMO: '', DEMO_NOW: '' });
});
afterAll(() => Promise.all([open.stop(), closed.stop()]));

/** A site with someone who is listed whatever the date, a letter to them with a link, and a delivered message. */
async function prepare(env: Record<string, string>): Promise<Prepared> {
	const site = await startSite({ JOBS: 'outside', ...env });
	const [slug = ''] = slugsOf(site, 1);
	const token = newToken();
	const mail = `20261122T120000Z-${newId()}.eml`;
	mkdirSync(join(site.dataDir, 'mail'));
	writeFileSync(join(site.dataDir, 'mail', mail), 'Subject: A message\r\nTo: a@b.example\r\n\r\nText\r\n');
	write(site, slug, token);
	const filled: [string, string][] = [
		['SLUG', slug],
		['NUMBER', await aNumber(site)],
		['TOKEN', token],
		['MAIL', mail],
		['REFERENCE', 'ENQ-2222-2222'],
	];
	return { ...site, fill: (path) => filled.reduce((text, [name, value]) => text.replace(name, value), path) };
}

function write(site: Site, slug: string, token: string): void {
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	const person = sql.prepare('SELECT person_id FROM listing WHERE slug = ?').pluck().get(slug);
	sql.prepare("UPDATE membership_period SET paid_to_on = '2099-12-31' WHERE person_id = ?").run(person);
	sql.prepare("UPDATE award_term SET to_on = '2099-12-31' WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)").run(person);
	sql
		.prepare(
			`INSERT INTO enquiry (id, reference, person_id, created_at, sender_name, sender_email, reply_by, message, token_hash, repeat_key, answer_due_on, purge_on)
		VALUES (?, 'ENQ-2222-2222', ?, 0, 'Sam', 'sam@sender.example', 'email', 'Hello', ?, 'key', '2099-01-01', '2099-01-01')`,
		)
		.run(newId(), person, hashToken(token));
	sql.close();
}

/** Everything stored, as one short text: equal when nothing at all has changed. */
function fingerprint(site: Site): string {
	return reading(site, (db) => {
		const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name").pluck().all() as string[];
		const hash = createHash('sha256');
		for (const table of tables)
			hash.update(table).update(JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).raw().all(), (_, v) => (typeof v === 'bigint' ? String(v) : v)));
		return hash.digest('hex');
	});
}

const post = (site: Prepared, path: string) =>
	get(site.origin + path, { method: 'POST', body: new URLSearchParams({ x: '1' }), headers: { origin: site.origin, 'sec-fetch-site': 'same-origin' } });

/** Routes as files, `src/pages/a/[b].astro` being `/a/[b]`. */
function routes(): string[] {
	const files = readdirSync('src/pages', { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
	return files.map(
		(file) =>
			join(file.parentPath, file.name)
				.slice('src/pages'.length)
				.replace(/\.(?:astro|ts)$/, '')
				.replace(/\/index$/, '') || '/',
	);
}

test('every route has its row, and every row its route', () => {
	expect([...new Set([...ROWS, ...ROLE_ROWS].map((row) => row.route))].sort()).toEqual(routes().sort());
});

test('reading gives what the table says, with and without the demonstration, and changes nothing that is stored', async () => {
	const before = [fingerprint(open), fingerprint(closed)];
	const seen: Row[] = [];
	for (const row of [...ROWS, ...BEYOND_PAGES]) {
		const [closedReply, openReply] = [await get(closed.origin + closed.fill(row.path)), await get(open.origin + open.fill(row.path))];
		seen.push({ ...row, get: closedReply.status, demoGet: openReply.status });
		for (const method of ['HEAD'])
			expect((await fetch(open.origin + open.fill(row.path), { method, redirect: 'manual' })).status, row.path).toBe(openReply.status);
	}
	expect(seen).toEqual([...ROWS, ...BEYOND_PAGES]);
	expect([fingerprint(open), fingerprint(closed)]).toEqual(before);
});

test('posting gives what the table says, and an empty form changes nothing that is stored', async () => {
	const before = [fingerprint(open), fingerprint(closed)];
	const seen: Row[] = [];
	for (const row of [...ROWS, ...BEYOND_PAGES]) {
		seen.push({ ...row, post: (await post(closed, closed.fill(row.path))).status, demoPost: (await post(open, open.fill(row.path))).status });
	}
	expect(seen).toEqual([...ROWS, ...BEYOND_PAGES]);
	expect([fingerprint(open), fingerprint(closed)]).toEqual(before);
});

test('only who has the link may answer a message, and only by posting', async () => {
	const { sql } = openDatabase(join(open.dataDir, 'register.db'));
	const answer = () => sql.prepare('SELECT answer FROM enquiry').pluck().get();
	const path = open.fill('/link/TOKEN');
	const answers = new URLSearchParams({ answer: 'replied' });
	const headers = { origin: open.origin, 'sec-fetch-site': 'same-origin' };
	await get(`${open.origin}${path}?answer=replied`);
	for (const wrong of [path.slice(0, -1), `${path}A`, path.toLowerCase(), path.toUpperCase().replace('/LINK', '/link'), '/link/ENQ-2222-2222']) {
		expect((await get(open.origin + wrong, { method: 'POST', body: answers, headers })).status, wrong).toBe(404);
	}
	expect(answer()).toBeNull();
	expect([(await get(open.origin + path, { method: 'POST', body: answers, headers })).status, answer()]).toEqual([200, 'replied']);
	sql.close();
});

test('the demonstration, when off, has no other door, and shows nothing of what it would show', async () => {
	for (const path of DISGUISES) {
		const reply = await probe(closed.origin, closed.fill(encodeURI(path).replaceAll('%25', '%')));
		expect([301, 400, 404], path).toContain(reply.status);
		expect(reply.body, path).not.toMatch(/made up|Messages|a@b\.example/);
	}
	for (const path of ['/', '/find?place=London', '/no/such/page']) expect((await get(closed.origin + path)).text, path).not.toContain('/demo');
});

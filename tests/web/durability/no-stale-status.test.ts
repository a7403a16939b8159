import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { readSettings } from '#settings';
import { get, textOf } from '#tests/helpers/html.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { reading } from '../attacks/probe.ts';

const IMPOSE = new URL('./impose.ts', import.meta.url).pathname;

type Someone = { personId: string; slug: string; number: string; name: string; town: string };

let site: Site;
let night: RunningServer | undefined;
let people: Someone[];
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	const text = `SELECT f.person_id AS personId, f.slug, r.number, f.card ->> '$.name' AS name, f.card ->> '$.places[0].town' AS town
		FROM finder f JOIN registration r USING (person_id) JOIN listing l USING (person_id) JOIN person p ON p.id = f.person_id
		WHERE l.enquiries_open = 1 AND p.email IS NOT NULL AND f.shown_to_on > '2027-06-30' AND (f.flags & 3) = 3 ORDER BY f.slug`;
	people = reading(site, (db) => db.prepare(text).all() as Someone[]);
});
afterAll(async () => {
	await night?.stop();
	await site.stop();
});

/** Every public place where someone in good standing is shown, and how. */
function placesOf({ slug, number, name }: Someone): { path: string; shows: (text: string, status: number) => boolean }[] {
	const last = encodeURIComponent(name.replace(/^(?:Dr|Prof\w*) /, ''));
	return [
		{ path: `/find?name=${last}`, shows: (text) => text.includes(`/therapists/${slug}`) },
		{ path: `/therapists/${slug}`, shows: (_, status) => status === 200 },
		{ path: `/therapists/${slug}.vcf`, shows: (_, status) => status === 200 },
		{ path: `/therapists/${slug}/contact`, shows: (text) => text.includes('name="message"') },
		{ path: `/shortlist?t=${slug}`, shows: (text) => text.includes(name) },
		{ path: '/sitemap.xml', shows: (text) => text.includes(`/therapists/${slug}<`) },
		{ path: `/api/v1/register/${number}`, shows: (text) => JSON.parse(text).status?.standing === 'accredited' || /"accredited"/.test(text) },
		{ path: `/register/${number}`, shows: (text) => text.includes(`/therapists/${slug}`) },
	];
}

async function shownAt(origin: string, someone: Someone): Promise<string[]> {
	const shown: string[] = [];
	for (const { path, shows } of placesOf(someone)) {
		const { text, status } = await get(origin + path);
		if (shows(text, status)) shown.push(path);
	}
	return shown;
}

const allPaths = (someone: Someone) => placesOf(someone).map(({ path }) => path);

test.each([
	['suspended', 'suspension', /suspended/i],
	['suspended by an interim order', 'interim_suspension', /interim/i],
	['removed', 'removal', /removed/i],
	['put under conditions', 'conditions', /conditions/i],
])('someone %s by another program is gone from every page, kept or not, at the very next request, and their entry says it', async (_, kind, words) => {
	const someone = people.shift() as Someone;
	const list = `/find?place=${encodeURIComponent(someone.town)}&within=100`;
	for (let twice = 0; twice < 2; twice += 1) {
		await get(site.origin + list);
		expect(await shownAt(site.origin, someone)).toEqual(allPaths(someone));
	}
	await promisify(execFile)(process.execPath, [IMPOSE, site.dataDir, someone.number, kind, `${TODAY}T12:00:30Z`]);
	expect(await shownAt(site.origin, someone)).toEqual([]);
	expect((await get(site.origin + list)).text).not.toContain(`/therapists/${someone.slug}`);
	const entry = await get(`${site.origin}/register/${someone.number}`);
	expect([entry.status, textOf(entry.text)]).toEqual([200, expect.stringMatching(words)]);
	expect((await get(`${site.origin}/api/v1/register/${someone.number}`)).text).toMatch(new RegExp(kind.split('_').at(-1)?.slice(0, 6) ?? '', 'i'));
	expect((await get(`${site.origin}/therapists/${someone.slug}`)).status).toBe(410);
});

test('no public answer may be kept anywhere for more than a minute, and none that is personal at all', async () => {
	const someone = people[0] as Someone;
	for (const path of [...allPaths(someone), '/', '/find', '/register?name=an', '/api/v1/register?name=an']) {
		const control = (await get(site.origin + path)).headers.get('cache-control') ?? '';
		const seconds = Number(/max-age=(\d+)/.exec(control)?.[1] ?? 0);
		expect(seconds <= 60 && (seconds > 0 || /no-store|no-cache/.test(control)) && !/immutable|stale-/.test(control), `${path}: ${control}`).toBe(true);
	}
});

test('someone whose membership runs out at midnight is shown until then and not a moment after, before any job has run', { timeout: 60_000 }, async () => {
	const someone = people.shift() as Someone;
	runOut(someone, '2027-06-01');
	// London was an hour ahead of UTC in summer: midnight there is 23:00 UTC of the day before.
	const grace = reading(
		site,
		(db) =>
			JSON.parse(db.prepare("SELECT data FROM rule_set WHERE kind = 'register' ORDER BY from_on DESC").pluck().get() as string).membershipGraceDays as number,
	);
	const last = Date.parse('2027-06-01T23:00:00Z') + grace * 86_400_000;
	night = await startServer({ dataDir: site.dataDir, env: { DEMO: '1', DEMO_NOW: new Date(last - 6000).toISOString(), JOBS: 'outside' } });
	const list = `${night.origin}/find?place=${encodeURIComponent(someone.town)}&within=100`;
	await get(list);
	expect(await shownAt(night.origin, someone)).toEqual(allPaths(someone));
	await expect.poll(() => get(`${night?.origin}/therapists/${someone.slug}`).then((a) => a.status), { timeout: 9000, interval: 20 }).not.toBe(200);
	expect(await shownAt(night.origin, someone)).toEqual([]);
	expect((await get(list)).text).not.toContain(`/therapists/${someone.slug}`);
	expect(textOf((await get(`${night.origin}/register/${someone.number}`)).text)).toMatch(/lapsed|not on the register/i);
});

/** Lets a membership end with what was paid, and an award go on, and tells the finder as an import would. */
function runOut({ personId }: Someone, paidToOn: string): void {
	const settings = readSettings({ DATA_DIR: site.dataDir });
	const ground = { db: openDatabase(join(site.dataDir, 'register.db')), keys: loadKeys(settings), settings };
	const ctx = ctxFor(ground, { kind: 'system', name: 'test' }, Date.parse(`${TODAY}T12:01:00Z`));
	commit(ctx, { name: 'test' }, (tx) => {
		const { sql } = tx.db;
		sql.prepare('UPDATE membership_period SET paid_to_on = ?, ended_on = NULL, end_reason = NULL WHERE person_id = ?').run(paidToOn, personId);
		sql.prepare("UPDATE award_term SET to_on = '2029-12-31' WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)").run(personId);
		record(tx, 'person.changed', { type: 'person', id: personId });
		refreshFinder(tx, personId);
	});
	ctx.db.sql.close();
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Answer, get } from '#tests/helpers/html.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { reading, slugsOf } from '../attacks/probe.ts';
import { fieldsFor, referenceOf, send } from '../contact/sending.ts';
import { raw } from '../server/site.ts';
import { CANARY, canariesIn, SPELLINGS } from './canaries.ts';

const LATER = '2026-12-23T12:30:00Z';
const logs = mkdtempSync(join(tmpdir(), 'ipt-logs-'));
const LOG_FILE = join(logs, 'site.log');
const env = { LOG_FILE, LOG_LEVEL: 'debug', TRUSTED_PROXIES: '127.0.0.1', DEMO: '1' };

let site: Site;
let later: RunningServer | undefined;
let slug: string;
/** Everything the site said that is kept or passed on: heads of answers, and pages that others may see too. */
const said: { what: string; text: string }[] = [];
beforeAll(async () => {
	site = await startSite({ ...env, JOBS: 'outside' });
	[slug = ''] = slugsOf(site, 1);
});
afterAll(async () => {
	await later?.stop();
	await site.stop();
	rmSync(logs, { recursive: true });
});

test('the search for canaries finds them however they are written', () => {
	for (const text of [
		...SPELLINGS.filter((s) => !/[Ｂ]/.test(s)),
		'place=BS6+5QZ',
		'BS6%2520%20%35QZ',
		'bs6%20%205qz',
		CANARY.email.replace('@', '%40'),
		Buffer.from(`x ${CANARY.message} y`).toString('base64'),
	])
		expect(canariesIn(text), text).not.toEqual([]);
	expect(Object.values(CANARY).map((text) => canariesIn(text).length > 0)).not.toContain(false);
	expect(canariesIn('BS6 5, BS6, RG12 8XX, 1795358670229, 019e4711-0000-7000-8123-000000000000')).toEqual([]);
});

test('a full postcode typed into an address leads on, and stands in no header and no page on the way', { timeout: 60_000 }, async () => {
	const parameters = ['place', 'q', 'name', 'postcode', 'x', 'from', 'on'];
	const paths = ['/find', '/register', '/', '/api/v1/register', '/shortlist', `/therapists/${slug}`, '/no/such/page'];
	for (const spelling of ['BS6 5QZ', 'bs65qz', 'BS6-5QZ', 'BS6+5QZ', 'BS6%205QZ', '12 High Street, Bristol BS6 5QZ', '"BS6 5QZ"']) {
		const typed = encodeURIComponent(spelling);
		for (const path of paths) for (const name of parameters) await followed(`${path}?${name}=${typed}`, spelling !== 'BS6%205QZ');
		await followed(`/find?place=London&place=${typed}`, true);
		await followed(`/find?${typed}=1`, spelling !== 'BS6%205QZ');
		for (const path of ['/', '/register/', '/about/', '/api/v1/register/', '/find/']) await followed(path + typed, false);
	}
	for (const spelling of ['ＢＳ６ ５ＱＺ', 'BS6\t5QZ'])
		for (const name of ['place', 'q']) await followed(`/find?${name}=${encodeURIComponent(spelling)}`, true);
	await followed('/find?place=%2542S6%25205QZ', false);
	expect(leaks()).toEqual([]);
});

/** Follows an address to its end. `mustMove`: it may not be answered in place. */
async function followed(address: string, mustMove: boolean): Promise<void> {
	let next: string | null = address;
	for (let steps = 0; next !== null; steps += 1) {
		if (steps > 4) throw new Error(`${address} leads round and round.`);
		const answer: Answer = await get(`${site.origin}${next}`);
		if (steps === 0 && mustMove && answer.status === 200) said.push({ what: `${address} was answered in place`, text: CANARY.message });
		keep(address, answer, true);
		next = answer.location;
	}
}

function keep(what: string, answer: Answer, isPublic: boolean): void {
	said.push({ what: `head of ${what}`, text: JSON.stringify([...answer.headers]) });
	if (isPublic) said.push({ what: `page of ${what}`, text: answer.text });
}

function leaks(): string[] {
	return said.flatMap(({ what, text }) => canariesIn(text).map((name) => `${name} in ${what}`));
}

test('typed into a form it stands in no address that the form leads to', async () => {
	for (const spelling of SPELLINGS) {
		for (const name of ['place', 'name', 'q', 'x', 'from', 'page', 'within']) {
			keep(`post ${name}=${spelling}`, await send(site, '/find', { [name]: spelling }), true);
			keep(`post ${name}=${spelling} with place`, await send(site, '/find', { place: 'London', [name]: spelling }), true);
		}
	}
	keep('post with it in the address', await send(site, `/find?place=${encodeURIComponent('BS6 5QZ')}`, { place: 'BS6 5QZ' }), true);
	expect(leaks()).toEqual([]);
});

test('a message to a therapist: nothing of it in any header, address or page that another can see', async () => {
	const page = `/therapists/${slug}/contact`;
	const fields = fieldsFor(site, { ...CANARY });
	keep('refused', await send(site, page, { ...fields, consent: [] }), false);
	keep('too fast', await send(site, page, { ...fields, started: '' }), false);
	keep('nobody there', await send(site, '/therapists/nobody-at-all/contact', fields), true);
	keep('from elsewhere', await send(site, page, fields, { origin: 'https://evil.test' }), true);
	keep('too big', await send(site, page, { ...fields, message: CANARY.message.repeat(8000) }), true);
	keep(
		'no form',
		await get(site.origin + page, { method: 'POST', body: JSON.stringify(fields), headers: { origin: site.origin, 'content-type': 'application/json' } }),
		true,
	);
	const sent = await send(site, page, fields);
	expect(referenceOf(sent)).not.toBeNull();
	keep('sent', sent, true);
	keep('thanked', await get(site.origin + sent.location), true);
	const link = reading(
		site,
		(db) => /\/link\/[\w-]+/.exec(db.prepare("SELECT body FROM outbox WHERE kind = 'enquiry.therapist'").pluck().get() as string)?.[0] ?? '',
	);
	keep('the link', await get(site.origin + link), true);
	keep('the answer', await send(site, link, { answer: 'cannot_help' }), true);
	for (const path of [
		'/',
		'/find',
		'/find?place=BS6+5',
		'/find?place=BS6',
		page,
		`/therapists/${slug}`,
		`/therapists/${slug}.vcf`,
		'/register',
		'/sitemap.xml',
		'/health',
	])
		keep(`others: ${path}`, await get(site.origin + path), true);
	const port = Number(new URL(site.origin).port);
	for (const lines of [
		'GET /find?place=BS6 5QZ HTTP/1.1\r\n\r\n',
		'GET /BS65QZ HTTP/9\r\n\r\n',
		`BS65QZ / HTTP/1.1\r\nHost: BS65QZ\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: zebulon.quarkley.example\r\nReferer: http://x/?${CANARY.email}\r\nUser-Agent: BS6 5QZ\r\n\r\n`,
	])
		said.push({ what: 'a broken request', text: await raw(port, lines) });
	expect(leaks()).toEqual([]);
});

test('jobs deliver it and back it up: only the letter to the therapist holds it', { timeout: 60_000 }, async () => {
	await stopped(site);
	owesEveryJob(site);
	later = await startServer({ dataDir: site.dataDir, env: { ...env, DEMO_NOW: `${TODAY}T12:10:00Z` } });
	await jobsDone(site);
	const mails = readdirSync(join(site.dataDir, 'mail')).map((name) => readFileSync(join(site.dataDir, 'mail', name), 'utf8'));
	const toOthers = mails.filter((mail) => !mail.includes('Someone found you on the register'));
	const sent = reading(site, (db) => db.prepare("SELECT count(*) FROM outbox WHERE kind LIKE 'enquiry.%' AND sent_at IS NOT NULL").pluck().get());
	expect([sent, mails.length - toOthers.length]).toEqual([3, 1]);
	expect(toOthers.flatMap((mail) => canariesIn(mail.replaceAll(`To: ${CANARY.email}`, '')))).toEqual([]);
	expect(mails.flatMap((mail) => canariesIn(/^Subject:.*$/m.exec(mail)?.[0] ?? ''))).toEqual([]);
	expect(filesIn(site.dataDir).flatMap(canariesIn)).toEqual([]);
	expect(filesIn(site.dataDir).filter((name) => /backups\/register-.*\.db$/.test(name))).toHaveLength(1);
	expect(reading(site, tablesWithCanaries)).toEqual(['enquiry', 'outbox']);
	const rows = reading(site, (db) =>
		db
			.prepare("SELECT kind, subject, dedupe_key, last_error, process_id, CASE kind WHEN 'enquiry.therapist' THEN NULL ELSE body END AS body FROM outbox")
			.all(),
	);
	expect(canariesIn(JSON.stringify(rows))).toEqual([]);
});

/** Tables in which any cell holds a canary. */
function tablesWithCanaries(db: Database.Database): string[] {
	const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[];
	return tables.filter(
		(table) => canariesIn(JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).safeIntegers().all(), (_, v) => (typeof v === 'bigint' ? 0 : v))).length > 0,
	);
}

function filesIn(folder: string): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((file) => file.isFile())
		.map((file) => join(file.parentPath, file.name));
}

/** Stops the first server and leaves its files. */
async function stopped({ pid, ended }: Site): Promise<void> {
	process.kill(pid, 'SIGTERM');
	await ended;
}

/** The long jobs too have not had their turn yet: this test looks at what they leave behind. */
function owesEveryJob({ dataDir }: Pick<Site, 'dataDir'>): void {
	const sql = new Database(join(dataDir, 'register.db'));
	sql.prepare('DELETE FROM job_run').run();
	sql.close();
}

/** Waits until every job has run once since the server's start. */
async function jobsDone(at: Pick<Site, 'dataDir'>, since = 0): Promise<void> {
	const ended = (job: string) =>
		reading(at, (db) => db.prepare("SELECT count(*) FROM job_run WHERE job = ? AND outcome = 'done' AND started_at > ?").pluck().get(job, since));
	for (const job of ['deliver-mail', 'purge', 'backup', 'clean-up']) await expect.poll(() => ended(job), { timeout: 25_000, interval: 100 }).toBeGreaterThan(0);
}

test('neither the log nor anything the program printed holds any of it', async () => {
	expect(await later?.stop()).toBe(0);
	const written = { log: readFileSync(LOG_FILE, 'utf8'), printed: site.logs() + later?.logs() };
	expect(written.log.split('\n').length).toBeGreaterThan(1000);
	for (const [where, text] of Object.entries(written)) for (const line of text.split('\n')) expect(canariesIn(line), `${where}: ${line}`).toEqual([]);
});

test('31 days later it is nowhere: not in the register, its log of changes, letters or backups', { timeout: 60_000 }, async () => {
	expect(filesIn(site.dataDir).filter(holdsCanary).length).toBeGreaterThan(1);
	later = await startServer({ dataDir: site.dataDir, env: { ...env, DEMO_NOW: LATER } });
	await jobsDone(site, Date.parse(LATER));
	expect(filesIn(site.dataDir).filter(holdsCanary)).toEqual([]);
	expect(reading(site, (db) => db.prepare('SELECT count(*) FROM enquiry').pluck().get())).toBe(1);
	await later.stop();
	expect(filesIn(site.dataDir).filter(holdsCanary)).toEqual([]);
});

function holdsCanary(file: string): boolean {
	const text = readFileSync(file, 'latin1');
	return ['Quarkley', 'quarkley', 'canary.example', CANARY.phone, 'heron visits', 'PurpleWombat', 'BS6 5QZ'].some((word) => text.includes(word));
}

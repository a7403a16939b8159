import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { type Answer, get, textOf } from '#tests/helpers/html.ts';
import { freePort, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { misshapen } from '../attacks/markup.ts';
import { slugsOf } from '../attacks/probe.ts';
import { fieldsFor, referenceOf, send } from '../contact/sending.ts';
import type { Acknowledged } from './crowd.ts';
import { notWhole } from './whole.ts';

const MAIN = new URL('../../../src/server/main.ts', import.meta.url).pathname;
const BUILD = process.env.TEST_BUILD_DIR ?? new URL('../../../.data/build', import.meta.url).pathname;
const ENV = { DEMO: '1', DEMO_NOW: `${TODAY}T12:00:00Z`, JOBS: 'outside', TRUSTED_PROXIES: '127.0.0.1' };
const SPARE_BYTES = 60_000;

let site: Site;
let slugs: string[];
beforeAll(async () => {
	site = await startSite(ENV);
	slugs = slugsOf(site, 200);
	await site.kill9();
});
afterAll(() => site.stop());

/** The real server in a shell that lets no file grow beyond the register and a little more: to the program, a full disk. Works for every user on every machine. */
async function startOnFullDisk() {
	const blocks = Math.ceil((statSync(join(site.dataDir, 'register.db')).size + SPARE_BYTES) / 512);
	const port = await freePort();
	const env = { ...ENV, PATH: process.env.PATH ?? '', DATA_DIR: site.dataDir, BUILD_DIR: BUILD, PORT: String(port) };
	const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, MAIN], { env });
	let printed = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (printed += part));
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const origin = `http://localhost:${port}`;
	await expect.poll(async () => (await fetch(`${origin}/health`).catch(() => null))?.status, { timeout: 15_000, interval: 50 }).toBe(200);
	return { origin, dataDir: site.dataDir, logs: () => printed, kill9: () => (child.kill('SIGKILL'), ended) };
}

type Tried = { acknowledged: Acknowledged[]; refused: string[]; answer: Answer | null };

/** Sends messages until one is refused, then `more` of them. */
async function fillUp(at: Pick<Site, 'origin' | 'dataDir'>, more: number): Promise<Tried> {
	const tried: Tried = { acknowledged: [], refused: [], answer: null };
	for (let n = 0; n < 2000 && tried.refused.length <= more; n += 1) {
		const text = `message ${n}`;
		const answer = await send(at, `/therapists/${slugs[n % slugs.length]}/contact`, fieldsFor(at, { name: text, message: 'word '.repeat(190) }));
		const reference = referenceOf(answer);
		if (reference !== null) tried.acknowledged.push({ text, reference });
		else tried.refused.push(text);
		if (reference === null) tried.answer ??= answer;
	}
	return tried;
}

test('on a full disk people can still read, are told plainly what did not work, and nothing that was acknowledged is lost', { timeout: 120_000 }, async () => {
	const full = await startOnFullDisk();
	const { acknowledged, refused, answer } = await fillUp(full, 5);
	expect(acknowledged.length).toBeGreaterThan(10);
	expect(refused.length).toBeGreaterThan(5);

	expect(answer?.status).toBe(503);
	expect(misshapen(answer?.text ?? '')).toEqual([]);
	expect(textOf(answer?.text ?? '')).toMatch(/could not save this just now\. What you typed is still here/);
	expect(answer?.text).toMatch(/name="name"[^>]*value="message \d/);
	expect(answer?.text).not.toMatch(/SQLITE|\.ts:|\bat \w+ \(/);

	for (const path of ['/', '/find?place=Leeds', '/find?who=adults', `/therapists/${slugs[7]}`, '/register?name=al', '/health'])
		expect((await get(full.origin + path)).status, path).toBe(200);
	expect(full.logs()).toMatch(/"level":50.*SQLITE_(?:FULL|IOERR)|SqliteError/);
	await full.kill9();

	const roomy = await startServer({ dataDir: site.dataDir, env: ENV });
	const after = await send({ origin: roomy.origin }, `/therapists/${slugs[0]}/contact`, fieldsFor(site, { name: 'message after' }));
	acknowledged.push({ text: 'message after', reference: referenceOf(after) });
	await roomy.stop();

	const db = openDatabase(join(site.dataDir, 'register.db'));
	expect(notWhole(db, acknowledged)).toEqual([]);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(db.sql.prepare("SELECT count(*) FROM enquiry WHERE sender_name LIKE 'message %'").pluck().get()).toBe(acknowledged.length);
	expect(verifyAudit(db, loadKeys({ dataDir: site.dataDir, auditKey: null, secretKey: null }).audit)).toMatchObject({ ok: true });
	// The twin: counting the refused ones as kept is caught by the same check.
	expect(
		notWhole(
			db,
			refused.map((text) => ({ text, reference: null })),
		).length,
	).toBe(refused.length);
	db.sql.close();
});

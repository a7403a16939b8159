import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import { type Visitor, visitor } from '#tests/helpers/person.ts';
import { freePort, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { misshapen } from '../attacks/markup.ts';
import { reading } from '../attacks/probe.ts';
import { hiddenOf } from '../membership/acting.ts';

const MAIN = new URL('../../../src/server/main.ts', import.meta.url).pathname;
const BUILD = process.env.TEST_BUILD_DIR ?? new URL('../../../.data/build', import.meta.url).pathname;
const ENV = { DEMO: '1', DEMO_NOW: `${TODAY}T12:00:00Z`, JOBS: 'outside', TRUSTED_PROXIES: '127.0.0.1' };
const PASSPHRASE = 'marble otter kettle sunrise';
const SPARE_BYTES = 40_000;

let site: Site;
let writer: Visitor;
let key: string;
beforeAll(async () => {
	site = await startSite(ENV);
	({ writer, key } = await begun(site));
});
afterAll(() => site.stop());

type Field = { name: string; kind: 'textarea' | 'input' };

test('text as long as a form can carry, in every field of the way in: an answer in words, with all of it still there', { timeout: 120_000 }, async () => {
	const wrong: string[] = [];
	let tried = 0;
	for (const path of await formsOf(writer)) {
		const page = await (await writer.get(path)).text();
		for (const { name, kind } of fieldsOf(page)) {
			const huge = `canary ${'words and more words '.repeat(9000)}`.slice(0, 180_000);
			const answer = await writer.post(path, { ...hiddenOf(page), [name]: huge });
			const text = await answer.text();
			tried += 1;
			if (answer.status !== 422) wrong.push(`${path} ${name}: ${answer.status}`);
			else if (misshapen(text).length > 0) wrong.push(`${path} ${name}: ${misshapen(text)[0]}`);
			else if (!/error-summary/.test(text)) wrong.push(`${path} ${name}: no words`);
			else if (kind === 'textarea' && !text.includes(huge.trim().slice(0, 100_000))) wrong.push(`${path} ${name}: the text is gone`);
		}
	}
	expect(wrong).toEqual([]);
	expect(tried).toBeGreaterThan(15);
});

test('a megabyte in any field is refused in words before it is read, and what was kept before is still there', async () => {
	await send(writer, '/concerns/mine/part/tried', { tried: 'I told them twice.' });
	for (const path of await formsOf(writer)) {
		const [field] = fieldsOf(await (await writer.get(path)).text());
		if (field === undefined) continue;
		const answer = await writer.post(path, { [field.name]: 'x'.repeat(1_000_000) });
		expect([path, answer.status]).toEqual([path, 413]);
		expect(textOf(await answer.text())).toMatch(/too big.*We have not kept any of it.*(Make it shorter|Go back)/s);
	}
	expect(await (await writer.get('/concerns/mine/part/tried')).text()).toContain('I told them twice.');
});

test('on a full disk what was written can be read, sending it is refused in words, and later it is sent whole', { timeout: 120_000 }, async () => {
	await send(writer, '/concerns/mine/about', { do: 'keep', number: 'none', described: 'Somebody in Leeds' });
	await send(writer, '/concerns/mine/part/you', { source: 'client', name: 'Ann' });
	await send(writer, '/concerns/mine/part/what', { happened: 'My canary words.' });
	await site.kill9();
	compact();
	const full = await startOnFullDisk();
	const reader = visitor(full);
	for (const [name, value] of writer.cookies) reader.cookies.set(name, value);
	const check = await (await reader.get('/concerns/mine/check')).text();
	expect(textOf(check)).toContain('My canary words.');
	const refused = await filledUp(reader);
	expect(refused.status).toBe(503);
	expect(textOf(await refused.text())).toMatch(/could not save this just now/);
	const sending = await reader.post('/concerns/mine/check', hiddenOf(check));
	expect(sending.status).toBe(503);
	expect(misshapen(await sending.text())).toEqual([]);
	expect((await reader.get('/concerns/mine/check')).status).toBe(200);
	await full.kill9();

	const roomy = await startServer({ dataDir: site.dataDir, env: ENV });
	const again = visitor(roomy);
	expect((await again.post('/concerns/open', { caseKey: key, passphrase: PASSPHRASE })).status).toBe(303);
	await send(again, '/concerns/mine/check', {});
	expect(textOf(await (await again.get('/concerns/mine')).text())).toContain('My canary words.');
	await roomy.stop();
	expect(reading(site, (db) => db.pragma('integrity_check', { simple: true }))).toBe('ok');
});

/** Pages of the way in with a form that somebody types into, as their own page names them. */
async function formsOf(who: Visitor): Promise<string[]> {
	const page = await (await who.get('/concerns/mine')).text();
	const parts = [...page.matchAll(/href="(\/concerns\/mine\/(?:part\/\w+|about|supporter))"/g)].map(([, path]) => path ?? '');
	return [...new Set(parts)];
}

function fieldsOf(page: string): Field[] {
	const main = page.slice(page.indexOf('<main'));
	const areas = [...main.matchAll(/<textarea\b[^>]*name="([^"]+)"/g)].map(([, name]): Field => ({ name: name ?? '', kind: 'textarea' }));
	const lines = (main.match(/<input\b[^>]*type="(?:text|email|tel)"[^>]*>/g) ?? []).map(
		(one): Field => ({ name: /name="([^"]+)"/.exec(one)?.[1] ?? '', kind: 'input' }),
	);
	return [...areas, ...lines];
}

/** Room that was freed in the file would be used before it has to grow. */
function compact(): void {
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	sql.exec('VACUUM');
	sql.pragma('wal_checkpoint(TRUNCATE)');
	sql.close();
}

/** Keeps a part again and again until there is no room left: for the register, and for the log of changes before it, which may be as large. */
async function filledUp(who: Visitor): Promise<Response> {
	const page = await (await who.get('/concerns/mine/part/what')).text();
	for (let n = 0; n < 2000; n += 1) {
		const answer = await who.post('/concerns/mine/part/what', { ...hiddenOf(page), happened: `My canary words. ${n} ${'word '.repeat(3900)}` });
		if (answer.status !== 303) return answer;
	}
	throw new Error('The disk never was full.');
}

async function begun(at: Pick<Site, 'origin'>): Promise<{ writer: Visitor; key: string }> {
	const someone = visitor(at);
	const offered = hiddenOf(await (await someone.get('/concerns/begin')).text());
	const answer = await someone.post('/concerns/begin', { ...offered, about: 'therapist', passphrase: PASSPHRASE, kept: 'yes' });
	expect(answer.status).toBe(303);
	return { writer: someone, key: offered.caseKey ?? '' };
}

async function send(who: Visitor, path: string, fields: Record<string, string>): Promise<void> {
	const answer = await who.post(path, { ...hiddenOf(await (await who.get(path)).text()), ...fields });
	expect([path, answer.status]).toEqual([path, 303]);
}

/** The real server in a shell that lets no file grow beyond the register and a little more: to the program, a full disk. */
async function startOnFullDisk() {
	const blocks = Math.ceil((statSync(join(site.dataDir, 'register.db')).size + SPARE_BYTES) / 512);
	const port = await freePort();
	const env = { ...ENV, PATH: process.env.PATH ?? '', DATA_DIR: site.dataDir, BUILD_DIR: BUILD, PORT: String(port) };
	const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, MAIN], { env, stdio: 'ignore' });
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const origin = `http://localhost:${port}`;
	await expect.poll(async () => (await fetch(`${origin}/health`).catch(() => null))?.status, { timeout: 15_000, interval: 50 }).toBe(200);
	return { origin, kill9: () => (child.kill('SIGKILL'), ended) };
}

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { filesFolder } from '#core/file-store.ts';
import { filesOnDisk } from '#core/file-upkeep.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { pdf } from '#tests/core/files/corpus.ts';
import { textOf } from '#tests/helpers/html.ts';
import { becomeA, type Visitor } from '#tests/helpers/person.ts';
import { freePort, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';

const MAIN = new URL('../../../src/server/main.ts', import.meta.url).pathname;
const BUILD = process.env.TEST_BUILD_DIR ?? new URL('../../../.data/build', import.meta.url).pathname;
/** Wider than a document is kept: drawn smaller, its colours mix, and it takes three times the room, more than the register itself. */
const SIDE = 3100;
const ENV = { DEMO: '1', DEMO_NOW: `${TODAY}T12:00:00Z`, JOBS: 'outside' };

let site: Site;
beforeAll(async () => {
	site = await startSite(ENV);
	await site.kill9();
});
afterAll(() => site?.stop());

/** A server in a shell that lets no file grow beyond so many bytes: to the program, a full disk. */
async function startWithin(bytes: number) {
	const port = await freePort();
	const env = { ...ENV, PATH: process.env.PATH ?? '', DATA_DIR: site.dataDir, BUILD_DIR: BUILD, PORT: String(port) };
	const child = spawn('sh', ['-c', `trap '' XFSZ; ulimit -f ${Math.ceil(bytes / 512)}; exec "$0" "$@"`, process.execPath, MAIN], { env, stdio: 'ignore' });
	const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
	const origin = `http://localhost:${port}`;
	await expect.poll(async () => (await fetch(`${origin}/health`).catch(() => null))?.status, { timeout: 15_000, interval: 50 }).toBe(200);
	return { origin, dataDir: site.dataDir, kill9: () => (child.kill('SIGKILL'), ended) };
}

/** Of 256 colours: packed with a palette it is a third of what it is without. */
function noise(): Promise<Buffer> {
	const colours = randomBytes(256 * 3);
	const pixels = Buffer.concat(Array.from(randomBytes(SIDE * SIDE), (index) => colours.subarray(index * 3, index * 3 + 3)));
	return sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 3 } })
		.png({ palette: true, colours: 256, dither: 0, effort: 1 })
		.toBuffer();
}
async function newEntry(member: Visitor, title: string): Promise<string> {
	expect((await member.post('/my/cpd/new', { title, as: 'draft', repeatKey: title.padEnd(43, '-') })).status).toBe(303);
	return `/my/cpd/${read((db) => db.sql.prepare('SELECT id FROM cpd_entry WHERE title = ?').pluck().get(title))}/evidence`;
}
const send = (member: Visitor, to: string, bytes: Buffer) => {
	const form = new FormData();
	form.append('evidence', new File([new Uint8Array(bytes)], 'file.pdf'));
	return member.post(to, form);
};
function read<T>(ask: (db: ReturnType<typeof openDatabase>) => T): T {
	const db = openDatabase(join(site.dataDir, 'register.db'), { readonly: true });
	try {
		return ask(db);
	} finally {
		db.sql.close();
	}
}
const STORED = `SELECT sealed_sha256 FROM stored_file WHERE deleted_at IS NULL
	UNION ALL SELECT sealed_sha256 FROM concern_file WHERE removed_at IS NULL ORDER BY 1`;
const stored = () => read((db) => db.sql.prepare(STORED).pluck().all() as string[]);
const onDisk = () =>
	filesOnDisk(filesFolder(site.dataDir), 0)
		.map(({ name }) => name)
		.sort();

test('a file that the disk cannot hold is refused in clear words, no half of it stays, and what was acknowledged stays whole', {
	timeout: 90_000,
}, async () => {
	const room = statSync(join(site.dataDir, 'register.db')).size + 400_000;
	// Within what may be sent; drawn anew it is larger than the room there is.
	const swelling = await noise();
	expect(swelling.length).toBeLessThan(10 * 1024 * 1024);
	const full = await startWithin(room);
	const member = await becomeA({ ...site, ...full }, 'member');
	const to = await newEntry(member, 'Full disk');
	expect((await send(member, to, pdf({ text: 'small and kept' }))).status).toBe(303);
	const before = [stored(), onDisk()];
	expect(before[0]).toEqual(before[1]);

	const answer = await send(member, to, swelling);
	expect(answer.status).toBe(503);
	const said = textOf(await answer.text());
	expect(said).toMatch(/could not save this just now\. What you typed is still here/);
	expect(said).not.toMatch(/EFBIG|ENOSPC|\.ts:/);
	expect([stored(), onDisk()]).toEqual(before);
	expect((await member.get(to)).status).toBe(200);
	await full.kill9();

	const roomy = await startServer({ dataDir: site.dataDir, env: ENV });
	const again = await becomeA({ ...site, origin: roomy.origin }, 'member');
	expect((await send(again, to, swelling)).status).toBe(303);
	expect(stored()).toEqual(onDisk());
	expect(stored()).toHaveLength((before[0]?.length ?? 0) + 1);
	await roomy.stop();
	read((db) => expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok'));
	read((db) => expect(verifyAudit(db, loadKeys({ dataDir: site.dataDir, auditKey: null, secretKey: null }).audit)).toMatchObject({ ok: true }));
});

test('below the threshold no file is taken, everything else goes on, and health and the office say so', { timeout: 60_000 }, async () => {
	const low = await startServer({ dataDir: site.dataDir, env: { ...ENV, LEAST_FREE_MB: '900000000' } });
	const at = { ...site, origin: low.origin };
	const [member, office] = [await becomeA(at, 'member'), await becomeA(at, 'membership_officer')];
	const to = await newEntry(member, 'Nearly full');
	const before = stored();
	const form = new FormData();
	form.append('evidence', new File([new Uint8Array(pdf())], 'a.pdf'));
	const answer = await member.post(to, form);
	expect(answer.status).toBe(503);
	expect(textOf(await answer.text())).toContain('We cannot take files just now, as our disk is nearly full. What you typed is still here');
	expect(stored()).toEqual(before);
	const health = await fetch(`${low.origin}/health`);
	expect([health.status, (await health.json()).disk.takesFiles]).toEqual([200, false]);
	expect(textOf(await (await office.get('/office')).text())).toMatch(/The disk has \d+ MB left: files are refused/);
	await low.stop();
});

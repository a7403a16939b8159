import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '#db/client.ts';
import { textOf } from '#tests/helpers/html.ts';
import type { Visitor } from '#tests/helpers/person.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { reading } from '../attacks/probe.ts';
import { SAID, SAID_ELSEWHERE, type Stage, stageOn } from './concern-words.ts';

/** Words that stand in no file of the program and in no dictionary, one for each thing that is said. */
const wordOf = (n: number) => `zyquorb${String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26))}xilf`;
const WORDS = SAID.map((_, n) => wordOf(n));
/** Written where anybody can read it: whoever looks for the others has to find this one. */
const DECOY = 'zyquorbdecoyxilf';

const logs = mkdtempSync(join(tmpdir(), 'ipt-concern-logs-'));
const env = { LOG_FILE: join(logs, 'site.log'), LOG_LEVEL: 'debug', DEMO: '1' };
let site: Site;
let stage: Stage;
let later: RunningServer;
/** Addresses and heads of every answer to whoever took part. */
const heads: string[] = [];

beforeAll(async () => {
	site = await startSite({ ...env, JOBS: 'outside' });
	stage = await stageOn(site);
	for (const one of ['writer', 'officer', 'lay', 'admin'] as const) stage[one] = listening(stage[one]);
	for (const [n, { say }] of SAID.entries()) await say(stage, WORDS[n] as string);
});
afterAll(async () => {
	await later?.stop();
	await site.stop();
	rmSync(logs, { recursive: true });
});

function listening(someone: Visitor): Visitor {
	const noted = (path: string, answer: Response) => {
		heads.push(path, JSON.stringify([...answer.headers]));
		return answer;
	};
	return {
		...someone,
		get: async (path) => noted(path, await someone.get(path)),
		post: async (path, values) => noted(path, await someone.post(path, values)),
	};
}

test('every place of the program where words are sealed is said something in here, or elsewhere', () => {
	const source = globSync('src/features/complaints/*.ts').map((file) => readFileSync(file, 'utf8'));
	const sealed = /sealText\(\s*tx,\s*[\w.]+,\s*[`']([a-z]+)|(?:[pP]lace\w*|DRAFT) = (?:\([^)]*\) => )?[`']([a-z]+):/g;
	const places = new Set(source.flatMap((text) => [...text.matchAll(sealed)].map(([, at, named]) => at ?? named ?? '')));
	const known = new Set([...SAID.flatMap(({ place }) => place ?? []), ...Object.keys(SAID_ELSEWHERE)]);
	expect([...places].filter((place) => !known.has(place))).toEqual([]);
	expect(places.size).toBeGreaterThan(10);
	expect(Object.values(SAID_ELSEWHERE).filter((file) => !existsSync(file))).toEqual([]);
});

test('what was said stands sealed where it should, and whoever may read it reads it on a page', async () => {
	const places = reading(site, (db) => {
		const text = 'SELECT place FROM vault_text t JOIN concern c ON c.id = t.vault_id WHERE c.reference = ?';
		return new Set((db.prepare(text).pluck().all(stage.reference) as string[]).map((place) => place.split(':')[0]));
	});
	for (const { place } of SAID) if (place !== null) expect(places).toContain(place);
	for (const [n, { what, on }] of SAID.entries()) {
		if (on === undefined) continue;
		const [who, path] = on(stage);
		expect([what, textOf(await (await who.get(path)).text()).includes(WORDS[n] as string)]).toEqual([what, true]);
	}
});

test('it stands nowhere else: killed, started again, backed up, its mails sent', { timeout: 240_000 }, async () => {
	expect(nowhere(heads.join('\n'))).toEqual([]);
	await site.kill9();
	const { sql } = openDatabase(join(site.dataDir, 'register.db'));
	sql.prepare('DELETE FROM job_run').run();
	const decoy = "INSERT INTO job_run (id, job, started_at, ended_at, outcome, note) VALUES ('decoy', 'decoy', 0, 1, 'done', ?)";
	sql.prepare(decoy).run(DECOY);
	sql.close();
	// The log of changes that the killed server left is still there.
	expect(filesWith(site.dataDir, WORDS)).toEqual([]);
	later = await startServer({ dataDir: site.dataDir, env: { ...env, DEMO_NOW: `${TODAY}T12:10:00Z` } });
	const done = (job: string) => reading(site, (db) => db.prepare("SELECT count(*) FROM job_run WHERE job = ? AND outcome = 'done'").pluck().get(job));
	for (const job of ['deliver-mail', 'backup', 'clean-up']) await expect.poll(() => done(job), { timeout: 120_000, interval: 100 }).toBeGreaterThan(0);
	const mails = readdirSync(join(site.dataDir, 'mail')).map((name) => readFileSync(join(site.dataDir, 'mail', name), 'utf8'));
	expect(mails.filter((mail) => mail.includes('A message about your reference')).length).toBeGreaterThan(1);
	expect(mails.filter((mail) => mail.includes(stage.reference) || mail.includes(stage.key))).toEqual([]);
	expect(filesWith(site.dataDir, WORDS)).toEqual([]);
	// The twin: what is written plainly is found, in the register and in its backup.
	const found = filesWith(site.dataDir, [DECOY]).join('\n');
	for (const place of ['register.db', 'backups']) expect(found).toContain(place);
});

test('no table knows a word of it, those for searching, the audit and the outbox among them', () => {
	const tables = reading(site, (db) => db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[]);
	for (const name of ['audit_event', 'audit_personal', 'outbox', 'finder', 'concern_read', 'concern_step', 'rate_window']) expect(tables).toContain(name);
	const rows = (name: string) => reading(site, (db) => db.prepare(`SELECT * FROM "${name}"`).safeIntegers().all());
	const holding = (name: string) => nowhere(JSON.stringify(rows(name), (_, value) => (typeof value === 'bigint' ? String(value) : value)));
	expect(tables.filter((name) => holding(name).length > 0)).toEqual([]);
	// A table that finds words by an index of its own may hold them in pieces: it is asked.
	const indexed = reading(site, (db) => db.prepare("SELECT name FROM sqlite_schema WHERE sql LIKE '%USING fts%'").pluck().all() as string[]);
	const hits = (name: string, word: string) =>
		reading(site, (db) => db.prepare(`SELECT count(*) FROM "${name}" WHERE "${name}" MATCH ?`).pluck().get(`"${word}"`) as number);
	expect(indexed.flatMap((name) => WORDS.filter((word) => hits(name, word) > 0))).toEqual([]);
});

test('no log, nothing printed, no dump of a crash', async () => {
	await later.stop();
	const written = readFileSync(env.LOG_FILE, 'utf8');
	expect(written.split('\n').length).toBeGreaterThan(50);
	expect(nowhere(written + site.logs() + later.logs())).toEqual([]);
	const dumps = [site.dataDir, '.', tmpdir()].flatMap((folder) =>
		readdirSync(folder).filter((name) => /^(core(\.\d+)?|report\..*\.json|.*\.heapsnapshot)$/.test(name)),
	);
	expect(dumps).toEqual([]);
});

/** Which of the words a text holds, plainly or in base64. */
function nowhere(text: string): string[] {
	return WORDS.filter((word) => spellings(word).some((one) => text.includes(one.toString('latin1'))));
}

/** The files under a folder that hold any of the words, also packed or as another spelling of the same letters. */
function filesWith(folder: string, words: readonly string[]): string[] {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
	return files.flatMap((file) => {
		const path = join(file.parentPath, file.name);
		const read = readFileSync(path);
		const bytes = read[0] === 0x1f && read[1] === 0x8b ? gunzipSync(read) : read;
		return words.filter((word) => path.includes(word) || spellings(word).some((one) => bytes.includes(one))).map((word) => `${path}: ${word}`);
	});
}

function spellings(word: string): Buffer[] {
	// Base64 of the same letters differs by where they begin: what all of a spelling have in common is enough.
	const packed = [0, 1, 2].map((at) =>
		Buffer.from(`${'x'.repeat(at)}${word}`)
			.toString('base64')
			.slice(4, 16),
	);
	return [Buffer.from(word), Buffer.from(word, 'utf16le'), Buffer.from(word.toUpperCase()), ...packed.map((text) => Buffer.from(text))];
}

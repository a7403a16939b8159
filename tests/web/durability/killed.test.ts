import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { type RunningServer, startServer } from '#tests/helpers/server.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { slugsOf } from '../attacks/probe.ts';
import { type Acknowledged, crowd } from './crowd.ts';
import { notWhole } from './whole.ts';

const KILLS = 15;
const LIES = 3;

let first: Site;
let slugs: string[];
beforeAll(async () => {
	first = await startSite({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'error' });
	slugs = slugsOf(first, 200);
	await first.kill9();
});
afterAll(() => first.stop());

/** Starts the site, lets a crowd loose on it, and kills it in the middle. */
async function killed(run: number, mode: 'honest' | 'early'): Promise<{ acknowledged: Acknowledged[]; odd: string[]; served: number }> {
	const server: RunningServer = await startServer({
		dataDir: first.dataDir,
		env: { DEMO: '1', DEMO_NOW: `${TODAY}T12:00:00Z`, TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'error' },
	});
	const people = crowd({ origin: server.origin, dataDir: first.dataDir }, slugs, run, mode);
	await expect.poll(() => people.acknowledged.length, { interval: 5, timeout: 10_000 }).toBeGreaterThan(2);
	await wait((run * 137) % 300);
	await server.kill9();
	await people.stop();
	return { acknowledged: people.acknowledged, odd: people.odd, served: people.served };
}

test(`killed ${KILLS} times under a crowd, the site comes back with every acknowledged message, whole and once`, { timeout: 180_000 }, async () => {
	const acknowledged: Acknowledged[] = [];
	for (let run = 1; run <= KILLS; run += 1) {
		const ordeal = await killed(run, 'honest');
		acknowledged.push(...ordeal.acknowledged);
		expect(ordeal.odd).toEqual([]);
	}
	expect(acknowledged.length).toBeGreaterThan(KILLS * 3);
	const db = openDatabase(join(first.dataDir, 'register.db'));
	expect(notWhole(db, acknowledged)).toEqual([]);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	expect(db.sql.pragma('foreign_key_check')).toEqual([]);
	// Nothing half-written among those that nobody was told of either.
	expect(notWhole(db, db.sql.prepare("SELECT sender_name AS text, reference FROM enquiry WHERE sender_name LIKE 'run %'").all() as Acknowledged[])).toEqual([]);
	expect(verifyAudit(db, loadKeys({ dataDir: first.dataDir, auditKey: null, secretKey: null }).audit)).toMatchObject({ ok: true });
	db.sql.close();
});

test('a harness that notes messages before they are acknowledged is caught: the test above can fail', { timeout: 60_000 }, async () => {
	const claimed: Acknowledged[] = [];
	for (let run = 101; run <= 100 + LIES; run += 1) claimed.push(...(await killed(run, 'early')).acknowledged);
	const db = openDatabase(join(first.dataDir, 'register.db'));
	expect(notWhole(db, claimed).length).toBeGreaterThan(0);
	db.sql.close();
});

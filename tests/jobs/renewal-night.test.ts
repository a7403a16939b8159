import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { loadKeys } from '#core/keys.ts';
import type { Db } from '#db/client.ts';
import { readSettings } from '#settings';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { renew } from '../features/membership/living.ts';

const MEMBERS = 2000;
const KILLS = 10;
const MAIN = new URL('../../src/cli/jobs.ts', import.meta.url).pathname;
const NIGHT = Date.parse('2026-12-01T02:00:00Z');

/** Members whose year ends together on 31 December 2026; every second one has paid the next year, and the program was stopped before it granted it. */
function members(db: Db, dataDir: string): void {
	const { sql } = db;
	const person = sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, 'Ann', 'Example')");
	const period = sql.prepare("INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2026-01-01', '2026-12-31')");
	const people = Array.from({ length: MEMBERS }, () => newId());
	sql.transaction(() => {
		for (const id of people) {
			person.run(id, `${id}@member.example`);
			name.run(newId(), id);
			period.run(newId(), id);
		}
	})();
	const settings = readSettings({ DATA_DIR: dataDir });
	const ctx = ctxFor({ db, settings, keys: loadKeys(settings) }, { kind: 'system', name: 'test' }, Date.parse('2026-11-22T12:00:00Z'));
	sql.pragma('synchronous = OFF');
	for (const id of people.filter((_, i) => i % 2 === 0)) renew(ctx, id);
	sql.exec(`UPDATE invoice SET settled_at = ${ctx.now}`);
	sql.pragma('synchronous = FULL');
}

/** `npm run jobs -- --only remind-members`. A killed run's lease has to run out before the next: each looks at the clock six minutes later. */
function startNight(dataDir: string, run: number) {
	const env = { PATH: process.env.PATH ?? '', DATA_DIR: dataDir, DEMO: '1', DEMO_NOW: new Date(NIGHT + run * 6 * 60_000).toISOString() };
	const child = spawn(process.execPath, [MAIN, '--only', 'remind-members'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
	let said = '';
	child.stdout.on('data', (piece: Buffer) => {
		said += piece.toString();
	});
	const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)));
	return { kill: () => child.kill('SIGKILL'), ended, said: () => said };
}

/** Waits until a run has done something more, then a moment of its own, so that kills fall anywhere in the work. */
async function untilWorking(db: Db, run: number): Promise<void> {
	const done = () => db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get() as number;
	const before = done();
	for (let i = 0; i < 2000 && done() === before; i += 1) await wait(5);
	await wait((run * 13) % 40);
}

it('renewal night killed ten times reminds everyone once, grants every payment once, and leaves no gap in any membership', { timeout: 240_000 }, async () => {
	const folder = temporaryFolder();
	const db = emptyRegister(folder.path);
	members(db, folder.path);
	let killed = 0;
	for (let run = 0; run < KILLS; run += 1) {
		const night = startNight(folder.path, run);
		await untilWorking(db, run);
		night.kill();
		if ((await night.ended) === 'SIGKILL') killed += 1;
	}
	expect(killed).toBe(KILLS);
	const last = startNight(folder.path, KILLS);
	expect([await last.ended, last.said()]).toEqual([null, expect.stringContaining('done')]);
	const again = startNight(folder.path, KILLS + 1);
	await again.ended;
	expect(again.said()).toContain('0 granted, 0 reminded');

	const all = (text: string) => db.sql.prepare(text).pluck().get() as number;
	expect(all('SELECT count(*) FROM membership_period')).toBe(MEMBERS * 1.5);
	expect(all("SELECT count(DISTINCT person_id) FROM membership_period WHERE from_on = '2027-01-01' AND paid_to_on = '2027-12-31'")).toBe(MEMBERS / 2);
	expect(all("SELECT count(*) FROM outbox WHERE kind = 'membership.renewed'")).toBe(MEMBERS / 2);
	const reminded = "SELECT count(*) FROM outbox o JOIN membership_period p ON o.dedupe_key = 'membership.reminder:' || p.id || ':30'";
	expect(all(reminded)).toBe(MEMBERS / 2);
	expect(all("SELECT count(*) FROM outbox WHERE kind = 'membership.reminder'")).toBe(MEMBERS / 2);
	expect(all("SELECT count(DISTINCT to_address) FROM outbox WHERE kind = 'membership.reminder'")).toBe(MEMBERS / 2);
	expect(all("SELECT count(*) FROM audit_event WHERE kind = 'membership.reminded'")).toBe(MEMBERS / 2);
	expect(all('SELECT count(*) FROM membership_purchase WHERE done_on IS NULL')).toBe(0);
	expect(verifyAudit(db, loadKeys({ dataDir: folder.path, auditKey: null, secretKey: null }).audit).ok).toBe(true);
	expect(db.sql.pragma('integrity_check', { simple: true })).toBe('ok');
	db.sql.close();
	folder.remove();
});

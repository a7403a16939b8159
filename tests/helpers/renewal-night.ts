import { spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { ctxFor } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { loadKeys } from '#core/keys.ts';
import type { Db } from '#db/client.ts';
import { readSettings } from '#settings';
import { renew } from '../features/membership/living.ts';

const MAIN = new URL('../../src/cli/jobs.ts', import.meta.url).pathname;
const NIGHT = Date.parse('2026-12-01T02:00:00Z');

/** Members whose year ends together on 31 December 2026; every second one has paid the next year, and the program was stopped before it granted it. */
export function membersToRenew(db: Db, dataDir: string, count: number): void {
	const { sql } = db;
	const person = sql.prepare('INSERT INTO person (id, email, created_at) VALUES (?, ?, 0)');
	const name = sql.prepare("INSERT INTO person_name (id, person_id, given_names, family_name) VALUES (?, ?, 'Ann', 'Example')");
	const period = sql.prepare("INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on) VALUES (?, ?, 'plus', '2026-01-01', '2026-12-31')");
	const people = Array.from({ length: count }, () => newId());
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
export function startNight(dataDir: string, run: number) {
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
export async function untilWorking(db: Db, run: number): Promise<void> {
	const done = () => db.sql.prepare('SELECT count(*) FROM audit_event').pluck().get() as number;
	const before = done();
	for (let i = 0; i < 2000 && done() === before; i += 1) await wait(5);
	await wait((run * 13) % 40);
}

/** What became of a renewal night, as the register has it; `of` how many members there were. */
export function nightsWork(db: Db) {
	const all = (text: string) => db.sql.prepare(text).pluck().get() as number;
	return {
		periods: all('SELECT count(*) FROM membership_period'),
		renewedWithoutGap: all("SELECT count(DISTINCT person_id) FROM membership_period WHERE from_on = '2027-01-01' AND paid_to_on = '2027-12-31'"),
		toldRenewed: all("SELECT count(*) FROM outbox WHERE kind = 'membership.renewed'"),
		remindedRightly: all("SELECT count(*) FROM outbox o JOIN membership_period p ON o.dedupe_key = 'membership.reminder:' || p.id || ':30'"),
		reminders: all("SELECT count(*) FROM outbox WHERE kind = 'membership.reminder'"),
		peopleReminded: all("SELECT count(DISTINCT to_address) FROM outbox WHERE kind = 'membership.reminder'"),
		recorded: all("SELECT count(*) FROM audit_event WHERE kind = 'membership.reminded'"),
		open: all('SELECT count(*) FROM membership_purchase WHERE done_on IS NULL'),
	};
}

/** What a night over `count` members must have done, however often it was cut off. */
export function wholeNight(count: number): ReturnType<typeof nightsWork> {
	const half = count / 2;
	return {
		periods: count * 1.5,
		renewedWithoutGap: half,
		toldRenewed: half,
		remindedRightly: half,
		reminders: half,
		peopleReminded: half,
		recorded: half,
		open: 0,
	};
}

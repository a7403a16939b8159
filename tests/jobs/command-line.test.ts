import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main as auditVerify } from '#cli/audit-verify.ts';
import { main as backup } from '#cli/backup.ts';
import { main as jobs } from '#cli/jobs.ts';
import { main as restore } from '#cli/restore.ts';
import { machineClock } from '#core/clock.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { sendEnquiry } from '#features/directory/index.ts';
import { readSettings } from '#settings';
import { enquiryInput } from '#tests/helpers/enquiry.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

let dataDir: string;

beforeEach(() => {
	dataDir = mkdtempSync(join(tmpdir(), 'ipt-test-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function fill(messages: number): void {
	const db = openDatabase(join(dataDir, 'register.db'));
	migrate(db.sql, machineClock.now());
	const settings = readSettings({ DATA_DIR: dataDir });
	const ctx = ctxFor({ db, settings, keys: loadKeys(settings) }, { kind: 'public' }, machineClock.now());
	listTherapist(db, 'ann', { paidToOn: '2099-12-31' });
	db.sql.exec("UPDATE award_term SET to_on = '2099-12-31'");
	for (let i = 0; i < messages; i += 1) sendEnquiry(ctx, 'ann', enquiryInput(ctx, { email: `s${i}@sender.example` }));
	db.sql.close();
}

type Main = (argv: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;
const TASKS: Record<string, Main> = { jobs, backup, restore, 'audit-verify': auditVerify };

/** Runs a task in this process and gathers what it writes. */
const call = (task: string, ...argv: string[]) => callWith({}, task, ...argv);

async function callWith(env: Record<string, string>, task: string, ...argv: string[]) {
	let [out, problem] = ['', ''];
	const written = [
		vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text)))),
		vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((problem += String(text)))),
	];
	try {
		const status = await TASKS[task]?.(argv, { DATA_DIR: dataDir, ...env });
		return { status, out, problem };
	} finally {
		for (const stream of written) stream.mockRestore();
	}
}

/** The same as someone at a terminal runs it. */
function spawned(task: string, ...argv: string[]) {
	const file = new URL(`../../src/cli/${task}.ts`, import.meta.url).pathname;
	const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...argv], { env: { ...process.env, DATA_DIR: dataDir }, encoding: 'utf8' });
	return { status, out: stdout, problem: stderr };
}

describe('on the command line', () => {
	it('every task says in one line that there is no register yet', async () => {
		for (const task of ['jobs', 'audit-verify', 'backup']) {
			const { status, problem } = await call(task);
			expect([task, status]).toEqual([task, 1]);
			expect(problem).toMatch(/^There is no register in .* yet\. Start the site once, or set DATA_DIR\.\n$/);
		}
		expect(readdirSync(dataDir)).toEqual([]);
	});

	it('jobs runs what is due, then says that nothing is', async () => {
		fill(1);
		const first = spawned('jobs');
		expect([first.status, first.problem]).toEqual([0, '']);
		expect(first.out).toMatch(/done {4}deliver-mail +2 sent/);
		expect((await call('jobs')).out).toMatch(/Nothing is due/);
		expect((await call('jobs', '--only', 'purge')).out).toMatch(/^done {4}purge +0 CPD entries, 0 enquiries, 0 messages\n$/);
		expect(await call('jobs', '--only', 'tea')).toMatchObject({ status: 2, problem: expect.stringContaining('no job of that name') });
		expect((await call('jobs', '--nonsense')).status).toBe(2);
	});

	it('jobs goes by the clock of the demonstration, as the server does', async () => {
		fill(0);
		expect((await callWith({ DEMO: '1', DEMO_NOW: '2031-03-04T05:06:07Z' }, 'jobs', '--only', 'purge')).status).toBe(0);
		const sql = new Database(join(dataDir, 'register.db'));
		const startedAt = sql.prepare('SELECT started_at FROM job_run').pluck().get() as number;
		sql.close();
		expect(new Date(startedAt).toISOString()).toMatch(/^2031-03-04T05:06:/);
	});

	it('backup, then restore: proved first, refused without --yes, done with it', async () => {
		fill(2);
		const made = await call('backup');
		expect([made.status, made.problem]).toEqual([0, '']);
		expect(made.out).toMatch(/opened and proved/);
		const name = readdirSync(join(dataDir, 'backups')).find((n) => n.endsWith('.db')) ?? '';
		const file = join(dataDir, 'backups', name);
		expect((await call('restore')).out).toContain(name);
		expect(await call('restore', file)).toMatchObject({ status: 0, out: expect.stringContaining('Nothing is changed yet') });
		expect(await call('restore', join(dataDir, 'none.db'))).toMatchObject({ status: 1, problem: 'There is no such file.\n' });
		rmSync(join(dataDir, 'register.db'));
		expect(await call('restore', file, '--yes')).toMatchObject({ status: 0, problem: '' });
		expect((await call('audit-verify')).status).toBe(0);
		rmSync(join(dataDir, 'keys'), { recursive: true });
		expect(await call('restore', file, '--yes')).toMatchObject({ status: 1, problem: expect.stringContaining('Put the keys back first') });
	});

	it('restore refuses while someone has the register open', async () => {
		fill(1);
		await call('backup');
		const server = openDatabase(join(dataDir, 'register.db'));
		const name = readdirSync(join(dataDir, 'backups')).find((n) => n.endsWith('.db')) ?? '';
		expect(await call('restore', join(dataDir, 'backups', name), '--yes')).toMatchObject({
			status: 1,
			problem: expect.stringContaining('The register is in use'),
		});
		server.sql.close();
	});

	it('audit-verify prints events, head and verdict, and fails with the place named', async () => {
		fill(3);
		const good = await call('audit-verify');
		expect(good.status).toBe(0);
		expect(good.out).toMatch(/Events read: 3\nHead: [0-9a-f]{64}\nWhole/);
		const sql = new Database(join(dataDir, 'register.db'));
		sql.exec("DROP TRIGGER audit_event_no_update; UPDATE audit_event SET actor = 'system:nobody' WHERE seq = 2");
		sql.close();
		const bad = spawned('audit-verify');
		expect([bad.status, bad.out]).toEqual([1, 'Events read: 1\nNOT WHOLE: event 2: was changed after it was recorded.\n']);
	});

	it('audit-verify sees a cut-off tail by the head that the newest backup noted', async () => {
		fill(3);
		await call('backup');
		const sql = new Database(join(dataDir, 'register.db'));
		sql.exec("DROP TRIGGER audit_event_no_delete; DELETE FROM audit_event WHERE seq > 2; UPDATE sqlite_sequence SET seq = 2 WHERE name = 'audit_event'");
		sql.close();
		expect(await call('audit-verify')).toMatchObject({ status: 1, out: expect.stringContaining('event 3: events at the end are missing') });
	});

	it('a register of a newer version is left alone', async () => {
		fill(1);
		const sql = new Database(join(dataDir, 'register.db'));
		sql.pragma('user_version = 999');
		sql.close();
		for (const task of ['jobs', 'audit-verify', 'backup'])
			expect(await call(task)).toMatchObject({ status: 1, problem: expect.stringContaining('newer version') });
	});
});

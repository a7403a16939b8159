import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backupsIn } from '#core/backup-keeping.ts';
import type { Ctx } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { createLog } from '#core/log.ts';
import { deliveredMails } from '#core/mail-files.ts';
import { openDatabase } from '#db/client.ts';
import { EMPTY_QUERY, sendEnquiry } from '#features/directory/index.ts';
import { countFinder } from '#features/directory/search.ts';
import { runApart } from '#jobs/apart.ts';
import { jobHealth } from '#jobs/health.ts';
import { JOBS, type Job } from '#jobs/index.ts';
import { here, runDueJobs } from '#jobs/run.ts';
import { runSoon } from '#jobs/soon.ts';
import { startJobs } from '#jobs/start.ts';
import { enquiryInput } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const MINUTE = 60_000;
let register: TestRegister;
let ctx: Ctx;
let now: number;
const clock = { now: () => now };

beforeEach(() => {
	register = registerIn('2026-11-20');
	ctx = register.ctx;
	now = ctx.now;
});
afterEach(() => register.close());

const run = (jobs: readonly Job[], isForced = false, db = ctx.db) => runDueJobs({ ...ctx, db }, clock, { isForced, jobs, carry: here });
const job = (name: string, work: () => Promise<string> | string, every = 10): Job => ({ name, every, lease: 30, apart: false, run: work });
const ended = () => ctx.db.sql.prepare('SELECT count(*) FROM job_run WHERE ended_at IS NOT NULL').pluck().get() as number;
const runs = () => ctx.db.sql.prepare('SELECT job, outcome, note FROM job_run ORDER BY rowid').all();

describe('running jobs', () => {
	it('runs each when it is due, and notes what came of it', async () => {
		let count = 0;
		const jobs = [job('often', () => `run ${(count += 1)}`), job('seldom', () => 'ok', 60)];
		expect((await run(jobs)).map((r) => r.job)).toEqual(['often', 'seldom']);
		expect(await run(jobs)).toEqual([]);
		now += 10 * MINUTE;
		expect(await run(jobs)).toEqual([{ job: 'often', outcome: 'done', note: 'run 2' }]);
		expect((await run(jobs, true)).map((r) => r.job)).toEqual(['often', 'seldom']);
		expect(runs()[0]).toEqual({ job: 'often', outcome: 'done', note: 'run 1' });
	});

	it('a job that fails is noted, stops no other and is tried again after five minutes', async () => {
		let isBroken = true;
		const jobs = [
			job(
				'bad',
				() => {
					if (isBroken) throw new Error('cannot reach ann@reader.example');
					return 'ok';
				},
				600,
			),
			job('good', () => 'ok'),
		];
		expect((await run(jobs)).map((r) => r.outcome)).toEqual(['failed', 'done']);
		expect(runs()[0]).toEqual({ job: 'bad', outcome: 'failed', note: 'Error: cannot reach [address]' });
		isBroken = false;
		now += 4 * MINUTE;
		expect(await run(jobs)).toEqual([]);
		now += MINUTE;
		expect(await run(jobs)).toEqual([{ job: 'bad', outcome: 'done', note: 'ok' }]);
	});

	it('two processes never run one job at once', async () => {
		let running = 0;
		let most = 0;
		let total = 0;
		const jobs = [
			job(
				'slow',
				async () => {
					most = Math.max(most, (running += 1));
					await wait(20);
					running -= 1;
					total += 1;
					return 'ok';
				},
				1,
			),
		];
		const other = openDatabase(join(register.folder, 'register.db'));
		await Promise.all([run(jobs), run(jobs, false, other), run(jobs, true, other), run(jobs, true)]);
		other.sql.close();
		expect([most, total]).toEqual([1, 1]);
	});

	it('a job whose process died is run again when its lease has run out, and the dead run is noted', async () => {
		void run([job('dead', () => new Promise(() => undefined))]);
		now += 29 * MINUTE;
		expect(await run([job('dead', () => 'ok')], true)).toEqual([]);
		now += MINUTE;
		expect(await run([job('dead', () => 'ok')])).toEqual([{ job: 'dead', outcome: 'done', note: 'ok' }]);
		expect(runs()).toEqual([
			{ job: 'dead', outcome: 'failed', note: 'did not come to an end' },
			{ job: 'dead', outcome: 'done', note: 'ok' },
		]);
	});

	it('a clock that was set back stops no job', async () => {
		await run([job('a', () => 'ok')]);
		now -= 365 * 24 * 60 * MINUTE;
		expect(await run([job('a', () => 'ok')])).toHaveLength(1);
	});
});

describe('the jobs of the register', () => {
	it('all run, deliver the mail and make a proved backup', async () => {
		listTherapist(ctx.db, 'ann');
		sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const results = await run(JOBS);
		expect(results.map((r) => [r.job, r.outcome])).toEqual(JOBS.map((j) => [j.name, 'done']));
		expect(deliveredMails(register.folder)).toHaveLength(2);
		expect(backupsIn(join(register.folder, 'backups'))).toHaveLength(1);
	});

	it('the nightly check repairs a finder that was tampered with, and health says that it did', async () => {
		const personId = listTherapist(ctx.db, 'ann');
		const check = JOBS.filter((j) => j.name === 'check-directory');
		expect((await run(check))[0]?.note).toBe('1 difference found and repaired');
		expect(jobHealth(ctx.db, now).warnings).toContain('The last check of the directory: 1 difference found and repaired.');
		ctx.db.sql.prepare("UPDATE finder SET card = '{}', slug = 'x' WHERE person_id = ?").run(personId);
		ctx.db.sql.exec(`UPDATE finder SET card = '{"places":[]}'`);
		expect((await run(check, true))[0]?.note).toBe('1 difference found and repaired');
		now += 24 * 60 * MINUTE;
		expect((await run(check))[0]?.note).toBe('no difference');
		expect(jobHealth(ctx.db, now).warnings).toEqual([]);
	});

	it('whoever’s date has come leaves the finder with the next run', async () => {
		// Paid to 21 October with 30 days of grace: 20 November is the last day.
		listTherapist(ctx.db, 'ann', { paidToOn: '2026-10-21' });
		await run(JOBS.filter((j) => j.name === 'check-directory'));
		const inFinder = () => ctx.db.sql.prepare('SELECT count(*) FROM finder').pluck().get();
		const refresh = JOBS.filter((j) => j.name === 'refresh-directory');
		expect([(await run(refresh))[0]?.note, inFinder()]).toEqual(['0 refreshed', 1]);
		now += 24 * 60 * MINUTE;
		expect([(await run(refresh))[0]?.note, inFinder()]).toEqual(['1 refreshed', 0]);
		expect(ctx.db.sql.prepare('SELECT reason FROM audit_event ORDER BY seq DESC').pluck().get()).toBe('a date in the facts has come');
	});

	it('a job apart runs in a thread of its own, and its errors come back', async () => {
		expect(await runApart('check-directory', ctx)).toBe('no difference');
		await expect(runApart('nonsense', ctx)).rejects.toThrow('There is no job nonsense.');
		expect(await runApart('backup', ctx)).toMatch(/^register-2026-11-20T1200Z\.db/);
	});
});

describe('jobs inside the server', () => {
	it('begin by themselves, and none begins after stop', async () => {
		listTherapist(ctx.db, 'ann');
		sendEnquiry(ctx, 'ann', enquiryInput(ctx));
		const lines: string[] = [];
		const log = createLog('debug', new Writable({ write: (chunk, _, done) => done(lines.push(String(chunk)) ? null : undefined) }));
		const jobs = startJobs(ctx, clock, log);
		for (let i = 0; i < 1000 && ended() < JOBS.length; i += 1) await wait(50);
		await jobs.stop();
		expect(deliveredMails(register.folder)).toHaveLength(2);
		expect(runs()).toEqual(JOBS.map((j) => ({ job: j.name, outcome: 'done', note: expect.any(String) })));
		expect(lines.join('')).not.toMatch(/sender\.example|reader\.example/);
		now += 600 * MINUTE;
		const before = runs().length;
		await wait(100);
		expect(runs()).toHaveLength(before);
	});
});

describe('mail soon', () => {
	const delivered = () => deliveredMails(register.folder).length;
	const enquire = () => sendEnquiry(ctx, 'ann', enquiryInput(ctx));
	const soon = () => runSoon(ctx, clock);
	beforeEach(() => listTherapist(ctx.db, 'ann'));

	it('inside the server a message goes out within about a second, though the job ran just before', async () => {
		await run(JOBS);
		const jobs = startJobs(ctx, clock, createLog('silent', new Writable()));
		await wait(1200);
		enquire();
		const begun = performance.now();
		while (delivered() < 2 && performance.now() - begun < 5000) await wait(20);
		await jobs.stop();
		expect(delivered()).toBe(2);
		expect(performance.now() - begun).toBeLessThan(2500);
	}, 10_000);

	it('no run begins while nothing is due, and a delayed message keeps its time', async () => {
		expect(await soon()).toEqual([]);
		enquire();
		ctx.db.sql.prepare('UPDATE outbox SET due_at = ?').run(now + 5 * MINUTE);
		expect(await soon()).toEqual([]);
		now += 5 * MINUTE;
		expect((await soon())[0]?.note).toBe('2 sent, 0 delayed, 0 given up');
		expect(await soon()).toEqual([]);
		expect(runs()).toHaveLength(1);
	});

	it('a message that somebody is sending is left to them', async () => {
		enquire();
		ctx.db.sql.prepare('UPDATE outbox SET claimed_until = ?').run(now + MINUTE);
		expect(await soon()).toEqual([]);
		expect(delivered()).toBe(0);
	});

	it('several lookers at once send each message once', async () => {
		enquire();
		await Promise.all([soon(), soon(), run(JOBS.slice(0, 1), true), soon()]);
		expect(delivered()).toBe(2);
		expect(runs()).toHaveLength(1);
	});

	it('after a run that failed as a whole the job waits its own time', async () => {
		await run([{ ...(JOBS[0] as Job), run: () => Promise.reject(new Error('no')) }]);
		enquire();
		expect(await soon()).toEqual([]);
		now += MINUTE;
		expect((await run(JOBS.slice(0, 1)))[0]?.outcome).toBe('done');
		expect(delivered()).toBe(2);
	});
});

describe('a new day', () => {
	it('the counts are right from its first second, and the job then keeps to its minutes', async () => {
		// Paid to 21 October with 30 days of grace: 20 November is the last day.
		listTherapist(ctx.db, 'ann', { paidToOn: '2026-10-21' });
		now = Date.parse('2026-11-20T23:59:59Z');
		await run(JOBS.filter((j) => ['check-directory', 'refresh-directory'].includes(j.name)));
		const found = () => countFinder({ ...ctx, now, today: londonDay(now) }, EMPTY_QUERY, null).count;
		expect([await runSoon(ctx, clock), found()]).toEqual([[], 1]);
		now += 1000;
		expect((await runSoon(ctx, clock)).map((r) => [r.job, r.note])).toEqual([['refresh-directory', '1 refreshed']]);
		expect(found()).toBe(0);
		expect(await runSoon(ctx, clock)).toEqual([]);
	});
});

describe('health', () => {
	it('says which job is late, so that what it watches cannot be vouched for', async () => {
		ctx.db.sql.prepare('UPDATE migration SET applied_at = ?').run(now);
		expect(jobHealth(ctx.db, now + MINUTE).ok).toBe(true);
		await run(JOBS);
		expect(jobHealth(ctx.db, now + 3 * MINUTE)).toMatchObject({ ok: true, warnings: [] });
		const late = jobHealth(ctx.db, now + 4 * 60 * MINUTE);
		expect(late.ok).toBe(false);
		expect(late.jobs.filter((j) => j.state === 'late').map((j) => j.job)).toEqual(JOBS.filter((j) => j.every <= 60).map((j) => j.name));
	});

	it('shows a job that fails before it is late, and messages that were given up', async () => {
		await run(JOBS);
		await run(
			[
				{
					...(JOBS[0] as Job),
					run: () => {
						throw new Error('no');
					},
				},
			],
			true,
		);
		expect(jobHealth(ctx.db, now).jobs[0]?.state).toBe('failing');
		ctx.db.sql
			.prepare("INSERT INTO outbox (id, kind, dedupe_key, process_id, subject, created_at, due_at, failed_at) VALUES ('m', 'k', 'd', 'p', 's', 0, 0, ?)")
			.run(now);
		expect(jobHealth(ctx.db, now).warnings).toContain('Messages given up in the last seven days: 1.');
		expect(jobHealth(ctx.db, Date.parse('2028-03-01')).warnings.join()).toContain('Bank holidays');
	});
});

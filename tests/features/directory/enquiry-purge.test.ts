import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, it } from 'vitest';
import { makeBackup } from '#core/backup.ts';
import { backupsIn, emptyOldBackups } from '#core/backup-keeping.ts';
import { deliverMail, transportFor } from '#core/deliver.ts';
import { createLog } from '#core/log.ts';
import { deliveredMails } from '#core/mail-files.ts';
import { emptyDueMail, purgeMail } from '#core/purge-mail.ts';
import { proveBackup } from '#core/restore.ts';
import { chaseEnquiries, emptyDueEnquiries, purgeEnquiries, sendEnquiry } from '#features/directory/index.ts';
import { JOBS } from '#jobs/index.ts';
import { here, runDueJobs } from '#jobs/run.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { at, enquiryInput } from '#tests/helpers/enquiry.ts';
import { registerIn } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';

const CANARY = /kanarienvogel|KANARIENVOGEL|07700 ?900 ?982|sundown/;
const typed = {
	name: 'kanarienvogel-name',
	email: 'kanarienvogel@sender.example',
	phone: '07700 900982',
	safeTimes: 'after sundown',
	message: `kanarienvogel ${'words '.repeat(150)}KANARIENVOGEL`,
};

/** Every file below a folder that holds the canary, names included. */
function holders(folder: string): string[] {
	const names = readdirSync(folder, { recursive: true }) as string[];
	return names.filter((name) => CANARY.test(name) || (statSync(join(folder, name)).isFile() && CANARY.test(readFileSync(join(folder, name), 'latin1'))));
}

it('30 days after, nothing of what people wrote is left: not in the database file, its log, its freed pages, nor the mail folder', async () => {
	const register = registerIn('2026-11-20');
	const { ctx, folder } = register;
	listTherapist(ctx.db, 'ann');
	for (let i = 0; i < 12; i += 1) {
		const then = at(ctx, ctx.now + i * 1000, `client ${i}`);
		sendEnquiry(then, 'ann', enquiryInput(then, { ...typed, email: `kanarienvogel${i}@sender.example` }));
	}
	await deliverMail(at(ctx, ctx.now + 60_000), transportFor(ctx.settings));
	chaseEnquiries(at(ctx, noonOn('2026-12-01')));
	expect(deliveredMails(folder)).toHaveLength(24);
	ctx.db.sql.pragma('wal_checkpoint(TRUNCATE)');
	expect(holders(folder)).toHaveLength(25);

	const early = at(ctx, noonOn('2026-12-19'));
	expect([purgeEnquiries(early), purgeMail(early)]).toEqual([0, 0]);
	const due = at(ctx, noonOn('2026-12-20'));
	expect([purgeEnquiries(due), purgeMail(due)]).toEqual([12, 36]);
	expect([purgeEnquiries(due), purgeMail(due)]).toEqual([0, 0]);
	ctx.db.sql.pragma('wal_checkpoint(TRUNCATE)');
	expect(holders(folder)).toEqual([]);
	expect(deliveredMails(folder)).toEqual([]);
	const kept = ctx.db.sql
		.prepare('SELECT count(*) AS n, count(reference) AS refs, count(message) AS texts, count(sender_email) AS addresses FROM enquiry')
		.get();
	expect(kept).toEqual({ n: 12, refs: 12, texts: 0, addresses: 0 });
	expect(ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'enquiry.purged'").pluck().get()).toBe(12);
	register.close();
});

it('a purge that was cut off before it deleted the files is made good by the next', async () => {
	const register = registerIn('2026-11-20');
	const { ctx, folder } = register;
	listTherapist(ctx.db, 'ann');
	sendEnquiry(ctx, 'ann', enquiryInput(ctx, typed));
	await deliverMail(ctx, transportFor(ctx.settings));
	ctx.db.sql.exec('UPDATE outbox SET body = NULL, to_address = NULL, purged_at = 1');
	expect(deliveredMails(folder)).toHaveLength(2);
	purgeMail(at(ctx, noonOn('2026-12-20')));
	expect(deliveredMails(folder)).toEqual([]);
	register.close();
});

it('a message that could not be delivered in time is emptied too, and is not sent afterwards', async () => {
	const register = registerIn('2026-11-20');
	const { ctx } = register;
	listTherapist(ctx.db, 'ann');
	sendEnquiry(ctx, 'ann', enquiryInput(ctx, typed));
	const due = at(ctx, noonOn('2026-12-20'));
	purgeMail(due);
	expect(await deliverMail(due, transportFor(ctx.settings))).toEqual({ sent: 0, delayed: 0, givenUp: 0 });
	register.close();
});

it('a backup that is kept longer than 31 days is emptied of texts, and can still be proved', async () => {
	const register = registerIn('2026-11-20');
	const { ctx, folder } = register;
	const backups = join(folder, 'backups');
	listTherapist(ctx.db, 'ann');
	sendEnquiry(ctx, 'ann', enquiryInput(ctx, typed));
	await makeBackup(ctx, backups);
	const empty = (day: string) =>
		emptyOldBackups(backups, noonOn(day), (copy) => emptyDueEnquiries(copy, day, noonOn(day)) + emptyDueMail(copy, day, noonOn(day)));
	expect(await empty('2026-12-21')).toEqual([]);
	expect(holders(backups)).toHaveLength(1);
	expect(await empty('2026-12-22')).toEqual(backupsIn(backups));
	expect(holders(backups)).toEqual([]);
	expect(await empty('2026-12-23')).toEqual([]);
	expect((await proveBackup(join(backups, backupsIn(backups)[0] ?? ''), ctx.keys)).counts['enquiry']).toBe(1);
	register.close();
});

it('nothing of an enquiry reaches the log or the record of jobs, even when its mail cannot be delivered', async () => {
	const register = registerIn('2026-11-20', { smtpUrl: 'smtp://127.0.0.1:1' });
	const { ctx } = register;
	listTherapist(ctx.db, 'ann');
	sendEnquiry(ctx, 'ann', enquiryInput(ctx, typed));
	let logged = '';
	const log = createLog('debug', new Writable({ write: (chunk, _, done) => done((logged += String(chunk)) ? null : undefined) }));
	const results = await runDueJobs(ctx, { now: () => ctx.now + 1000 }, { isForced: true, jobs: JOBS, carry: here });
	for (const result of results) log.error({ ...result, err: result.error }, 'job');
	expect(results.map((r) => `${r.job} ${r.outcome}`)).toEqual(JOBS.map((j) => `${j.name} done`));
	expect(logged).toContain('2 delayed');
	expect(logged).not.toMatch(CANARY);
	expect(JSON.stringify(ctx.db.sql.prepare('SELECT note FROM job_run').all())).not.toMatch(CANARY);
	expect(ctx.db.sql.prepare('SELECT DISTINCT last_error FROM outbox').pluck().all()).toEqual(['ESOCKET']);
	register.close();
});

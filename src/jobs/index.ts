import { join } from 'node:path';
import { makeBackup } from '#core/backup.ts';
import { pruneBackupFiles } from '#core/backup-files.ts';
import { emptyOldBackups, pruneBackups } from '#core/backup-keeping.ts';
import { emptyKeptAside, removeUnfinished } from '#core/backup-leftovers.ts';
import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { deliverMail, transportFor } from '#core/deliver.ts';
import { writeThrough } from '#core/dispose.ts';
import { emptyDueMail, purgeMail } from '#core/purge-mail.ts';
import { forgetOldUses } from '#core/rate-limit.ts';
import { carryOnKeyChange } from '#core/vault-change.ts';
import { changeDueEmails, forgetOldAccess } from '#features/accounts/index.ts';
import { purgeDeletedEntries, sendConfirmations } from '#features/cpd/index.ts';
import { askAvailability, chaseEnquiries, emptyDueEnquiries, purgeEnquiries } from '#features/directory/index.ts';
import { appointFirstRegistrar, changePerson, remindOfChecks } from '#features/membership/index.ts';
import { checkApplicationCopies, closeApplicationDrafts, keepApplicationTimes, watchAsked } from './accreditation.ts';
import { tendConcernDrafts, watchConcernMail } from './concerns.ts';
import { markDueConcerns } from './concerns-after.ts';
import { makeBundles } from './concerns-bundles.ts';
import { tendConcernOrders } from './concerns-orders.ts';
import { checkDirectory, refreshDirectory } from './directory.ts';
import { checkStoredFiles, cleanUpStoredFiles, scanFilesAgain, scanWaitingFiles } from './files.ts';
import { closeDrafts, destroyDue, remind } from './membership.ts';
import { forgetOldRuns } from './runs.ts';
import { tendAudits, tendRenewals } from './upkeep.ts';

const HOURLY = 60;
const DAILY = 24 * HOURLY;

/**
 * `every`: minutes between two starts. `lease`: minutes after which a run that did not end counts as dead.
 * `apart`: takes long without a pause, so the server runs it in a thread of its own.
 * `run` gives a short note for the record, without personal data; what it throws is noted and the job tried again.
 */
export type Job = { name: string; every: number; lease: number; apart: boolean; run(ctx: Ctx): Promise<string> | string };

/** Everything that happens without anyone asking. */
export const JOBS: readonly Job[] = [
	{ name: 'deliver-mail', every: 1, lease: 10, apart: false, run: deliver },
	{ name: 'refresh-directory', every: 1, lease: 10, apart: false, run: refreshDirectory },
	{ name: 'first-registrar', every: HOURLY, lease: 10, apart: false, run: appointFirstRegistrar },
	{ name: 'chase-enquiries', every: HOURLY, lease: 10, apart: false, run: chase },
	{ name: 'remind-members', every: HOURLY, lease: 5, apart: false, run: remind },
	{ name: 'remind-checks', every: HOURLY, lease: 10, apart: false, run: (ctx) => `${remindOfChecks(ctx)} reminded of checks` },
	{ name: 'ask-supervisors', every: DAILY, lease: 30, apart: false, run: askSupervisors },
	{ name: 'tend-renewals', every: HOURLY, lease: 30, apart: false, run: tendRenewals },
	{ name: 'tend-audits', every: HOURLY, lease: 10, apart: false, run: tendAudits },
	{ name: 'close-drafts', every: DAILY, lease: 10, apart: false, run: closeDrafts },
	{ name: 'watch-requests', every: 15, lease: 10, apart: false, run: watchAsked },
	{ name: 'close-application-drafts', every: DAILY, lease: 10, apart: false, run: closeApplicationDrafts },
	{ name: 'make-bundles', every: 5, lease: 60, apart: false, run: makeBundles },
	{ name: 'tend-concern-drafts', every: 6 * HOURLY, lease: 10, apart: false, run: tendConcernDrafts },
	{ name: 'carry-on-key-change', every: 1, lease: 10, apart: false, run: carryOnKeyChange },
	{ name: 'mark-due-concerns', every: DAILY, lease: 30, apart: false, run: markDueConcerns },
	{ name: 'watch-concern-mail', every: 15, lease: 10, apart: false, run: watchConcernMail },
	{ name: 'tend-orders', every: HOURLY, lease: 30, apart: false, run: tendConcernOrders },
	{ name: 'change-emails', every: 15, lease: 10, apart: false, run: changeEmails },
	{ name: 'ask-availability', every: 6 * HOURLY, lease: 30, apart: false, run: askAboutClients },
	{ name: 'purge', every: DAILY, lease: 30, apart: false, run: purge },
	{ name: 'enforce-retention', every: DAILY, lease: 120, apart: true, run: destroyDue },
	{ name: 'check-directory', every: DAILY, lease: 120, apart: true, run: checkDirectory },
	{ name: 'application-times', every: HOURLY, lease: 10, apart: false, run: keepApplicationTimes },
	{ name: 'check-applications', every: DAILY, lease: 120, apart: true, run: checkApplicationCopies },
	{ name: 'backup', every: 6 * HOURLY, lease: 120, apart: true, run: backup },
	{ name: 'clean-up-files', every: HOURLY, lease: 30, apart: false, run: cleanUpStoredFiles },
	{ name: 'scan-files', every: 5, lease: 30, apart: false, run: scanWaitingFiles },
	{ name: 'scan-files-again', every: DAILY, lease: 240, apart: true, run: scanFilesAgain },
	{ name: 'check-files', every: DAILY, lease: 120, apart: true, run: checkStoredFiles },
	{ name: 'clean-up', every: DAILY, lease: 10, apart: false, run: cleanUp },
];

async function deliver(ctx: Ctx): Promise<string> {
	const transport = transportFor(ctx.settings);
	try {
		const { sent, delayed, givenUp } = await deliverMail(ctx, transport);
		return `${sent} sent, ${delayed} delayed, ${givenUp} given up`;
	} finally {
		transport.close();
	}
}

function chase(ctx: Ctx): string {
	const { told, unreachable } = chaseEnquiries(ctx);
	return `${told} told, ${unreachable} could not be told`;
}

async function askSupervisors(ctx: Ctx): Promise<string> {
	const { sent, unreachable } = await sendConfirmations(ctx);
	return `${sent} supervisors asked, ${unreachable} could not be reached`;
}

function changeEmails(ctx: Ctx): string {
	return `${changeDueEmails(ctx, (tx, personId, email) => changePerson(tx, personId, { email }))} changed`;
}

function askAboutClients(ctx: Ctx): string {
	return `${askAvailability(ctx)} asked`;
}

function purge(ctx: Ctx): string {
	const note = `${purgeDeletedEntries(ctx)} CPD entries, ${purgeEnquiries(ctx)} enquiries, ${purgeMail(ctx)} messages`;
	// Tried again by the next run, rather than keeping people waiting.
	if (!writeThrough(ctx.db)) throw new Error('deleted texts could not be written through: the register is being read');
	return note;
}

async function backup(ctx: Ctx): Promise<string> {
	const { dataDir } = ctx.settings;
	const folder = backupFolder(dataDir);
	const { file } = await makeBackup(ctx, folder);
	const pruned = pruneBackups(folder);
	const files = pruneBackupFiles(ctx, folder);
	const empty = (copy: Ctx['db']) => emptyDueEnquiries(copy, ctx.today, ctx.now) + emptyDueMail(copy, ctx.today, ctx.now);
	const emptied = await emptyOldBackups(folder, ctx.now, empty);
	const unreadable = emptyKeptAside(dataDir, ctx.now, empty);
	for (const place of [folder, dataDir]) removeUnfinished(place, ctx.now);
	const note = `${file}; ${pruned.length} old ones and ${files} files deleted, ${emptied.length} emptied of texts`;
	return unreadable.length === 0 ? note : `${note}; please look at and delete: ${unreadable.join(', ')}`;
}

function cleanUp(ctx: Ctx): string {
	const { uses, runs } = bookkeep(ctx.db, () => ({ uses: forgetOldUses(ctx.db, ctx.now), runs: forgetOldRuns(ctx.db, ctx.now) }));
	return `${uses} rate windows, ${runs} runs, ${forgetOldAccess(ctx)} ways in forgotten`;
}

/** Where backups stand. */
export function backupFolder(dataDir: string): string {
	return join(dataDir, 'backups');
}

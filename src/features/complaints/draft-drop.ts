import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween } from '#core/dates.ts';
import { removeSealed } from '#core/file-store.ts';
import { queueMail } from '#core/outbox.ts';
import { destroyVault, openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { savedOnOf } from './draft-store.ts';
import { forgetConcernFiles } from './file-drop.ts';
import { standingOf, takeStep } from './step.ts';
import { draftReminderMail } from './way-mails.ts';

/**
 * Removes what was begun and never sent when its time since the last save is over, and reminds before, where a safe address was given. For the job.
 * @returns how many went, and how many were reminded
 */
export function tendConcernDrafts(ctx: Ctx): { dropped: number; reminded: number } {
	const drafts = prepared(ctx.db.sql, "SELECT id FROM concern WHERE phase = 'enquiry' ORDER BY begun_at").pluck().all() as string[];
	const sum = { dropped: 0, reminded: 0 };
	for (const id of drafts) {
		const { concern, rules } = standingOf(ctx.db, id);
		const savedOn = savedOnOf(ctx.db, concern);
		if (addDays(savedOn, rules.draftDays) <= ctx.today) {
			dropWhole(ctx, id, 'system');
			sum.dropped += 1;
		} else if (addDays(savedOn, rules.draftReminderDays) <= ctx.today)
			sum.reminded += remind(ctx, { id, savedOn }, daysBetween(ctx.today, addDays(savedOn, rules.draftDays)));
	}
	return sum;
}

/** Removes a draft at its writer's wish. Authorises: whoever holds it open. @throws Conflict once it was sent */
export function dropOwnDraft(ctx: Ctx, concernId: string): void {
	dropWhole(ctx, concernId, 'complainant');
}

function dropWhole(ctx: Ctx, id: string, side: 'system' | 'complainant'): void {
	const files = commit(ctx, { name: 'remove a draft' }, (tx) => dropDraft(tx, id, side));
	for (const name of files) removeSealed(ctx.settings.dataDir, name);
}

/** Words, key and rows go; that something was begun and removed stays in the audit, and names nobody. @returns the bytes on the disk that go with it */
function dropDraft(tx: Tx, id: string, side: 'system' | 'complainant'): string[] {
	takeStep(tx, standingOf(tx.db, id), 'dropped', { side, personId: null });
	destroyVault(tx, id, 'never_sent');
	const files = forgetConcernFiles(tx, id);
	for (const text of ROWS) prepared(tx.db.sql, text).run(id);
	return files;
}

const ROWS = ['DELETE FROM concern_visit WHERE concern_id = ?', 'DELETE FROM concern_step WHERE concern_id = ?', 'DELETE FROM concern WHERE id = ?'];

/** Once after each last save. */
function remind(ctx: Ctx, { id, savedOn }: { id: string; savedOn: string }, days: number): number {
	const { email } = JSON.parse(openText(ctx, id, 'draft:contact') ?? '{}') as { email?: string };
	if (!email) return 0;
	const mail = draftReminderMail(ctx, email, `${id} reminder ${savedOn}`, { days });
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey) !== undefined) return 0;
	commit(ctx, { name: 'send a message' }, (tx) => {
		queueMail(tx, mail);
		record(tx, 'concern.told', { type: 'mail', id: mail.dedupeKey });
	});
	return 1;
}

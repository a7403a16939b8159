import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, daysBetween, londonDay } from '#core/dates.ts';
import { removeSealed } from '#core/file-store.ts';
import { queueMail } from '#core/outbox.ts';
import { destroyVault, openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { savedOnOf } from './draft-store.ts';
import { forgetConcernFiles } from './file-drop.ts';
import { standingOf, takeStep } from './step.ts';
import { draftReminderMail } from './way-mails.ts';

/**
 * Removes what was begun and never sent when its time since the last save is over, and reminds before, where a safe address was given. A reminder
 * that came late, because nothing ran on its day, leaves as many days as one in time. For the job.
 * @returns how many went, and how many were reminded
 */
export function tendConcernDrafts(ctx: Ctx): { dropped: number; reminded: number } {
	const drafts = prepared(ctx.db.sql, "SELECT id FROM concern WHERE phase = 'enquiry' ORDER BY begun_at").pluck().all() as string[];
	const sum = { dropped: 0, reminded: 0 };
	for (const id of drafts) {
		const { concern, rules } = standingOf(ctx.db, id);
		const savedOn = savedOnOf(ctx.db, concern);
		if (addDays(savedOn, rules.draftReminderDays) > ctx.today) continue;
		const notice = rules.draftDays - rules.draftReminderDays;
		const goesOn = later(addDays(savedOn, rules.draftDays), addDays(remindedOn(ctx, { id, savedOn }) ?? ctx.today, notice));
		const isReminded = remind(ctx, { id, savedOn }, daysBetween(ctx.today, goesOn));
		sum.reminded += isReminded === 'now' ? 1 : 0;
		if (ctx.today < (isReminded === 'never' ? addDays(savedOn, rules.draftDays) : goesOn)) continue;
		dropWhole(ctx, id, 'system');
		sum.dropped += 1;
	}
	return sum;
}

const later = (one: string, other: string) => (one > other ? one : other);

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

type Draft = { id: string; savedOn: string };
const reminderKey = ({ id, savedOn }: Draft) => `${id} reminder ${savedOn}`;

/** Reminds once after each last save; `never`: no safe address was given. */
function remind(ctx: Ctx, draft: Draft, days: number): 'now' | 'before' | 'never' {
	const { email } = JSON.parse(openText(ctx, draft.id, 'draft:contact') ?? '{}') as { email?: string };
	if (!email) return 'never';
	if (remindedOn(ctx, draft) !== null) return 'before';
	const mail = draftReminderMail(ctx, email, reminderKey(draft), { days });
	commit(ctx, { name: 'send a message' }, (tx) => {
		queueMail(tx, mail);
		record(tx, 'concern.told', { type: 'mail', id: mail.dedupeKey });
	});
	return 'now';
}

/** The day of the reminder after the last save, or null. */
function remindedOn(ctx: Ctx, draft: Draft): string | null {
	const at = prepared(ctx.db.sql, 'SELECT created_at FROM outbox WHERE kind = ? AND dedupe_key = ?').pluck();
	const { kind, dedupeKey } = draftReminderMail(ctx, '', reminderKey(draft), { days: 0 });
	const found = at.get(kind, dedupeKey) as number | undefined;
	return found === undefined ? null : londonDay(found);
}

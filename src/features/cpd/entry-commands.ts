import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { hashToken, newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { Activity, Entry } from './entry.ts';
import type { ActivityInput } from './entry-form.ts';
import { canKeepLog, refuseUnlessChangeable } from './entry-policy.ts';
import { findEntry, NO_ENTRY } from './entry-queries.ts';
import { refuseDeclared } from './freeze.ts';
import { refuseUnchecked } from './hints.ts';

export const MOVED_ON = 'You changed this entry in another window meanwhile. Both versions are below: choose which one to keep.';

/** Where an entry of a group belongs. */
export type Occasion = { groupId: string; occasion: string };

/**
 * Writes an activity, or a draft of one, into the log of the person who is signed in. The same form sent twice gives the same entry.
 * @returns the key of the entry. @throws SignInRequired, Conflict for a year that is declared, Invalid when the text looks like a client's.
 */
export function logActivity(ctx: Ctx, input: ActivityInput): string {
	const { personId } = personOf(ctx);
	const repeatKey = repeatKeyOf(personId, input);
	const earlier = loggedBefore(ctx, repeatKey);
	if (earlier) return earlier;
	refuseUnchecked(input);
	const activity = { ...input.activity, ...whatRepeats(ctx, personId, input.repeats) };
	return commit(ctx, { name: 'logActivity' }, (tx) => addEntry(tx, personId, activity, { isDraft: input.isDraft, repeatKey, of: null }));
}

/** Of an entry that is repeated: what the four questions do not ask. */
function whatRepeats(ctx: Ctx, personId: string, id: string): Partial<Activity> {
	const entry = id === '' ? null : findEntry(ctx.db, personId, id);
	return entry ? { provider: entry.provider, mode: entry.mode, isIpt: entry.isIpt, isSkills: entry.isSkills } : {};
}

/** Adds an entry to somebody's log. Joins a transaction and never authorises. @param of the group's meeting it is, if any. */
export function addEntry(tx: Tx, personId: string, activity: Activity, about: { isDraft: boolean; repeatKey: string; of: Occasion | null }): string {
	if (!about.isDraft) refuseDeclared(tx, personId, activity.doneOn);
	const id = newId();
	prepared(tx.db.sql, INSERT).run(
		id,
		personId,
		about.isDraft ? 1 : 0,
		...columnsOf(activity),
		about.of?.groupId ?? null,
		about.of?.occasion ?? null,
		about.repeatKey,
		tx.ctx.now,
		tx.ctx.now,
	);
	record(tx, about.isDraft ? 'cpd.draft_kept' : 'cpd.activity_logged', { type: 'cpd_entry', id }, { person: personId, ...told(activity) });
	return id;
}

/**
 * Changes an entry, or makes a draft one that counts.
 * @throws NotFound for somebody else's; Conflict when it was changed or deleted in another window, or its year is declared.
 */
export function changeEntry(ctx: Ctx, id: string, input: ActivityInput): void {
	const { personId } = personOf(ctx);
	allow(canKeepLog(ctx.actor, personId));
	commit(ctx, { name: 'changeEntry' }, (tx) => {
		const before = present(tx, personId, id);
		// Whoever saw that it is deleted and saves all the same brings it back with what they typed.
		const isBroughtBack = before.deletedAt !== null && before.version === input.version;
		refuseUnlessChangeable(isBroughtBack ? { ...before, deletedAt: null } : before);
		if (before.version !== input.version) throw new Conflict(MOVED_ON);
		if (isBroughtBack) refuseTaken(tx, id);
		if (input.isDraft && !before.isDraft) throw new Invalid('title', 'This entry counts already, so it cannot be made a draft again.');
		refuseUnchecked(input);
		for (const day of [before.doneOn, input.activity.doneOn]) if (!input.isDraft) refuseDeclared(tx, personId, day);
		const { changes } = prepared(tx.db.sql, UPDATE).run(input.isDraft ? 1 : 0, ...columnsOf(input.activity), ctx.now, id, input.version);
		if (changes === 0) throw new Conflict(MOVED_ON);
		record(
			tx,
			'cpd.entry_changed',
			{ type: 'cpd_entry', id },
			{ person: personId, before: told(before), after: told(input.activity), texts: texts(before, input) },
		);
	});
}

/** Deletes an entry; it can be brought back for 30 days. Deleting it twice is the same as once. @throws NotFound, Conflict */
export function deleteEntry(ctx: Ctx, id: string, version: number): void {
	const { personId } = personOf(ctx);
	const known = findEntry(ctx.db, personId, id);
	if (known?.deletedAt != null) return;
	commit(ctx, { name: 'deleteEntry' }, (tx) => {
		const before = present(tx, personId, id);
		refuseUnlessChangeable(before);
		if (before.version !== version) throw new Conflict('You changed this entry in another window meanwhile. Look at it again before you delete it.');
		prepared(tx.db.sql, 'UPDATE cpd_entry SET deleted_at = ?, version = version + 1 WHERE id = ?').run(ctx.now, id);
		record(tx, 'cpd.entry_deleted', { type: 'cpd_entry', id }, { person: personId, ...told(before) });
	});
}

/** Brings a deleted entry back as it was. @throws NotFound when it is gone for good; Conflict when its place is taken or its year declared. */
export function restoreEntry(ctx: Ctx, id: string): void {
	const { personId } = personOf(ctx);
	const known = findEntry(ctx.db, personId, id);
	if (known && known.deletedAt === null) return;
	commit(ctx, { name: 'restoreEntry' }, (tx) => {
		const before = present(tx, personId, id);
		if (!before.isDraft) refuseDeclared(tx, personId, before.doneOn);
		refuseTaken(tx, id);
		prepared(tx.db.sql, 'UPDATE cpd_entry SET deleted_at = NULL, version = version + 1 WHERE id = ?').run(id);
		record(tx, 'cpd.entry_restored', { type: 'cpd_entry', id }, { person: personId, ...told(before) });
	});
}

function refuseTaken(tx: Tx, id: string): void {
	if (prepared(tx.db.sql, TAKEN).get(id)) throw new Conflict('This meeting of your group was added again meanwhile, so it is in your log already.');
}

function present(tx: Tx, personId: string, id: string): Entry {
	const entry = findEntry(tx.db, personId, id);
	if (!entry) throw new NotFound(NO_ENTRY);
	return entry;
}

const COLUMNS = ['title', 'began_on', 'done_on', 'minutes', 'category', 'is_ipt', 'is_skills', 'provider', 'mode', 'learned', 'changed', 'effect'];
const INSERT = `INSERT INTO cpd_entry (id, person_id, kind, is_draft, ${COLUMNS.join(', ')}, group_id, occasion, repeat_key, created_at, changed_at)
	VALUES (?, ?, 'activity', ?, ${COLUMNS.map(() => '?').join(', ')}, ?, ?, ?, ?, ?)`;
const UPDATE = `UPDATE cpd_entry SET is_draft = ?, ${COLUMNS.map((column) => `${column} = ?`).join(', ')}, changed_at = ?, deleted_at = NULL, version = version + 1
	WHERE id = ? AND version = ?`;
const TAKEN = `SELECT 1 FROM cpd_entry gone JOIN cpd_entry other ON other.group_id = gone.group_id AND other.occasion = gone.occasion
	WHERE gone.id = ? AND other.id <> gone.id AND other.deleted_at IS NULL`;

function columnsOf(a: Activity): (string | number | null)[] {
	const { title, beganOn, doneOn, minutes, category, isIpt, isSkills, provider, mode, learned, changed, effect } = a;
	return [title, beganOn, doneOn, minutes, category, isIpt ? 1 : 0, isSkills ? 1 : 0, provider, mode, learned, changed, effect];
}

/** What the audit keeps: nothing that anyone wrote in words. */
function told({ doneOn, minutes, category, isIpt, isSkills }: Activity): Record<string, unknown> {
	return { doneOn, minutes, category, isIpt, isSkills };
}

function texts(before: Activity, { activity }: ActivityInput): string[] {
	return (['title', 'provider', 'learned', 'changed', 'effect'] as const).filter((field) => before[field] !== activity[field]);
}

/** Over the form's own key and what was typed: a double click is a repeat, a text changed after "back" is another entry. */
function repeatKeyOf(personId: string, { activity, isDraft, repeatKey }: ActivityInput): string {
	return hashToken(JSON.stringify(['cpd', personId, repeatKey || newId(), isDraft, activity]));
}

function loggedBefore(ctx: Ctx, repeatKey: string): string | null {
	return (prepared(ctx.db.sql, 'SELECT id FROM cpd_entry WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined) ?? null;
}

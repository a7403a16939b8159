import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Entry } from './entry.ts';
import { canReadLog } from './entry-policy.ts';

export const NO_ENTRY = 'There is no such entry in your log.';

const COLUMNS = `id, kind, is_draft AS isDraft, title, began_on AS beganOn, done_on AS doneOn, minutes, category, is_ipt AS isIpt, is_skills AS isSkills,
	ipt_minutes AS iptMinutes, provider, mode, learned, changed, effect, source, version, deleted_at AS deletedAt, frozen_at AS frozenAt, changed_at AS changedAt`;

/** One entry of a person's own log, deleted or not, or null. Never authorises: for commands that say whose it is. */
export function findEntry(db: Db, personId: string, id: string): Entry | null {
	const row = prepared(db.sql, `SELECT ${COLUMNS} FROM cpd_entry WHERE id = ? AND person_id = ?`).get(id, personId);
	return row ? entryOf(row as EntryRow) : null;
}

/** One entry of the log. @throws NotFound when it is not there, or is somebody else's. */
export function ownEntry(ctx: Ctx, personId: string, id: string): Entry {
	const entry = canReadLog(ctx.actor, personId) ? findEntry(ctx.db, personId, id) : null;
	if (!entry) throw new NotFound(NO_ENTRY);
	return entry;
}

/** What was deleted and can still be brought back, newest deletion first. */
export function deletedEntries(ctx: Ctx, personId: string): Entry[] {
	if (!canReadLog(ctx.actor, personId)) return [];
	const text = `SELECT ${COLUMNS} FROM cpd_entry WHERE person_id = ? AND deleted_at IS NOT NULL ORDER BY deleted_at DESC LIMIT 200`;
	return (prepared(ctx.db.sql, text).all(personId) as EntryRow[]).map(entryOf);
}

/** Drafts, the newest first. */
export function draftsOf(ctx: Ctx, personId: string): Entry[] {
	if (!canReadLog(ctx.actor, personId)) return [];
	const text = `SELECT ${COLUMNS} FROM cpd_entry WHERE person_id = ? AND is_draft = 1 AND deleted_at IS NULL ORDER BY changed_at DESC LIMIT 50`;
	return (prepared(ctx.db.sql, text).all(personId) as EntryRow[]).map(entryOf);
}

/** A row as SQLite gives it: what is yes or no comes as 1 or 0. */
export type EntryRow = Omit<Entry, 'isDraft' | 'isIpt' | 'isSkills'> & { isDraft: 0 | 1; isIpt: 0 | 1; isSkills: 0 | 1 };
export const ENTRY_COLUMNS = COLUMNS;

export function entryOf(row: EntryRow): Entry {
	return { ...row, isDraft: row.isDraft === 1, isIpt: row.isIpt === 1, isSkills: row.isSkills === 1 };
}

import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Access, interestsIn } from './sight.ts';

export type NewAccess = {
	concernId: string;
	personId: string;
	capacity: Access['capacity'];
	untilAt: number;
	grantedBy: string | null;
	declared: 'none' | 'minor' | 'recuse' | null;
};

const TIED = 'The record ties them to somebody in this case, so they cannot work on it.';

/**
 * Lets somebody into a case, as something, until a moment. Joins a transaction and never authorises. @returns its key
 * @throws Conflict in words when they are of a side's own circle, stepped back before, or are in already
 */
export function putAccess(tx: Tx, access: NewAccess): string {
	const { db, ctx } = tx;
	const { concernId, personId, capacity, untilAt, grantedBy, declared } = access;
	if (interestsIn(db, concernId, personId).length > 0) throw new Conflict(TIED);
	if (capacity !== 'break_glass' && prepared(db.sql, SEATED).get(concernId, personId))
		throw new Conflict('They sit or sat on a panel of this case, and are nothing else in it.');
	if (prepared(db.sql, RECUSED).get(concernId, personId)) throw new Conflict('They stepped back from this case, and are not let in again.');
	if (capacity !== 'break_glass') {
		prepared(db.sql, OVER).run(ctx.now, concernId, personId, capacity, ctx.now);
		if (prepared(db.sql, PRESENT).get(concernId, personId, capacity)) throw new Conflict('They are let in already.');
	}
	const id = newId();
	const said = declared === null ? [null, null] : [declared, ctx.now];
	const ended = declared === 'recuse' ? [ctx.now, 'recused'] : [null, null];
	prepared(db.sql, INSERT).run(id, concernId, personId, capacity, ctx.now, untilAt, grantedBy, ...said, ...ended);
	return id;
}

/** Ends every access of one person to a case, or of one capacity. Joins a transaction. @returns how many ended */
export function endAccesses(
	tx: Tx,
	of: { concernId: string; personId: string; capacity?: Access['capacity'] },
	reason: 'recused' | 'released' | 'replaced' | 'over',
): number {
	const { concernId, personId, capacity = null } = of;
	return prepared(tx.db.sql, END).run({ now: tx.ctx.now, reason, concernId, personId, capacity }).changes;
}

/** The moment some days from now, for rules that say how long somebody is let in. */
export function daysOn(tx: Tx, days: number): number {
	return endOf(addDays(tx.ctx.today, days));
}

/** The end of a day, as far as who is let in goes: its midnight in universal time. */
export function endOf(day: string): number {
	return Date.parse(`${addDays(day, 1)}T00:00:00Z`);
}

const SEATED = `SELECT 1 FROM concern_panel p JOIN concern_panel_seat s ON s.panel_id = p.id JOIN concern_access a ON a.id = s.access_id
	WHERE p.concern_id = ? AND s.person_id = ? AND a.end_reason IS NOT 'recused' AND (a.declared IS NOT NULL OR a.ended_at IS NULL)`;
const RECUSED = "SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND end_reason = 'recused'";
const PRESENT = 'SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND capacity = ? AND ended_at IS NULL';
const OVER = `UPDATE concern_access SET ended_at = ?, end_reason = 'over'
	WHERE concern_id = ? AND person_id = ? AND capacity = ? AND ended_at IS NULL AND until_at <= ?`;
const INSERT = `INSERT INTO concern_access (id, concern_id, person_id, capacity, from_at, until_at, granted_by, declared, declared_at, ended_at, end_reason)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const END = `UPDATE concern_access SET ended_at = :now, end_reason = :reason
	WHERE concern_id = :concernId AND person_id = :personId AND ended_at IS NULL AND (:capacity IS NULL OR capacity = :capacity)`;

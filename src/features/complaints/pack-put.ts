import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { approvedPack, type PackRow } from './pack-store.ts';

/** What was approved for the therapist goes with the step that tells them. Joins a transaction and never authorises. */
export function giveApproved(tx: Tx, concernId: string): void {
	const pack = approvedPack(tx.db, concernId, 'respondent');
	if (pack !== null) putGiven(tx, pack);
}

/** Notes that a side was given its pack today. Joins a transaction and never authorises. */
export function putGiven(tx: Tx, { id, concernId, side }: Pick<PackRow, 'id' | 'concernId' | 'side'>): void {
	const text = 'UPDATE concern_pack SET given_by = ?, given_at = ?, given_on = ?, version = version + 1 WHERE id = ?';
	prepared(tx.db.sql, text).run(personOf(tx.ctx).personId, tx.ctx.now, tx.ctx.today, id);
	record(tx, 'concern.pack_given', { type: 'concern', id: concernId }, { side });
}

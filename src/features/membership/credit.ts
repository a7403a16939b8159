import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** What a member has to their credit, in pence: from moving to a cheaper grade, for their next fee. */
export function creditOf(db: Db, personId: string): number {
	return prepared(db.sql, 'SELECT coalesce(sum(pence), 0) FROM membership_credit WHERE person_id = ?').pluck().get(personId) as number;
}

/** Adds to a member's credit, or takes from it. Joins a transaction and never authorises. */
export function useCredit(tx: Tx, personId: string, { pence, purchaseId }: { pence: number; purchaseId: string }): void {
	const text = 'INSERT INTO membership_credit (id, person_id, pence, purchase_id, entered_on) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(newId(), personId, pence, purchaseId, tx.ctx.today);
	record(tx, 'membership.credit_entered', { type: 'person', id: personId }, { pence, purchase: purchaseId });
}

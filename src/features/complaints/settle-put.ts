import type { Tx } from '#core/commit.ts';
import { prepared } from '#db/prepared.ts';

/** Terms that wait are over once nothing is being settled any more. Joins a transaction. */
export function endOffers(tx: Tx, concernId: string): void {
	prepared(tx.db.sql, 'UPDATE concern_offer SET ended_at = ? WHERE concern_id = ? AND ended_at IS NULL').run(tx.ctx.now, concernId);
}

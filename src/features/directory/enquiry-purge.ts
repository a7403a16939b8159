import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

const AT_ONCE = 200;

const DUE = 'SELECT id, reference FROM enquiry WHERE purged_at IS NULL AND purge_on <= ? ORDER BY purge_on LIMIT ?';

/** The keys go too: a digest of what someone wrote would still let a guess be proved. */
const EMPTY = `UPDATE enquiry SET sender_name = NULL, sender_email = NULL, sender_phone = NULL, safe_times = NULL, message = NULL,
	token_hash = 'purged ' || id, repeat_key = 'purged ' || id, purged_at = ?`;

/**
 * Deletes what people wrote, and who they are, 30 days after: only counts stay. The mails about it go with `purgeMail`.
 * @returns how many enquiries were emptied.
 */
export function purgeEnquiries(ctx: Ctx): number {
	let purged = 0;
	for (;;) {
		const due = prepared(ctx.db.sql, DUE).all(ctx.today, AT_ONCE) as { id: string; reference: string }[];
		if (due.length === 0) return purged;
		commit(ctx, { name: 'purgeEnquiries', reason: '30 days have passed' }, (tx) => {
			for (const { id, reference } of due) {
				prepared(tx.db.sql, `${EMPTY} WHERE id = ?`).run(ctx.now, id);
				record(tx, 'enquiry.purged', { type: 'enquiry', id }, { reference });
			}
		});
		purged += due.length;
	}
}

/** The same in an old backup, which has no one to tell: empties what has come due since it was made. Returns how many. */
export function emptyDueEnquiries(db: Db, today: string, now: number): number {
	return db.sql.prepare(`${EMPTY} WHERE purged_at IS NULL AND purge_on <= ?`).run(now, today).changes;
}

import { prepared } from '#db/prepared.ts';
import { record } from './audit.ts';
import { commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { removeMails } from './mail-files.ts';

const AT_ONCE = 200;
const DUE = 'SELECT id, kind, sent_at AS sentAt, failed_at AS failedAt FROM outbox WHERE purge_on <= ? AND purged_at IS NULL ORDER BY created_at LIMIT ?';
const EMPTY = 'UPDATE outbox SET body = NULL, to_address = NULL, claimed_until = NULL, purged_at = ?';

/**
 * Deletes text and address of every message whose day has come, sent or not, then its file in the mail folder.
 * The files are found by what the outbox says, not by what was just done: a run that was cut off is made good by the next.
 * @returns how many messages were emptied.
 */
export function purgeMail(ctx: Ctx): number {
	let purged = 0;
	for (;;) {
		const due = prepared(ctx.db.sql, DUE).all(ctx.today, AT_ONCE) as { id: string; kind: string; sentAt: number | null; failedAt: number | null }[];
		if (due.length === 0) break;
		commit(ctx, { name: 'purgeMail', reason: 'the day for deletion has come' }, (tx) => {
			for (const mail of due) {
				prepared(tx.db.sql, `${EMPTY} WHERE id = ?`).run(ctx.now, mail.id);
				record(tx, 'mail.purged', { type: 'mail', id: mail.id }, { kind: mail.kind, sent: mail.sentAt !== null });
			}
		});
		purged += due.length;
	}
	removeMails(ctx.settings.dataDir, (id) => isPurged(ctx, id));
	return purged;
}

/** The same in an old backup. Returns how many messages were emptied. */
export function emptyDueMail(db: Ctx['db'], today: string, now: number): number {
	return db.sql.prepare(`${EMPTY} WHERE purged_at IS NULL AND purge_on <= ?`).run(now, today).changes;
}

function isPurged(ctx: Ctx, id: string): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE id = ? AND purged_at IS NOT NULL').get(id) !== undefined;
}

import { and, eq, isNull, lte } from 'drizzle-orm';
import { prepared } from '#db/prepared.ts';
import { outbox } from '#db/schema/index.ts';
import { record } from './audit.ts';
import { commit } from './commit.ts';
import type { Ctx } from './ctx.ts';
import { removeMails } from './mail-files.ts';

const AT_ONCE = 200;
const emptied = (now: number) => ({ body: null, toAddress: null, claimedUntil: null, purgedAt: now });
const isDue = (today: string) => and(lte(outbox.purgeOn, today), isNull(outbox.purgedAt));

/**
 * Deletes text and address of every message whose day has come, sent or not, then its file in the mail folder.
 * The files are found by what the outbox says, not by what was just done: a run that was cut off is made good by the next.
 * @returns how many messages were emptied.
 */
export function purgeMail(ctx: Ctx): number {
	let purged = 0;
	for (;;) {
		const due = dueMail(ctx);
		if (due.length === 0) break;
		commit(ctx, { name: 'purgeMail', reason: 'the day for deletion has come' }, (tx) => {
			for (const mail of due) {
				tx.db.orm.update(outbox).set(emptied(ctx.now)).where(eq(outbox.id, mail.id)).run();
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
	return db.orm.update(outbox).set(emptied(now)).where(isDue(today)).run().changes;
}

function dueMail({ db, today }: Ctx) {
	const { id, kind, sentAt } = outbox;
	return db.orm.select({ id, kind, sentAt }).from(outbox).where(isDue(today)).orderBy(outbox.createdAt).limit(AT_ONCE).all();
}

/** Asked of every file in the folder. */
function isPurged({ db }: Ctx, id: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM outbox WHERE id = ? AND purged_at IS NOT NULL').get(id) !== undefined;
}

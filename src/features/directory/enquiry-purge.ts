import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { enquiry } from '#db/schema/index.ts';

const AT_ONCE = 200;

const isDue = (today: string) => and(isNull(enquiry.purgedAt), lte(enquiry.purgeOn, today));

/** The keys go too: a digest of what someone wrote would still let a guess be proved. */
const emptied = (now: number) => ({
	senderName: null,
	senderEmail: null,
	senderPhone: null,
	safeTimes: null,
	message: null,
	tokenHash: sql`'purged ' || ${enquiry.id}`,
	repeatKey: sql`'purged ' || ${enquiry.id}`,
	purgedAt: now,
});

/**
 * Deletes what people wrote, and who they are, 30 days after: only counts stay. The mails about it go with `purgeMail`.
 * @returns how many enquiries were emptied.
 */
export function purgeEnquiries(ctx: Ctx): number {
	let purged = 0;
	for (;;) {
		const due = dueEnquiries(ctx);
		if (due.length === 0) return purged;
		commit(ctx, { name: 'purgeEnquiries', reason: '30 days have passed' }, (tx) => {
			for (const { id, reference } of due) {
				tx.db.orm.update(enquiry).set(emptied(ctx.now)).where(eq(enquiry.id, id)).run();
				record(tx, 'enquiry.purged', { type: 'enquiry', id }, { reference });
			}
		});
		purged += due.length;
	}
}

/** The same in an old backup, which has no one to tell: empties what has come due since it was made. Returns how many. */
export function emptyDueEnquiries(db: Db, today: string, now: number): number {
	return db.orm.update(enquiry).set(emptied(now)).where(isDue(today)).run().changes;
}

function dueEnquiries({ db, today }: Ctx) {
	const { id, reference, purgeOn } = enquiry;
	return db.orm.select({ id, reference }).from(enquiry).where(isDue(today)).orderBy(purgeOn).limit(AT_ONCE).all();
}

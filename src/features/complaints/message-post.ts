import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { mailAddressOf } from '#features/membership/index.ts';

const KEPT_DAYS = 30;

/** Queues a neutral message to somebody on file who has an address; it is deleted a month later. Joins and never authorises. */
export function postTo(tx: Tx, personId: string, make: (to: string) => Mail): void {
	const to = mailAddressOf(tx.db, personId);
	if (to !== null) queueMail(tx, { ...make(to), purgeOn: addDays(tx.ctx.today, KEPT_DAYS) });
}

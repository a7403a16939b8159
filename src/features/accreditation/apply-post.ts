import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { mailAddressOf } from '#features/membership/index.ts';

const KEPT_DAYS = 90;

/** Queues a message about an application; its text is deleted three months later. Joins and never authorises. */
export function post(tx: Tx, mail: Mail): void {
	queueMail(tx, { ...mail, purgeOn: addDays(tx.ctx.today, KEPT_DAYS) });
}

/** The same to a person on file, when they have an address. */
export function postTo(tx: Tx, personId: string, make: (to: string) => Mail): void {
	const to = mailAddressOf(tx.db, personId);
	if (to !== null) post(tx, make(to));
}

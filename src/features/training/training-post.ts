import type { Tx } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { type Mail, queueMail } from '#core/outbox.ts';

const KEPT_DAYS = 30;

/** Queues a message of this feature; its text is deleted a month later. */
export function post(tx: Tx, mail: Mail): void {
	queueMail(tx, { ...mail, purgeOn: addDays(tx.ctx.today, KEPT_DAYS) });
}

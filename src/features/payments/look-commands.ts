import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { paymentEvent } from '#db/schema/index.ts';
import { canSeePayments } from './policy.ts';
import { nameOf } from './take-payment.ts';

/** A transfer on the bank statement that fits no invoice. `repeatKey`: one form, one note. Money is pence. */
export type Transfer = { pence: number; receivedOn: string; reference: string; repeatKey: string };

/** Notes a transfer that fits no invoice, so that it is not forgotten. @throws Forbidden, Invalid */
export function noteTransfer(ctx: Ctx, { pence, receivedOn, reference, repeatKey }: Transfer): void {
	allow(canSeePayments(ctx.actor));
	if (receivedOn > ctx.today) throw new Invalid('receivedOn', 'Enter the day the money came: it cannot be in the future.');
	if (prepared(ctx.db.sql, "SELECT 1 FROM payment_event WHERE provider = 'offline' AND provider_event_id = ?").get(repeatKey)) return;
	commit(ctx, { name: 'note transfer' }, (tx) => {
		const look = `A transfer of ${sayDay(receivedOn)} that fits no invoice. Find out whose it is, or send it back.`;
		const id = noteOdd(tx, { invoiceId: null, pence, reference, key: repeatKey, kind: 'transfer', look });
		record(tx, 'payments.transfer_noted', { type: 'payment_event', id }, { pence, receivedOn }, { reference });
	});
}

/** Says what became of something odd. @throws Forbidden; Conflict when somebody looked at it before. */
export function closeLook(ctx: Ctx, eventId: string, note: string): void {
	allow(canSeePayments(ctx.actor));
	commit(ctx, { name: 'look at payment' }, (tx) => {
		const isOpen = and(eq(paymentEvent.id, eventId), isNotNull(paymentEvent.look), isNull(paymentEvent.lookedAt));
		const looked = { lookedAt: ctx.now, lookedBy: nameOf(ctx.actor), lookNote: note };
		if (tx.db.orm.update(paymentEvent).set(looked).where(isOpen).run().changes === 0) throw new Conflict('Somebody has looked at this already.');
		record(tx, 'payments.looked_at', { type: 'payment_event', id: eventId }, {}, { note });
	});
}

type Odd = { invoiceId: string | null; pence: number; reference: string; key: string; kind: string; look: string };

/** Puts something that happened outside the website on the list of what finance should look at. Joins a transaction. */
export function noteOdd(tx: Tx, { key, ...odd }: Odd): string {
	const id = newId();
	const { now: happenedAt } = tx.ctx;
	tx.db.orm
		.insert(paymentEvent)
		.values({
			id,
			provider: 'offline',
			providerEventId: key,
			happenedAt,
			receivedAt: happenedAt,
			currency: 'gbp',
			takenFor: odd.kind === 'payment' ? 'payment' : 'nothing',
			...odd,
		})
		.run();
	return id;
}

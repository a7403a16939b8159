import { eq, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Actor } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { invoice, payment } from '#db/schema/index.ts';
import { tellOfPayment } from './mail-commands.ts';
import { type InvoiceRow, invoiceById } from './queries.ts';
import type { OnSettled } from './settled.ts';
import { heldPence } from './standing.ts';

export type NewPayment = Pick<
	typeof payment.$inferSelect,
	'invoiceId' | 'provider' | 'way' | 'reference' | 'checkoutId' | 'pence' | 'receivedOn' | 'repeatKey'
>;

/**
 * Writes a payment down and, when the invoice is now paid in full for the first time, grants what it is for. Joins a transaction and never
 * authorises; what was paid is kept whatever the invoice says, since the money is there.
 * @returns the key of the payment, and why finance should look at it: null when all is plain.
 */
export function takePayment(tx: Tx, taken: NewPayment, onSettled: OnSettled): { id: string; look: string | null } {
	const id = newId();
	tx.db.orm
		.insert(payment)
		.values({ id, ...taken, recordedAt: tx.ctx.now, recordedBy: nameOf(tx.ctx.actor) })
		.run();
	const { invoiceId, provider, way, pence, receivedOn } = taken;
	record(tx, 'payments.payment_taken', { type: 'invoice', id: invoiceId }, { paymentId: id, provider, way, pence, receivedOn }, { reference: taken.reference });
	const look = settleIfPaid(tx, invoiceById(tx.db, invoiceId) as InvoiceRow, onSettled);
	tellOfPayment(tx, invoiceId, { paymentId: id, pence });
	return { id, look };
}

/** @returns why finance should look at it; null when all is plain. */
function settleIfPaid(tx: Tx, now: InvoiceRow, onSettled: OnSettled): string | null {
	const held = heldPence(now);
	if (now.isVoid) return 'The invoice had been voided when this was paid. Refund it, or issue another invoice.';
	if (now.isSettled) return 'The invoice had been paid in full before. Refund this payment.';
	if (held < now.totalPence) return null;
	const refused = settle(tx, now, onSettled);
	return refused ?? (held > now.totalPence ? 'More was paid than the invoice asks for. Refund what is too much.' : null);
}

function settle(tx: Tx, paid: InvoiceRow, onSettled: OnSettled): string | null {
	tx.db.orm
		.update(invoice)
		.set({ settledAt: tx.ctx.now, version: sql`${invoice.version} + 1` })
		.where(eq(invoice.id, paid.id))
		.run();
	record(tx, 'payments.invoice_settled', { type: 'invoice', id: paid.id }, { number: paid.number, purpose: paid.purpose, subjectId: paid.subjectId });
	return grant(tx, paid, onSettled);
}

/** In a savepoint: the money is there, even when what it was paid for cannot be given any more. */
function grant(tx: Tx, { id, number, personId, purpose, subjectId, totalPence }: InvoiceRow, onSettled: OnSettled): string | null {
	const { lastMac, recorded } = tx;
	try {
		tx.db.sql.transaction(() => onSettled[purpose]?.(tx, { id, number, personId, purpose, subjectId, totalPence }))();
		return null;
	} catch (error) {
		if (!isExpected(error)) throw error;
		Object.assign(tx, { lastMac, recorded });
		return `It is paid, but what it was for could not be done: ${error.message}`;
	}
}

export function nameOf(actor: Actor): string {
	return actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? actor.name : 'public';
}

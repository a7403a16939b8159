import { eq } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { invoiceLine } from '#db/schema/index.ts';
import { type Invoice, invoiceNumbered } from './queries.ts';

export type Line = { label: string; pence: number };
/** `reference`: for finance only. `leftPence`: what of it was not given back. */
export type PaymentView = { id: string; provider: string; way: keyof typeof WAYS; reference: string; pence: number; receivedOn: string; leftPence: number };
/** `membership`: whether it stayed or ended, where somebody chose; `endsOn`: the first day without it. */
export type RefundView = {
	id: string;
	pence: number;
	refundedOn: string;
	reason: string;
	reference: string;
	membership: 'stays' | 'ends' | null;
	endsOn: string | null;
};
export type InvoiceDetail = Invoice & { lines: Line[]; payments: PaymentView[]; refunds: RefundView[] };

export const WAYS = { bank_transfer: 'Bank transfer', cheque: 'Cheque', card: 'Card' } as const;

/** One invoice with everything that happened on it, oldest first. @throws NotFound for one that the actor may not know of. */
export function invoiceDetail(ctx: Ctx, number: string): InvoiceDetail {
	const invoice = invoiceNumbered(ctx, number);
	return { ...invoice, lines: linesOf(ctx, invoice.id), payments: paymentsOf(ctx, invoice.id), refunds: refundsOf(ctx, invoice.id) };
}

/** One payment on an invoice. @throws NotFound */
export function paymentOn(detail: InvoiceDetail, paymentId: string): PaymentView {
	const found = detail.payments.find((p) => p.id === paymentId);
	if (!found) throw new NotFound('There is no such payment on this invoice.');
	return found;
}

function linesOf({ db }: Ctx, invoiceId: string): Line[] {
	const { label, pence, position } = invoiceLine;
	return db.orm.select({ label, pence }).from(invoiceLine).where(eq(invoiceLine.invoiceId, invoiceId)).orderBy(position).all();
}

function paymentsOf({ db }: Ctx, invoiceId: string): PaymentView[] {
	const text = `SELECT id, provider, way, reference, pence, received_on AS receivedOn,
		pence - (SELECT coalesce(sum(r.pence), 0) FROM refund r WHERE r.payment_id = payment.id) AS leftPence
		FROM payment WHERE invoice_id = ? ORDER BY recorded_at, id`;
	return prepared(db.sql, text).all(invoiceId) as PaymentView[];
}

function refundsOf({ db }: Ctx, invoiceId: string): RefundView[] {
	const text = `SELECT r.id, r.pence, r.refunded_on AS refundedOn, r.reason, r.reference, c.membership, c.ends_on AS endsOn
		FROM refund r JOIN payment p ON p.id = r.payment_id LEFT JOIN refund_choice c ON c.refund_id = r.id WHERE p.invoice_id = ? ORDER BY r.recorded_at, r.id`;
	return prepared(db.sql, text).all(invoiceId) as RefundView[];
}

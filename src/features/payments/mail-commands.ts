import { eq } from 'drizzle-orm';
import type { Tx } from '#core/commit.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { invoiceLine, payment } from '#db/schema/index.ts';
import { failureMail, type InvoiceMailFacts, invoiceMail, receiptMail, refundMail } from './mails.ts';
import { type InvoiceRow, invoiceById } from './queries.ts';
import { owedPence } from './standing.ts';

/** Tells the person of a new invoice. */
export function tellOfInvoice(tx: Tx, invoiceId: string): void {
	tell(tx, invoiceId, (facts, { id, totalPence, dueOn }) => {
		const { label, pence, position } = invoiceLine;
		const lines = tx.db.orm.select({ label, pence }).from(invoiceLine).where(eq(invoiceLine.invoiceId, id)).orderBy(position).all();
		return invoiceMail({ ...facts, id, lines, totalPence, dueOn });
	});
}

/** Tells the person that a payment has arrived. */
export function tellOfPayment(tx: Tx, invoiceId: string, paid: { paymentId: string; pence: number }): void {
	tell(tx, invoiceId, (facts, invoice) => receiptMail({ ...facts, ...paid, owedPence: owedPence(invoice) }));
}

/** Tells the person that money was given back. */
export function tellOfRefund(tx: Tx, { refundId, paymentId, pence }: { refundId: string; paymentId: string; pence: number }): void {
	const paid = tx.db.orm.select().from(payment).where(eq(payment.id, paymentId)).get();
	if (paid) tell(tx, paid.invoiceId, (facts) => refundMail({ ...facts, refundId, pence, way: paid.way }));
}

/** Tells the person that a payment did not go through: once a payment page. */
export function tellOfFailure(tx: Tx, invoiceId: string, checkoutId: string): void {
	tell(tx, invoiceId, (facts) => failureMail({ ...facts, checkoutId }));
}

function tell(tx: Tx, invoiceId: string, make: (facts: InvoiceMailFacts, invoice: InvoiceRow) => Parameters<typeof queueMail>[1]): void {
	const invoice = invoiceById(tx.db, invoiceId);
	const to = invoice && addressOf(tx, invoice.personId);
	if (to) queueMail(tx, make({ to, today: tx.ctx.today, number: invoice.number, settings: tx.ctx.settings }, invoice));
}

/** The address of someone alive, or null: the same rule as the one of the feature membership, which stands after this one. */
function addressOf({ db }: Tx, personId: string): string | null {
	const address = prepared(db.sql, 'SELECT email FROM person WHERE id = ? AND died_on IS NULL').pluck().get(personId) as string | null | undefined;
	return address?.includes('@') ? address : null;
}

import type { Tx } from '#core/commit.ts';
import { prepared } from '#db/prepared.ts';
import type { OnSettled, SettledInvoice } from '#features/payments/index.ts';
import { grantPurchase } from './grant.ts';
import type { MembershipHandlers } from './handlers.ts';
import { payable } from './purchases.ts';

/**
 * What paying for a membership gives, as payments ask for it. Called twice it gives nothing twice.
 * @throws Conflict when it cannot be given any more; payments keep the money and tell finance
 */
export function settledMembership(handlers: MembershipHandlers): OnSettled {
	return { membership: (tx, invoice) => settle(tx, invoice, handlers) };
}

/** Grants what an invoice was for. @returns false when it was granted before */
export function settle(tx: Tx, invoice: Pick<SettledInvoice, 'id' | 'subjectId'>, handlers: MembershipHandlers): boolean {
	const purchase = payable(tx.db, invoice.subjectId);
	if (!purchase) return false;
	const received = prepared(tx.db.sql, 'SELECT max(received_on) FROM payment WHERE invoice_id = ?').pluck().get(invoice.id) as string | null;
	grantPurchase(tx, purchase, { paidOn: received ?? tx.ctx.today }, handlers);
	return true;
}

import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid, isExpected } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import type { refundChoice } from '#db/schema/index.ts';
import { noteOdd } from './look-commands.ts';
import type { InvoiceRow } from './queries.ts';
import type { Purpose, SettledInvoice } from './settled.ts';
import { heldPence } from './standing.ts';
import { nameOf } from './take-payment.ts';

export type RefundChoice = (typeof refundChoice.$inferSelect)['membership'];

/** When what was paid for would end (the first day without it), or in words why it does not end with a refund. */
export type WouldEnd = { endsOn: string } | { cannot: string };

/**
 * What giving money back may end: one handler a purpose, since payments stands before the features that grant. `wouldEnd` reads; `end` joins
 * the transaction of the refund and never authorises. @throws Conflict from `end` when it cannot end any more
 */
export type OnRefunded = Partial<
	Record<Purpose, { wouldEnd(ctx: Ctx, invoice: SettledInvoice): WouldEnd; end(tx: Tx, invoice: SettledInvoice, endsOn: string): void }>
>;

/** What was decided with a refund; null where nothing of the kind hangs on the invoice. */
export type Decided = { membership: RefundChoice; endsOn: string | null } | null;

/**
 * Settles what a refund means: where part is given back it stays unless said otherwise; where nothing is held any more somebody has to say.
 * @throws Invalid beside the field when it was left open, or cannot end
 */
export function decideOnRefund(ctx: Ctx, invoice: InvoiceRow, asked: { pence: number; membership: RefundChoice | null }, onRefunded: OnRefunded): Decided {
	const would = wouldEndWith(ctx, invoice, onRefunded);
	if (would === null || 'cannot' in would) {
		if (asked.membership === 'ends') throw new Invalid('membership', would?.cannot ?? 'Nothing hangs on this invoice that could end.');
		return null;
	}
	const isAll = heldPence(invoice) - asked.pence <= 0;
	if (asked.membership === null && isAll) throw new Invalid('membership', 'All of the fee is given back: choose whether the membership stays or ends.');
	return asked.membership === 'ends' ? { membership: 'ends', endsOn: would.endsOn } : { membership: 'stays', endsOn: null };
}

/** What would end with the invoice's money, for the form; null where it was not granted or nothing hangs on it. */
export function wouldEndWith(ctx: Ctx, invoice: InvoiceRow, onRefunded: OnRefunded): WouldEnd | null {
	const handler = invoice.isSettled ? onRefunded[invoice.purpose] : undefined;
	return handler?.wouldEnd(ctx, invoice) ?? null;
}

/** Writes the choice down and carries it out, once a refund. Joins a transaction: the money is back, so what cannot end any more is put to finance. */
export function carryOutChoice(tx: Tx, refundId: string, invoice: InvoiceRow, { decided, onRefunded }: { decided: Decided; onRefunded: OnRefunded }): void {
	if (decided === null) return;
	const { membership, endsOn } = decided;
	const refused = endsOn === null ? null : tryToEnd(tx, invoice, endsOn, onRefunded);
	if (refused !== null) {
		const odd = { invoiceId: invoice.id, pence: heldPence(invoice), reference: invoice.number, key: `refund:${refundId}`, kind: 'refund' };
		noteOdd(tx, { ...odd, look: `The fee was given back, but the membership could not be ended: ${refused}` });
		record(tx, 'payments.refund_choice_made', { type: 'invoice', id: invoice.id }, { refundId, membership, couldNotEnd: true });
		return;
	}
	const text = 'INSERT INTO refund_choice (refund_id, membership, ends_on, chosen_at, chosen_by) VALUES (?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(refundId, membership, endsOn, tx.ctx.now, nameOf(tx.ctx.actor));
	record(tx, 'payments.refund_choice_made', { type: 'invoice', id: invoice.id }, { refundId, membership, endsOn });
}

/** In a savepoint, as with what is granted: a refusal undoes only what was begun here. @returns why it could not end, or null */
function tryToEnd(tx: Tx, invoice: InvoiceRow, endsOn: string, onRefunded: OnRefunded): string | null {
	const { lastMac, recorded } = tx;
	try {
		tx.db.sql.transaction(() => onRefunded[invoice.purpose]?.end(tx, invoice, endsOn))();
		return null;
	} catch (error) {
		if (!isExpected(error)) throw error;
		Object.assign(tx, { lastMac, recorded });
		return error.message;
	}
}

import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { membershipPurchase } from '#db/schema/index.ts';
import { issueInvoice, voidInvoice } from '#features/payments/index.ts';
import type { Line } from './cost.ts';
import { creditOf, useCredit } from './credit.ts';
import { grantPurchase } from './grant.ts';
import type { MembershipHandlers } from './handlers.ts';

export type Purchase = typeof membershipPurchase.$inferSelect;
export type Order = Pick<Purchase, 'personId' | 'kind' | 'category' | 'employer' | 'periodId' | 'applicationId'> & { lines: Line[]; dueOn: string };

/**
 * Orders something and issues its invoice. Asked again for the same, the first order stands; asked for something else, the first one is
 * taken back. Where credit covers it all, it is granted at once. Joins a transaction and never authorises.
 * @returns the key of the purchase. @throws Conflict when part of another order was paid
 */
export function orderPurchase(tx: Tx, order: Order, handlers: MembershipHandlers): string {
	const open = openPurchase(tx.db, order.personId);
	if (open && isTheSame(open, order) && isPayable(tx, open)) {
		record(tx, 'membership.ordered', { type: 'person', id: open.personId }, { purchase: open.id, again: true });
		return open.id;
	}
	if (open) cancelPurchase(tx, order.personId, 'another order took its place');
	const id = newId();
	const text = `INSERT INTO membership_purchase (id, person_id, kind, category, employer, period_id, application_id, asked_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
	const { personId, kind, category, employer, periodId, applicationId } = order;
	prepared(tx.db.sql, text).run(id, personId, kind, category, employer, periodId, applicationId, tx.ctx.today);
	record(tx, 'membership.ordered', { type: 'person', id: personId }, { purchase: id, kind, category });
	const due = order.lines.reduce((sum, line) => sum + line.pence, 0);
	const credit = Math.min(creditOf(tx.db, personId), Math.max(due, 0));
	if (credit > 0) useCredit(tx, personId, { pence: -credit, purchaseId: id });
	if (due - credit <= 0) grantPurchase(tx, purchaseById(tx.db, id) as Purchase, { paidOn: tx.ctx.today, creditPence: Math.max(0, -due) }, handlers);
	else bill(tx, id, { ...order, lines: credit > 0 ? [...order.lines, { label: 'Credit from an earlier change of grade', pence: -credit }] : order.lines });
	return id;
}

function isTheSame(open: Purchase, order: Order): boolean {
	return open.kind === order.kind && open.category === order.category && open.periodId === order.periodId;
}

function bill(tx: Tx, id: string, { personId, lines, dueOn }: Order): void {
	const invoiceId = issueInvoice(tx, { personId, purpose: 'membership', subjectId: id, lines, dueOn });
	prepared(tx.db.sql, 'UPDATE membership_purchase SET invoice_id = ? WHERE id = ?').run(invoiceId, id);
}

/** Takes back what someone ordered and has not paid; credit that it used comes back. Nothing happens where there is no such order. @throws Conflict when part of it was paid */
export function cancelPurchase(tx: Tx, personId: string, reason: string): void {
	const open = openPurchase(tx.db, personId);
	if (!open) return;
	if (open.invoiceId !== null && isPayable(tx, open)) voidInvoice(tx, open.invoiceId, reason);
	prepared(tx.db.sql, 'UPDATE membership_purchase SET cancelled_on = ? WHERE id = ?').run(tx.ctx.today, open.id);
	const used = prepared(tx.db.sql, 'SELECT -sum(pence) FROM membership_credit WHERE purchase_id = ? AND pence < 0').pluck().get(open.id) as number | null;
	if (used) useCredit(tx, personId, { pence: used, purchaseId: open.id });
	record(tx, 'membership.order_cancelled', { type: 'person', id: personId }, { purchase: open.id, kind: open.kind }, { reason });
}

/** Can its invoice still be paid? It cannot when finance has voided it. */
function isPayable(tx: Tx, purchase: Purchase): boolean {
	return prepared(tx.db.sql, 'SELECT 1 FROM invoice WHERE id = ? AND voided_at IS NULL').get(purchase.invoiceId) !== undefined;
}

const COLUMNS = `id, person_id AS personId, kind, category, employer, period_id AS periodId, application_id AS applicationId, invoice_id AS invoiceId,
	asked_on AS askedOn, done_on AS doneOn, cancelled_on AS cancelledOn`;

/** What someone ordered and has not paid for yet, or null. */
export function openPurchase(db: Db, personId: string): Purchase | null {
	const text = `SELECT ${COLUMNS} FROM membership_purchase WHERE person_id = ? AND done_on IS NULL AND cancelled_on IS NULL`;
	return (prepared(db.sql, text).get(personId) as Purchase | undefined) ?? null;
}

export function purchaseById(db: Db, id: string): Purchase | null {
	return (prepared(db.sql, `SELECT ${COLUMNS} FROM membership_purchase WHERE id = ?`).get(id) as Purchase | undefined) ?? null;
}

/** @throws Conflict when it was taken back, so that finance sees a payment that bought nothing */
export function payable(db: Db, id: string): Purchase | null {
	const purchase = purchaseById(db, id);
	if (purchase?.cancelledOn) throw new Conflict('What this was for has been taken back in the meantime.');
	return purchase?.doneOn === null ? purchase : null;
}

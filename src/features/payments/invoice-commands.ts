import { eq, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { sayPence } from '#core/money.ts';
import { prepared } from '#db/prepared.ts';
import { invoice, invoiceLine } from '#db/schema/index.ts';
import { tellOfInvoice } from './mail-commands.ts';
import { invoiceById } from './queries.ts';
import type { Purpose } from './settled.ts';
import { heldPence } from './standing.ts';

/** `subjectId`: the record that is paid for. `lines`: what it is for; one may be negative (a concession), the sum may not be 0 or less. */
export type NewInvoice = { personId: string; purpose: Purpose; subjectId: string; lines: readonly { label: string; pence: number }[]; dueOn: string };

/**
 * Issues an invoice with the next number of the year, and tells the person by mail. Joins a transaction and never authorises.
 * Where nothing is to be paid there is no invoice: the caller grants at once.
 * @returns the key of the invoice. @throws RangeError when the lines do not come to a sum above 0 in whole pence.
 */
export function issueInvoice(tx: Tx, { personId, purpose, subjectId, lines, dueOn }: NewInvoice): string {
	const totalPence = lines.reduce((sum, line) => sum + line.pence, 0);
	if (!Number.isSafeInteger(totalPence) || totalPence <= 0) throw new RangeError('An invoice is for a sum above 0 in whole pence.');
	const id = newId();
	const { today: issuedOn, now: issuedAt } = tx.ctx;
	const numbered = nextNumber(tx, Number(issuedOn.slice(0, 4)));
	tx.db.orm
		.insert(invoice)
		.values({ id, ...numbered, personId, purpose, subjectId, totalPence, issuedOn, dueOn, issuedAt })
		.run();
	for (const [position, line] of lines.entries())
		tx.db.orm
			.insert(invoiceLine)
			.values({ invoiceId: id, position, ...line })
			.run();
	record(tx, 'payments.invoice_issued', { type: 'invoice', id }, { number: numbered.number, personId, purpose, subjectId, totalPence, dueOn });
	tellOfInvoice(tx, id);
	return id;
}

/** Counted inside the write, which nobody shares: no number is left out and none given twice. */
function nextNumber(tx: Tx, year: number): { number: string; year: number; sequence: number } {
	const last = prepared(tx.db.sql, 'SELECT max(sequence) FROM invoice WHERE year = ?').pluck().get(year) as number | null;
	const sequence = (last ?? 0) + 1;
	return { number: `INV-${year}-${String(sequence).padStart(5, '0')}`, year, sequence };
}

/**
 * Takes an invoice back: it stays on file with its number, and nothing is owed on it. Joins a transaction and never authorises.
 * @throws NotFound; Conflict when it is void already, was paid in full, or money is held on it.
 */
export function voidInvoice(tx: Tx, invoiceId: string, reason: string): void {
	const found = invoiceById(tx.db, invoiceId);
	if (!found) throw new NotFound('There is no such invoice.');
	if (found.isVoid) throw new Conflict(`Invoice ${found.number} has been voided already.`);
	if (found.isSettled) throw new Conflict(`Invoice ${found.number} was paid in full. Refund it instead.`);
	const held = heldPence(found);
	if (held > 0) throw new Conflict(`${sayPence(held)} was paid on invoice ${found.number}. Refund it first.`);
	tx.db.orm
		.update(invoice)
		.set({ voidedAt: tx.ctx.now, voidedOn: tx.ctx.today, voidReason: reason, version: sql`${invoice.version} + 1` })
		.where(eq(invoice.id, invoiceId))
		.run();
	record(tx, 'payments.invoice_voided', { type: 'invoice', id: invoiceId }, { number: found.number }, { reason });
}

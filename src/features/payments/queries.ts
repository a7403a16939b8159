import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { canPay, canSeePayments } from './policy.ts';
import type { Purpose } from './settled.ts';
import { type InvoiceFacts, owedPence, type Standing, standingOf } from './standing.ts';

/** An invoice with the sums of what was paid and given back. Money is pence; `personName` as it is today. */
export type InvoiceRow = InvoiceFacts & {
	id: string;
	number: string;
	personId: string;
	personName: string;
	purpose: Purpose;
	subjectId: string;
	issuedOn: string;
	settledAt: number | null;
	voidedOn: string | null;
	voidReason: string | null;
	version: number;
};

/** The same as it stands today. */
export type Invoice = InvoiceRow & { standing: Standing; owedPence: number };

/**
 * The invoices of a person, newest first: their own, or anyone's for finance and the registrar.
 * @throws NotFound for everybody else.
 */
export function invoicesOf(ctx: Ctx, personId: string): Invoice[] {
	if (!maySee(ctx, personId)) throw new NotFound('There are no such invoices.');
	const rows = prepared(ctx.db.sql, `${SELECT} WHERE i.person_id = ? ORDER BY i.issued_at DESC, i.number DESC`).all(personId) as Stored[];
	return rows.map((row) => asItStands(ctx, rowOf(row)));
}

/** One invoice by its number, `INV-2026-00001`. @throws NotFound for one that the actor may not know of, as for one that never was. */
export function invoiceNumbered(ctx: Ctx, number: string): Invoice {
	const row = prepared(ctx.db.sql, `${SELECT} WHERE i.number = ?`).get(number) as Stored | undefined;
	if (!row || !maySee(ctx, row.personId)) throw new NotFound('There is no such invoice.');
	return asItStands(ctx, rowOf(row));
}

/** The newest invoice for a subject that is not void, as it stands today; null when there is none. For other features: it never authorises. */
export function invoiceFor(ctx: Ctx, purpose: Purpose, subjectId: string): Invoice | null {
	const text = `${SELECT} WHERE i.purpose = ? AND i.subject_id = ? AND i.voided_at IS NULL ORDER BY i.issued_at DESC, i.number DESC LIMIT 1`;
	const row = prepared(ctx.db.sql, text).get(purpose, subjectId) as Stored | undefined;
	return row ? asItStands(ctx, rowOf(row)) : null;
}

/** One invoice by its key, or null. Never authorises. */
export function invoiceById(db: Db, id: string): InvoiceRow | null {
	const row = prepared(db.sql, `${SELECT} WHERE i.id = ?`).get(id) as Stored | undefined;
	return row ? rowOf(row) : null;
}

export function asItStands(ctx: Pick<Ctx, 'today'>, row: InvoiceRow): Invoice {
	return { ...row, standing: standingOf(row, ctx.today), owedPence: owedPence(row) };
}

function maySee(ctx: Ctx, personId: string): boolean {
	return canPay(ctx.actor, personId) || canSeePayments(ctx.actor) || ctx.actor.kind === 'system';
}

export type Stored = Omit<InvoiceRow, 'isVoid' | 'isSettled'>;

export function rowOf(row: Stored): InvoiceRow {
	return { ...row, isVoid: row.voidedOn !== null, isSettled: row.settledAt !== null };
}

export const SELECT = `SELECT i.id, i.number, i.person_id AS personId, n.given_names || ' ' || n.family_name AS personName, i.purpose,
	i.subject_id AS subjectId, i.total_pence AS totalPence, i.issued_on AS issuedOn, i.due_on AS dueOn, i.settled_at AS settledAt,
	i.voided_on AS voidedOn, i.void_reason AS voidReason, i.version,
	(SELECT coalesce(sum(p.pence), 0) FROM payment p WHERE p.invoice_id = i.id) AS paidPence,
	(SELECT coalesce(sum(r.pence), 0) FROM payment p JOIN refund r ON r.payment_id = p.id WHERE p.invoice_id = i.id) AS refundedPence
	FROM invoice i JOIN person_name n ON n.person_id = i.person_id AND n.to_on IS NULL`;

import type { Ctx } from '#core/ctx.ts';
import { allow } from '#core/policy.ts';
import { afterPrefix, fold } from '#core/text.ts';
import { prepared } from '#db/prepared.ts';
import { canSeePayments } from './policy.ts';
import { asItStands, type Invoice, rowOf, SELECT, type Stored } from './queries.ts';

/** Which invoices the office looks at. `owed`: everything that is still to be paid, overdue or not. */
export const SHOWN = { owed: 'To pay', overdue: 'Overdue', settled: 'Paid', void: 'Void', all: 'All' } as const;
export type Shown = keyof typeof SHOWN;

/** What of it an address asks for; what is to be paid when it says nothing. */
export function shownOf(asked: string | null): Shown {
	return asked !== null && Object.hasOwn(SHOWN, asked) ? (asked as Shown) : 'owed';
}

const PAGE = 50;

const CONDITIONS: Record<Shown, string> = {
	owed: 'i.settled_at IS NULL AND i.voided_at IS NULL',
	overdue: 'i.settled_at IS NULL AND i.voided_at IS NULL AND i.due_on < :today',
	settled: 'i.settled_at IS NOT NULL AND i.voided_at IS NULL',
	void: 'i.voided_at IS NOT NULL',
	all: '1',
};
const ORDERS: Record<Shown, string> = { owed: 'i.due_on', overdue: 'i.due_on', settled: 'i.issued_on DESC', void: 'i.issued_on DESC', all: 'i.issued_on DESC' };
const ASKED = `(:q = '' OR i.number = upper(:q) OR i.person_id IN (SELECT person_id FROM name_key WHERE key >= :key AND key < :after)
	OR i.person_id IN (SELECT person_id FROM registration WHERE number = upper(:q)))`;

export type OfficeInvoices = { invoices: Invoice[]; count: number; page: number; pages: number };

/**
 * Invoices of everyone, fifty a page, what is due first on top.
 * @param q a number of an invoice or of the register, or the beginning of a name; '' for all. @throws Forbidden
 */
export function invoicesForOffice(ctx: Ctx, asked: { show: Shown; q: string; page: number }): OfficeInvoices {
	allow(canSeePayments(ctx.actor));
	const key = fold(asked.q);
	const named = { today: ctx.today, q: asked.q.trim(), key: key || '\u{10FFFF}', after: key ? afterPrefix(key) : '' };
	const where = `WHERE ${CONDITIONS[asked.show]} AND ${ASKED}`;
	const count = prepared(ctx.db.sql, `SELECT count(*) FROM invoice i ${where}`).pluck().get(named) as number;
	const pages = Math.max(1, Math.ceil(count / PAGE));
	const page = Math.min(Math.max(1, asked.page), pages);
	const rows = prepared(ctx.db.sql, `${SELECT} ${where} ORDER BY ${ORDERS[asked.show]}, i.number DESC LIMIT ${PAGE} OFFSET :from`);
	const found = rows.all({ ...named, from: (page - 1) * PAGE }) as Stored[];
	return { invoices: found.map((row) => asItStands(ctx, rowOf(row))), count, page, pages };
}

export type BooksAtAGlance = { owed: number; overdue: number; owedPence: number; looks: number };

/** How many invoices are to be paid, how many of them overdue, what they come to in pence, and how many things wait for a look. @throws Forbidden */
export function booksAtAGlance(ctx: Ctx): BooksAtAGlance {
	allow(canSeePayments(ctx.actor));
	const text = `SELECT count(*) AS owed, coalesce(sum(i.due_on < ?), 0) AS overdue,
		coalesce(sum(i.total_pence - (SELECT coalesce(sum(p.pence), 0) FROM payment p WHERE p.invoice_id = i.id)
			+ (SELECT coalesce(sum(r.pence), 0) FROM payment p JOIN refund r ON r.payment_id = p.id WHERE p.invoice_id = i.id)), 0) AS owedPence,
		(SELECT count(*) FROM payment_event WHERE look IS NOT NULL AND looked_at IS NULL) AS looks
		FROM invoice i WHERE i.settled_at IS NULL AND i.voided_at IS NULL`;
	return prepared(ctx.db.sql, text).get(ctx.today) as BooksAtAGlance;
}

/** Something odd about a payment. `pence` in the currency that was named. */
export type Look = {
	id: string;
	provider: string;
	kind: string;
	look: string;
	receivedAt: number;
	happenedAt: number;
	invoiceNumber: string | null;
	reference: string | null;
	pence: number | null;
	currency: string | null;
	lookedAt: number | null;
	lookNote: string | null;
};

const LOOK = `SELECT e.id, e.provider, e.kind, e.look, e.received_at AS receivedAt, e.happened_at AS happenedAt, i.number AS invoiceNumber, e.reference,
	e.pence, e.currency, e.looked_at AS lookedAt, e.look_note AS lookNote
	FROM payment_event e LEFT JOIN invoice i ON i.id = e.invoice_id WHERE e.look IS NOT NULL`;

/** Everything odd that nobody has looked at, oldest first, and the last twenty that somebody has. @throws Forbidden */
export function looks(ctx: Ctx): { open: Look[]; done: Look[] } {
	allow(canSeePayments(ctx.actor));
	const open = prepared(ctx.db.sql, `${LOOK} AND e.looked_at IS NULL ORDER BY e.received_at LIMIT 200`).all() as Look[];
	const done = prepared(ctx.db.sql, `${LOOK} AND e.looked_at IS NOT NULL ORDER BY e.looked_at DESC LIMIT 20`).all() as Look[];
	return { open, done };
}

/** One of them, or null. @throws Forbidden */
export function lookAt(ctx: Ctx, id: string): Look | null {
	allow(canSeePayments(ctx.actor));
	return (prepared(ctx.db.sql, `${LOOK} AND e.id = ?`).get(id) as Look | undefined) ?? null;
}

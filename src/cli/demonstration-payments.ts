import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { issueInvoice, noteTransfer, type OfflinePayment, recordOfflinePayment, refundPayment, voidInvoice } from '#features/payments/index.ts';

/** What became of each invented invoice: issued so many days ago, paid so many per cent some days later, and what else. */
const BOOKS: readonly { daysAgo: number; paid: number; way: OfflinePayment['way']; after?: 'refund' | 'void' }[] = [
	{ daysAgo: 70, paid: 100, way: 'bank_transfer' },
	{ daysAgo: 66, paid: 100, way: 'cheque', after: 'refund' },
	{ daysAgo: 61, paid: 0, way: 'bank_transfer', after: 'void' },
	{ daysAgo: 52, paid: 100, way: 'bank_transfer' },
	{ daysAgo: 47, paid: 0, way: 'bank_transfer' },
	{ daysAgo: 41, paid: 40, way: 'bank_transfer' },
	{ daysAgo: 30, paid: 100, way: 'bank_transfer' },
	{ daysAgo: 19, paid: 100, way: 'cheque' },
	{ daysAgo: 12, paid: 0, way: 'bank_transfer' },
	{ daysAgo: 8, paid: 50, way: 'bank_transfer' },
	{ daysAgo: 3, paid: 0, way: 'bank_transfer' },
];
const PENCE = 12_000;
const DUE_DAYS = 30;

/** A few lines of invented books for finance to look at: a training day that some have paid. Through the commands that the pages use. */
export async function fillBooks(ctx: Ctx): Promise<void> {
	// The end of the file: those at its beginning are who the demonstration is shown with.
	const text = `SELECT p.id FROM person p WHERE p.died_on IS NULL AND p.import_key IS NOT NULL
		AND EXISTS (SELECT 1 FROM membership_period m WHERE m.person_id = p.id AND m.ended_on IS NULL) ORDER BY p.import_key DESC LIMIT ?`;
	const people = prepared(ctx.db.sql, text).pluck().all(BOOKS.length) as string[];
	const books = asFinance(ctx);
	for (const [index, personId] of people.entries()) await fillOne(books, personId, index);
	noteTransfer(books, { pence: 4500, receivedOn: addDays(ctx.today, -6), reference: 'MEMBERSHIP J SMITH', repeatKey: 'demonstration-transfer' });
	// They tell of days long past: nobody is written to about them now.
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'payments.%'").run());
}

/** Refunds are for people who have proved who they are. */
function asFinance(ctx: Ctx): Ctx {
	const personId = prepared(ctx.db.sql, "SELECT person_id FROM role_grant WHERE role = 'finance'").pluck().get() as string;
	return { ...ctx, actor: { kind: 'person', personId, accountId: personId, roles: ['finance'], level: 2, provedAt: ctx.now } };
}

async function fillOne(ctx: Ctx, personId: string, index: number): Promise<void> {
	const { daysAgo, paid, way, after } = BOOKS[index] as (typeof BOOKS)[number];
	const on = (days: number): Ctx => ({ ...ctx, today: addDays(ctx.today, -Math.max(0, days)) });
	const issued = on(daysAgo);
	const order = { personId, purpose: 'other' as const, subjectId: 'demonstration', lines: [{ label: 'Training day in Leeds', pence: PENCE }] };
	const invoiceId = commit(issued, { name: 'fill the books of the demonstration' }, (tx) =>
		issueInvoice(tx, { ...order, dueOn: addDays(issued.today, DUE_DAYS) }),
	);
	const repeatKey = `demonstration-${index}`;
	const later = on(daysAgo - 2);
	const payment = { invoiceId, way, reference: `DEMO ${index + 1}`, pence: (PENCE * paid) / 100, receivedOn: later.today, repeatKey };
	if (paid > 0) recordOfflinePayment(later, payment, {});
	if (after === 'void') commit(later, { name: 'fill the books of the demonstration' }, (tx) => voidInvoice(tx, invoiceId, 'They could not come.'));
	if (after === 'refund') await refundHalf(on(daysAgo - 9), repeatKey);
}

async function refundHalf(ctx: Ctx, repeatKey: string): Promise<void> {
	const paymentId = prepared(ctx.db.sql, 'SELECT id FROM payment WHERE repeat_key = ?').pluck().get(repeatKey) as string;
	await refundPayment(
		ctx,
		{ paymentId, pence: PENCE / 2, reason: 'The afternoon was called off.', reference: `DEMO BACK ${repeatKey}`, repeatKey, membership: null },
		{},
	);
}

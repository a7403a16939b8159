import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { invoiceDetail, type OnSettled, openCheckout, recordOfflinePayment, refundPayment, takeMessage, voidInvoice } from '#features/payments/index.ts';
import { type FakeStripe, startFakeStripe, stripeMessage, stripeSettings } from '#tests/helpers/fake-stripe.ts';
import { as, finance, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

/** One thing that happens to an invoice, in any order and as often as it likes. */
type Step =
	| { do: 'open' }
	| { do: 'paid'; page: number; intent: number; off: number; currency: string }
	| { do: 'failed' | 'expired'; page: number }
	| { do: 'again'; message: number }
	| { do: 'transfer'; pence: number }
	| { do: 'refund'; payment: number; pence: number }
	| { do: 'refunded_there'; intent: number; refund: number; pence: number }
	| { do: 'void' };

const few = fc.integer({ min: 0, max: 2 });
const page = fc.constantFrom(0, 0, 0, 1, 2);
const sum = fc.constantFrom(1, 100, 2500, 5000, 7400, 7500, 7501);
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('open' as const) }) },
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('paid' as const),
			page,
			intent: few,
			off: fc.constantFrom(0, 0, 0, 1),
			currency: fc.constantFrom('gbp', 'gbp', 'gbp', 'eur'),
		}),
	},
	{ weight: 2, arbitrary: fc.record({ do: fc.constantFrom('failed' as const, 'expired' as const), page }) },
	{ weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), message: few }) },
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('transfer' as const), pence: sum }) },
	{ weight: 5, arbitrary: fc.record({ do: fc.constant('refund' as const), payment: few, pence: sum }) },
	{ weight: 3, arbitrary: fc.record({ do: fc.constant('refunded_there' as const), intent: few, refund: few, pence: sum }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('void' as const) }) },
);

let fake: FakeStripe;
let register: TestRegister;
beforeEach(async () => {
	fake = await startFakeStripe();
	register = registerIn('2026-11-22', stripeSettings(fake));
});
afterEach(async () => {
	register.close();
	await fake.close();
});

type History = ReturnType<typeof historyOf>;
type Page = { id: string; pence: number };

/** One invoice, everything that happens to it, and how often it was granted what it is for. */
function historyOf(ctx: Ctx) {
	const payer = putPayer(ctx);
	const [member, books, invoiceId, no] = [as(ctx, payer), finance(ctx), invoiceTo(ctx, payer), newId()];
	const sent: ReturnType<typeof stripeMessage>[] = [];
	const seen = { granted: 0 };
	const onSettled: OnSettled = { membership: () => void (seen.granted += 1) };
	const number = ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(invoiceId) as string;
	const detail = () => invoiceDetail(books, number);
	const intent = (which: number) => `pi_${no}_${which}`;

	const take = (message: (typeof sent)[number] | undefined) => {
		if (message) expect(takeMessage(ctx, 'stripe', message, onSettled)).not.toBe('refused');
	};
	const tell = (type: string, object: Record<string, unknown>) => {
		const message = stripeMessage(type, object, ctx.now);
		sent.push(message);
		take(message);
	};
	const tellOfPage = (now: Extract<Step, { page: number }>) => {
		const pages = ctx.db.sql.prepare('SELECT id, pence FROM checkout WHERE invoice_id = ? ORDER BY rowid').all(invoiceId) as Page[];
		const page = pages[now.page] ?? { id: newId(), pence: 7500 };
		const paid = now.do === 'paid' ? now : { intent: 9, off: 0, currency: 'gbp' };
		const money = { amount_total: page.pence + paid.off, currency: paid.currency, payment_intent: intent(paid.intent), payment_status: 'paid' };
		const type = { paid: 'completed', failed: 'async_payment_failed', expired: 'expired' }[now.do];
		tell(`checkout.session.${type}`, { id: `cs_${page.id}`, client_reference_id: page.id, ...money });
	};
	const transfer = (pence: number) => ({ invoiceId, way: 'bank_transfer' as const, reference: 'x', pence, receivedOn: ctx.today, repeatKey: newId() });
	const refund = async (which: number, pence: number) => {
		const { payments } = detail();
		const paid = payments[which % Math.max(payments.length, 1)];
		if (paid) await refundPayment(books, { paymentId: paid.id, pence, reason: 'test', reference: 'OUT', repeatKey: newId(), membership: null }, {});
	};
	const act = async (now: Step) => {
		if (now.do === 'open') await openCheckout(member, number);
		if (now.do === 'transfer') recordOfflinePayment(books, transfer(now.pence), onSettled);
		if (now.do === 'void') commit(ctx, { name: 'test' }, (tx) => voidInvoice(tx, invoiceId, 'test'));
		if (now.do === 'refund') await refund(now.payment, now.pence);
		if (now.do === 'again') take(sent[now.message]);
		if (now.do === 'refunded_there')
			tell('refund.created', { id: `re_${no}_${now.refund}`, status: 'succeeded', payment_intent: intent(now.intent), amount: now.pence, currency: 'gbp' });
		if (now.do === 'paid' || now.do === 'failed' || now.do === 'expired') tellOfPage(now);
	};
	return {
		seen,
		detail,
		/** What the rules refuse changes nothing: that is part of what is tested. */
		happens: (now: Step) =>
			act(now).catch((error: unknown) => {
				if (!(error instanceof Error && 'status' in error)) throw error;
			}),
	};
}

/** What must hold after every step, whatever came before. */
function holds(history: History, settledBefore: boolean): void {
	const { payments, refunds, paidPence, refundedPence, totalPence, owedPence, isSettled, isVoid, standing } = history.detail();
	expect(payments.reduce((all, p) => all + p.pence, 0)).toBe(paidPence);
	expect(refunds.reduce((all, r) => all + r.pence, 0)).toBe(refundedPence);
	for (const { leftPence, pence } of payments) expect(leftPence >= 0 && leftPence <= pence).toBe(true);
	expect(history.seen.granted).toBe(isSettled ? 1 : 0);
	if (settledBefore) expect(isSettled).toBe(true);
	expect(isSettled && isVoid).toBe(false);
	expect(owedPence).toBe(isVoid || isSettled ? 0 : totalPence - paidPence + refundedPence);
	expect(owedPence >= 0).toBe(true);
	if (standing === 'paid') expect(paidPence - refundedPence).toBeGreaterThanOrEqual(totalPence);
	if (!isSettled && !isVoid) expect(paidPence - refundedPence).toBeLessThan(totalPence);
}

describe('whatever happens to an invoice, in whatever order', () => {
	test('sums agree, it is settled and granted once at most, and never more is given back than was paid', async () => {
		const ends = new Set<string>();
		await fc.assert(
			fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20, size: 'max' }), async (steps) => {
				const history = historyOf(register.ctx);
				for (const now of steps) {
					const before = history.detail().isSettled;
					await history.happens(now);
					holds(history, before);
					ends.add(history.detail().standing);
				}
			}),
			{ numRuns: 150 },
		);
		expect([...ends].sort()).toEqual(['open', 'paid', 'part_paid', 'refunded', 'void']);
		const count = (text: string) => register.ctx.db.sql.prepare(`SELECT count(*) FROM ${text}`).pluck().get();
		for (const rare of ['payment WHERE checkout_id IS NOT NULL', 'payment_event WHERE look IS NOT NULL', 'payment_event WHERE times_received > 1', 'refund'])
			expect(count(rare), rare).toBeGreaterThan(0);
		expect(register.ctx.db.sql.pragma('foreign_key_check')).toEqual([]);
	}, 60_000);
});

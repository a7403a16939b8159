import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { invoiceNumbered, type OnSettled, openCheckout, refundPayment, type SettledInvoice, takeMessage } from '#features/payments/index.ts';
import { type FakeStripe, signed, startFakeStripe, stripeMessage, stripeSettings } from '#tests/helpers/fake-stripe.ts';
import { as, finance, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const NUMBER = 'INV-2026-00001';
let fake: FakeStripe;
let register: TestRegister;
let member: Ctx;
let granted: SettledInvoice[];
const onSettled: OnSettled = { membership: (_, invoice) => void granted.push(invoice) };
beforeEach(async () => {
	fake = await startFakeStripe();
	register = registerIn('2026-11-22', stripeSettings(fake));
	const ann = putPayer(register.ctx);
	member = as(register.ctx, ann);
	invoiceTo(register.ctx, ann);
	granted = [];
});
afterEach(async () => {
	register.close();
	await fake.close();
});

const { now } = { now: Date.parse('2026-11-22T12:00:00Z') };
const rows = <T>(text: string) => register.ctx.db.sql.prepare(text).all() as T[];
const events = () =>
	rows<{ takenFor: string; look: string | null; times: number }>(
		'SELECT taken_for AS takenFor, look, times_received AS times FROM payment_event ORDER BY rowid',
	);
const checkoutId = () => rows<{ id: string }>('SELECT id FROM checkout')[0]?.id ?? '';
const session = (changes: Record<string, unknown> = {}) => ({
	id: 'cs_test_1',
	object: 'checkout.session',
	client_reference_id: checkoutId(),
	amount_total: 7500,
	currency: 'gbp',
	payment_intent: 'pi_1',
	payment_status: 'paid',
	...changes,
});
const paidMessage = (changes = {}, id?: string) => stripeMessage('checkout.session.completed', session(changes), now, id);
const take = (message: { body: string; headers: Headers }) => takeMessage(register.ctx, 'stripe', message, onSettled);
const standing = () => invoiceNumbered(member, NUMBER).standing;

describe('opening a page at Stripe', () => {
	test('asks for what is owed, once, however often the button is pressed', async () => {
		const urls = await Promise.all([openCheckout(member, NUMBER), openCheckout(member, NUMBER)]);
		expect([...urls, await openCheckout(member, NUMBER)]).toEqual(Array(3).fill('https://checkout.example/c/1'));
		expect(new Set(fake.asked.map((a) => a.key))).toEqual(new Set([checkoutId()]));
		const { form, version, path } = fake.asked[0] as (typeof fake.asked)[0];
		expect([path, version, form.get('line_items[0][price_data][unit_amount]'), form.get('line_items[0][price_data][currency]')]).toEqual([
			'/v1/checkout/sessions',
			'2026-10-28.endive',
			'7500',
			'gbp',
		]);
		expect(form.get('client_reference_id')).toBe(checkoutId());
		expect([...form.keys()].some((k) => k.includes('email') || k.includes('customer'))).toBe(false);
	});

	test('that cannot be reached is told, and the next try is the same order', async () => {
		fake.isDown = true;
		await expect(openCheckout(member, NUMBER)).rejects.toThrow('cannot be reached just now');
		fake.isDown = false;
		await openCheckout(member, NUMBER);
		expect(new Set(fake.asked.map((a) => a.key)).size).toBe(1);
	});

	test('is refused to anyone but the payer, and when nothing is owed', async () => {
		await expect(openCheckout(as(register.ctx, putPayer(register.ctx, 'Ben')), NUMBER)).rejects.toThrow('There is no such invoice');
		await expect(openCheckout(finance(register.ctx), NUMBER)).rejects.toThrow('Only the person it was issued to');
		await openCheckout(member, NUMBER);
		take(paidMessage());
		await expect(openCheckout(member, NUMBER)).rejects.toThrow('Nothing is owed');
	});
});

describe('a message of Stripe', () => {
	beforeEach(() => openCheckout(member, NUMBER));

	test('that says the page was paid settles the invoice and grants what it is for; the same again changes nothing', () => {
		const message = paidMessage();
		expect([take(message), take(message), take(message)]).toEqual(['taken', 'repeated', 'repeated']);
		expect([standing(), granted.length, events()]).toEqual(['paid', 1, [{ takenFor: 'payment', look: null, times: 3 }]]);
	});

	test('is refused without a signature, with another secret, changed on the way, or signed too long ago', () => {
		const message = paidMessage();
		const old = now - 301_000;
		for (const wrong of [
			{ ...message, headers: new Headers() },
			{ ...message, headers: new Headers({ 'stripe-signature': 'nonsense' }) },
			{ ...message, headers: signed(message.body, now, 'whsec_other') },
			{ ...message, body: message.body.replace('7500', '7501') },
			{ ...message, headers: signed(message.body, old) },
			{ body: '', headers: signed('', now) },
		])
			expect(take(wrong)).toBe('refused');
		expect([standing(), events()]).toEqual(['open', []]);
		expect(() => takeMessage(register.ctx, 'demo', message, onSettled)).toThrow('no such address');
	});

	test.each([
		['another amount', { amount_total: 1 }, 'another amount'],
		['another currency', { currency: 'eur' }, 'another currency'],
		['a page that is not ours', { client_reference_id: newId() }, 'no payment page of ours'],
		['no page at all', { client_reference_id: null }, 'no payment page of ours'],
	])('for %s changes nothing and is shown to finance', (_, changes, look) => {
		take(paidMessage(changes));
		expect([standing(), granted.length, events()[0]?.takenFor]).toEqual(['open', 0, 'nothing']);
		expect(events()[0]?.look).toContain(look);
	});

	test('about money that takes days grants nothing until it is there', () => {
		take(paidMessage({ payment_status: 'unpaid' }));
		expect(standing()).toBe('open');
		take(stripeMessage('checkout.session.async_payment_succeeded', session(), now));
		expect([standing(), granted.length]).toEqual(['paid', 1]);
		take(stripeMessage('checkout.session.async_payment_failed', session(), now));
		expect(standing()).toBe('paid');
	});

	test('of a failure after the payment, or of a payment after the end, comes in whatever order', () => {
		take(stripeMessage('checkout.session.expired', session(), now));
		take(paidMessage());
		take(stripeMessage('payment_intent.payment_failed', { id: 'pi_0', metadata: { checkout: checkoutId() }, amount: 7500, currency: 'gbp' }, now));
		expect([standing(), granted.length, events().map((e) => e.takenFor)]).toEqual(['paid', 1, ['end', 'payment', 'nothing']]);
		expect(rows('SELECT outcome FROM checkout')).toEqual([{ outcome: 'paid' }]);
	});

	test('of a second payment on a settled invoice is kept, and finance is asked to refund it', () => {
		take(paidMessage());
		take(paidMessage({ payment_intent: 'pi_2' }));
		expect([invoiceNumbered(member, NUMBER).paidPence, granted.length]).toEqual([15_000, 1]);
		expect(events()[1]?.look).toContain('paid in full before');
	});

	test('of a dispute is shown to finance; one of a kind that we have no use for is noted', () => {
		take(paidMessage());
		take(stripeMessage('charge.dispute.created', { id: 'dp_1', payment_intent: 'pi_1', amount: 7500, currency: 'gbp' }, now));
		take(stripeMessage('customer.created', { id: 'cus_1' }, now));
		expect(events().map((e) => [e.takenFor, e.look !== null])).toEqual([
			['payment', false],
			['nothing', true],
			['nothing', false],
		]);
	});
});

describe('a refund through Stripe', () => {
	const refundOf = (pence: number, repeatKey = newId()) => {
		const paymentId = rows<{ id: string }>('SELECT id FROM payment')[0]?.id ?? '';
		return refundPayment(finance(register.ctx), { paymentId, pence, reason: 'They left.', reference: '', repeatKey, membership: null }, {});
	};
	const refunded = (object: Record<string, unknown>) =>
		take(stripeMessage('refund.created', { status: 'succeeded', payment_intent: 'pi_1', currency: 'gbp', ...object }, now));
	beforeEach(async () => {
		await openCheckout(member, NUMBER);
		take(paidMessage());
		fake.asked.length = 0;
	});

	test('is asked for once, and Stripe’s own message about it adds nothing', async () => {
		const key = newId();
		await refundOf(2500, key);
		await refundOf(2500, key);
		expect(fake.asked.map((a) => [a.path, a.key, a.form.get('payment_intent'), a.form.get('amount')])).toEqual([['/v1/refunds', key, 'pi_1', '2500']]);
		refunded({ id: 're_test_2', amount: 2500 });
		take(stripeMessage('charge.refunded', { payment_intent: 'pi_1', amount: 7500, amount_refunded: 2500, currency: 'gbp' }, now));
		expect([invoiceNumbered(member, NUMBER), events().filter((e) => e.look)]).toMatchObject([{ refundedPence: 2500, standing: 'refunded' }, []]);
	});

	test('is never for more than was paid, in parts or at once', async () => {
		await expect(refundOf(7501)).rejects.toThrow('Only £75.00');
		await refundOf(5000);
		await expect(refundOf(2501)).rejects.toThrow('Only £25.00');
		await refundOf(2500);
		await expect(refundOf(1)).rejects.toThrow('All of it');
		expect(fake.asked).toHaveLength(2);
	});

	test('that was made at Stripe itself is recorded and shown to finance; another sum than the books say is shown too', () => {
		refunded({ id: 're_elsewhere', amount: 1000 });
		take(stripeMessage('charge.refunded', { payment_intent: 'pi_1', amount: 7500, amount_refunded: 3000, currency: 'gbp' }, now));
		refunded({ id: 're_too_much', amount: 7000 });
		expect(invoiceNumbered(member, NUMBER).refundedPence).toBe(1000);
		expect(events().map((e) => e.look !== null)).toEqual([false, true, true, true]);
	});

	test('that Stripe cannot make leaves the books as they are', async () => {
		fake.isDown = true;
		await expect(refundOf(100)).rejects.toThrow('could not give it back');
		expect(invoiceNumbered(member, NUMBER).refundedPence).toBe(0);
	});

	test('needs a recent proof of who one is', async () => {
		const books = finance(register.ctx);
		const paymentId = rows<{ id: string }>('SELECT id FROM payment')[0]?.id ?? '';
		const later = { ...books, now: books.now + 21 * 60_000 };
		await expect(refundPayment(later, { paymentId, pence: 1, reason: 'x', reference: '', repeatKey: newId(), membership: null }, {})).rejects.toThrow(
			'Confirm that it is you',
		);
	});
});

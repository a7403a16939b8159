import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { newId } from '#core/ids.ts';
import { ON_SETTLED } from '#features/directory/index.ts';
import { ownMembership } from '#features/membership/index.ts';
import { openCheckout, recordOfflinePayment, takeMessage, voidInvoice } from '#features/payments/index.ts';
import { as, newMember, periods, renew } from '#tests/features/membership/living.ts';
import { type FakeStripe, startFakeStripe, stripeMessage, stripeSettings } from '#tests/helpers/fake-stripe.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let fake: FakeStripe;
let register: TestRegister;
beforeEach(async () => {
	fake = await startFakeStripe();
	register = registerIn('2026-12-10', stripeSettings(fake));
});
afterEach(async () => {
	register.close();
	await fake.close();
});

/** A member who has ordered the next year and stands at the payment page. */
async function renewing() {
	const { ctx } = register;
	const personId = newMember(ctx, { fromOn: '2026-01-01', paidToOn: '2026-12-31', category: 'basic' });
	renew(ctx, personId);
	const { number, id, owedPence } = ownMembership(as(ctx, personId)).purchase?.invoice ?? { number: '', id: '', owedPence: 0 };
	await openCheckout(as(ctx, personId), number);
	const checkout = ctx.db.sql.prepare('SELECT id FROM checkout WHERE invoice_id = ?').pluck().get(id) as string;
	const paid = {
		id: 'cs_1',
		client_reference_id: checkout,
		amount_total: owedPence,
		currency: 'gbp',
		payment_intent: `pi_${checkout}`,
		payment_status: 'paid',
	};
	const transfer = { invoiceId: id, way: 'cheque' as const, reference: 'x', pence: owedPence, receivedOn: ctx.today };
	return { personId, invoiceId: id, paid, transfer };
}

const YEAR = [
	['basic', '2026-01-01', '2026-12-31', null],
	['basic', '2027-01-01', '2027-12-31', null],
];

test('a renewal that is paid by card and by cheque, told twice, late and out of order, gives one year without a gap', async () => {
	const acts = fc.array(fc.constantFrom('paid', 'paid_again', 'async', 'expired', 'cheque'), { minLength: 1, maxLength: 8 });
	await fc.assert(
		fc.asyncProperty(acts, async (steps) => {
			const { personId, paid, transfer } = await renewing();
			const { ctx } = register;
			const first = stripeMessage('checkout.session.completed', paid, ctx.now);
			const tell = (message: typeof first) => takeMessage(ctx, 'stripe', message, ON_SETTLED);
			for (const step of steps) {
				if (step === 'paid') tell(first);
				if (step === 'paid_again') tell(stripeMessage('checkout.session.completed', { ...paid, payment_intent: `pi_${newId()}` }, ctx.now));
				if (step === 'async') tell(stripeMessage('checkout.session.async_payment_succeeded', paid, ctx.now));
				if (step === 'expired') tell(stripeMessage('checkout.session.expired', paid, ctx.now));
				if (step === 'cheque') ignoringConflict(() => recordOfflinePayment(as(ctx, newId(), 'finance'), { ...transfer, repeatKey: newId() }, ON_SETTLED));
			}
			const isPaid = steps.some((step) => step !== 'expired');
			expect(periods(ctx, personId)).toEqual(isPaid ? YEAR : YEAR.slice(0, 1));
		}),
		{ numRuns: 60 },
	);
}, 60_000);

test('a payment that comes after the order was taken back makes no year, is kept, and is shown to finance', async () => {
	const { personId, invoiceId, paid } = await renewing();
	const { ctx } = register;
	commit(ctx, { name: 'test' }, (tx) => voidInvoice(tx, invoiceId, 'taken back'));
	takeMessage(ctx, 'stripe', stripeMessage('checkout.session.completed', paid, ctx.now), ON_SETTLED);
	expect(periods(ctx, personId)).toEqual(YEAR.slice(0, 1));
	expect(ctx.db.sql.prepare('SELECT look FROM payment_event').pluck().all()).toEqual([expect.stringContaining('voided when this was paid')]);
	expect(ctx.db.sql.prepare('SELECT count(*) FROM payment').pluck().get()).toBe(1);
});

function ignoringConflict(act: () => void): void {
	try {
		act();
	} catch (error) {
		if (!(error instanceof Error && 'status' in error)) throw error;
	}
}

import type Stripe from 'stripe';
import type { ProviderEvent } from './provider.ts';

type Told = Omit<ProviderEvent, 'id' | 'kind' | 'happenedAt'>;

const NOTHING: Told = { means: 'nothing', checkoutId: null, reference: null, refundReference: null, pence: null, currency: null };

/** What one of Stripe's messages says in our words. Those that we have no use for mean nothing. */
export function eventOf(event: Stripe.Event): ProviderEvent {
	return { id: event.id, kind: event.type, happenedAt: event.created * 1000, ...toldBy(event) };
}

function toldBy(event: Stripe.Event): Told {
	switch (event.type) {
		case 'checkout.session.completed':
			// Paid by a way that takes days: a later message says whether the money came.
			return ofSession(event.data.object, event.data.object.payment_status === 'paid' ? 'paid' : 'nothing');
		case 'checkout.session.async_payment_succeeded':
			return ofSession(event.data.object, 'paid');
		case 'checkout.session.async_payment_failed':
			return ofSession(event.data.object, 'failed');
		case 'checkout.session.expired':
			return ofSession(event.data.object, 'expired');
		case 'payment_intent.payment_failed':
			return ofIntent(event.data.object);
		case 'refund.created':
		case 'refund.updated':
			return ofRefund(event.data.object, event.data.object.status === 'succeeded' ? 'refunded' : 'nothing');
		case 'refund.failed':
			return ofRefund(event.data.object, 'disputed');
		case 'charge.refunded':
			return { ...ofMoney(event.data.object, 'given_back_in_all'), pence: event.data.object.amount_refunded };
		case 'charge.dispute.created':
		case 'charge.dispute.closed':
			return ofMoney(event.data.object, 'disputed');
		default:
			return NOTHING;
	}
}

function ofSession(session: Stripe.Checkout.Session, means: Told['means']): Told {
	const { client_reference_id: checkoutId, amount_total: pence, currency, payment_intent, id } = session;
	return { ...NOTHING, means, checkoutId, pence, currency, reference: keyOf(payment_intent) ?? id };
}

function ofIntent(intent: Stripe.PaymentIntent): Told {
	return { ...NOTHING, means: 'failed', checkoutId: intent.metadata.checkout ?? null, reference: intent.id, pence: intent.amount, currency: intent.currency };
}

function ofRefund(refund: Stripe.Refund, means: Told['means']): Told {
	return { ...ofMoney(refund, means), refundReference: refund.id };
}

type Money = { amount: number; currency: string; payment_intent: string | Stripe.PaymentIntent | null };

function ofMoney({ amount, currency, payment_intent }: Money, means: Told['means']): Told {
	return { ...NOTHING, means, reference: keyOf(payment_intent), pence: amount, currency };
}

function keyOf(intent: string | Stripe.PaymentIntent | null): string | null {
	return typeof intent === 'string' ? intent : (intent?.id ?? null);
}

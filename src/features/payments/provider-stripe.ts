import Stripe from 'stripe';
import type { PaymentSettings } from '#settings';
import { type CheckoutOrder, MESSAGE_AGE_SECONDS, type PaymentProvider } from './provider.ts';
import { eventOf } from './stripe-events.ts';

/** Pinned, so that what Stripe sends keeps the shape that `stripe-events.ts` reads. */
const API_VERSION = '2026-10-28.endive';
const TIMEOUT_MS = 10_000;

/** Stripe's hosted payment page (Checkout): card details are typed there and never reach us. */
export function stripeProvider(settings: NonNullable<PaymentSettings['stripe']>): PaymentProvider {
	const stripe = new Stripe(settings.secretKey, {
		apiVersion: API_VERSION,
		telemetry: false,
		maxNetworkRetries: 1,
		timeout: TIMEOUT_MS,
		...addressOf(settings.apiBase),
	});
	return {
		name: 'stripe',
		async startCheckout(order) {
			const session = await stripe.checkout.sessions.create(sessionFor(order), { idempotencyKey: order.id });
			if (!session.url) throw new Error('Stripe opened no page.');
			return { url: session.url, reference: session.id };
		},
		async refund({ reference, pence, repeatKey }) {
			const refund = await stripe.refunds.create({ payment_intent: reference, amount: pence }, { idempotencyKey: repeatKey });
			return refund.id;
		},
		readMessage(body, headers, now) {
			const event = verified(stripe, body, headers.get('stripe-signature') ?? '', settings.webhookSecret, now);
			return event && eventOf(event);
		},
	};
}

function sessionFor({ id, pence, invoiceNumber, label, expiresAt, returnTo }: CheckoutOrder): Stripe.Checkout.SessionCreateParams {
	return {
		mode: 'payment',
		client_reference_id: id,
		line_items: [{ quantity: 1, price_data: { currency: 'gbp', unit_amount: pence, product_data: { name: label } } }],
		payment_intent_data: { description: invoiceNumber, metadata: { checkout: id } },
		expires_at: Math.floor(expiresAt / 1000),
		success_url: returnTo.paid,
		cancel_url: returnTo.cancelled,
	};
}

function verified(stripe: Stripe, body: string, signature: string, secret: string, now: number): Stripe.Event | null {
	try {
		return stripe.webhooks.constructEvent(body, signature, secret, MESSAGE_AGE_SECONDS, undefined, now);
	} catch {
		return null;
	}
}

function addressOf(apiBase: string | null) {
	if (apiBase === null) return {};
	const { protocol, hostname, port } = new URL(apiBase);
	return { protocol: protocol === 'http:' ? ('http' as const) : ('https' as const), host: hostname, ...(port && { port }) };
}

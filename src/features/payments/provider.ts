import type { checkout } from '#db/schema/index.ts';

/** Who takes money on the website. */
export type ProviderName = (typeof checkout.$inferSelect)['provider'];

/** What a payment page is opened for. `id` is the key of our checkout: asking twice with the same one opens one page. Money is pence. */
export type CheckoutOrder = {
	id: string;
	pence: number;
	invoiceNumber: string;
	/** What the payment page says is paid for; no personal data. */
	label: string;
	/** Milliseconds UTC. */
	expiresAt: number;
	/** Full addresses of ours to come back to. */
	returnTo: { paid: string; cancelled: string };
};

/** What a provider says has happened, in our words. Only a signed message makes one. */
export type ProviderEvent = {
	/** The provider's key of the message: one message counts once. */
	id: string;
	/** The provider's own word for it. */
	kind: string;
	/** Milliseconds UTC. */
	happenedAt: number;
	means: 'paid' | 'failed' | 'cancelled' | 'expired' | 'refunded' | 'given_back_in_all' | 'disputed' | 'nothing';
	/** Our checkout, as we named it when we opened the page. */
	checkoutId: string | null;
	/** The provider's key of the payment. */
	reference: string | null;
	/** The provider's key of the refund. */
	refundReference: string | null;
	pence: number | null;
	/** Three letters, lower case. */
	currency: string | null;
};

/** The door to whoever takes the money. Everything it says is checked against what we asked for. */
export type PaymentProvider = {
	name: ProviderName;
	/** Opens a payment page, or finds the one opened for the same order. @throws Error when the provider cannot be reached. */
	startCheckout(order: CheckoutOrder): Promise<{ url: string; reference: string }>;
	/** Gives money back; twice with the same `repeatKey` gives it back once. @returns the provider's key of the refund. */
	refund(order: { reference: string; pence: number; repeatKey: string }): Promise<string>;
	/** What a message says; null when it is not signed by the provider, was changed on the way, or is more than five minutes old. */
	readMessage(body: string, headers: Headers, now: number): ProviderEvent | null;
};

/** How old a signed message may be, in seconds. */
export const MESSAGE_AGE_SECONDS = 300;

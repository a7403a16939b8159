import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { newId } from '#core/ids.ts';
import type { Keys } from '#core/keys.ts';
import { MESSAGE_AGE_SECONDS, type PaymentProvider, type ProviderEvent } from './provider.ts';

/** The header that a message of the demonstration is signed in: `t=<seconds>,v1=<hex>`. */
export const DEMO_SIGNATURE = 'demo-signature';

const message = z.object({
	id: z.string().min(1).max(100),
	kind: z.string().max(100),
	happenedAt: z.int(),
	means: z.enum(['paid', 'failed', 'cancelled', 'expired', 'refunded', 'given_back_in_all', 'disputed', 'nothing']),
	checkoutId: z.string().max(100).nullable(),
	reference: z.string().max(100).nullable(),
	refundReference: z.string().max(100).nullable(),
	pence: z.int().nullable(),
	currency: z.string().max(10).nullable(),
});

/** The demonstration's own payment page, where nobody pays anything: its messages are signed and checked as a real one's are. */
export function demoProvider(keys: Keys, payPath: (checkoutId: string) => string): PaymentProvider {
	return {
		name: 'demo',
		startCheckout: async ({ id }) => ({ url: payPath(id), reference: `demo_${id}` }),
		refund: async ({ repeatKey }) => `demo_refund_${repeatKey}`,
		readMessage(body, headers, now) {
			if (!isSigned(keys, body, headers.get(DEMO_SIGNATURE) ?? '', now)) return null;
			const parsed = message.safeParse(jsonOf(body));
			return parsed.success ? parsed.data : null;
		},
	};
}

export type DemoChoice = 'pay' | 'decline' | 'cancel';

const MEANS = { pay: 'paid', decline: 'failed', cancel: 'cancelled' } as const;

/** The signed message that the demonstration's payment page sends for a choice. */
export function demoMessage(keys: Keys, checkout: { id: string; pence: number }, choice: DemoChoice, now: number): { body: string; headers: Headers } {
	const event: ProviderEvent = {
		id: `demo_${newId()}`,
		kind: `demo.${choice}`,
		happenedAt: now,
		means: MEANS[choice],
		checkoutId: checkout.id,
		reference: `demo_payment_${checkout.id}`,
		refundReference: null,
		pence: checkout.pence,
		currency: 'gbp',
	};
	const body = JSON.stringify(event);
	return { body, headers: new Headers({ [DEMO_SIGNATURE]: signatureOf(keys, body, Math.floor(now / 1000)) }) };
}

/** @param seconds since 1970 */
export function signatureOf(keys: Keys, body: string, seconds: number): string {
	return `t=${seconds},v1=${macOf(keys, body, seconds).toString('hex')}`;
}

function isSigned(keys: Keys, body: string, signature: string, now: number): boolean {
	const match = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(signature);
	if (!match) return false;
	const seconds = Number(match[1]);
	const isRecent = Math.abs(now / 1000 - seconds) <= MESSAGE_AGE_SECONDS;
	return isRecent && timingSafeEqual(Buffer.from(match[2] as string, 'hex'), macOf(keys, body, seconds));
}

function macOf(keys: Keys, body: string, seconds: number): Buffer {
	const key = Buffer.from(hkdfSync('sha256', keys.secret, '', 'demo payments', 32));
	return createHmac('sha256', key).update(`${seconds}.${body}`).digest();
}

function jsonOf(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return null;
	}
}

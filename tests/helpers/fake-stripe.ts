import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';

export const WEBHOOK_SECRET = 'whsec_test_secret';

export type Asked = { path: string; key: string | undefined; version: string | undefined; form: URLSearchParams };

/** A stand-in for Stripe's interface on this machine: opens sessions, gives back, answers the same for the same idempotency key. */
export type FakeStripe = { apiBase: string; asked: Asked[]; isDown: boolean; close(): Promise<void> };

export async function startFakeStripe(): Promise<FakeStripe> {
	const answers = new Map<string, string>();
	const server = createServer(async (request, response) => {
		const asked = await askedOf(request);
		fake.asked.push(asked);
		const known = answers.get(`${asked.path} ${asked.key}`) ?? answerTo(asked, answers.size + 1);
		answers.set(`${asked.path} ${asked.key}`, known);
		response.writeHead(fake.isDown ? 500 : 200, { 'content-type': 'application/json', 'stripe-should-retry': 'false' });
		response.end(fake.isDown ? '{"error":{"message":"down"}}' : known);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const fake: FakeStripe = {
		apiBase: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		asked: [],
		isDown: false,
		close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
	};
	return fake;
}

/** The settings that connect to it. */
export function stripeSettings(fake: FakeStripe) {
	const stripe = { secretKey: 'sk_test_x', webhookSecret: WEBHOOK_SECRET, apiBase: fake.apiBase };
	return { payments: { way: 'stripe' as const, bankDetails: '', stripe } };
}

/** A message as Stripe signs it. @param at milliseconds UTC at which it was signed */
export function stripeMessage(type: string, object: Record<string, unknown>, at: number, id = `evt_${(count += 1)}`): { body: string; headers: Headers } {
	const body = JSON.stringify({ id, object: 'event', api_version: '2026-10-28.endive', created: Math.floor(at / 1000), type, data: { object } });
	return { body, headers: signed(body, at) };
}

let count = 0;

export function signed(body: string, at: number, secret = WEBHOOK_SECRET): Headers {
	const stripe = new Stripe('sk_test_x');
	const header = stripe.webhooks.generateTestHeaderString({ payload: body, secret, timestamp: Math.floor(at / 1000) });
	return new Headers({ 'stripe-signature': header });
}

async function askedOf(request: IncomingMessage): Promise<Asked> {
	let body = '';
	for await (const chunk of request) body += chunk;
	const { 'idempotency-key': key, 'stripe-version': version } = request.headers;
	return { path: request.url ?? '', key: key as string | undefined, version: version as string | undefined, form: new URLSearchParams(body) };
}

function answerTo({ path }: Asked, no: number): string {
	if (path === '/v1/checkout/sessions') return JSON.stringify({ id: `cs_test_${no}`, object: 'checkout.session', url: `https://checkout.example/c/${no}` });
	return JSON.stringify({ id: `re_test_${no}`, object: 'refund', status: 'succeeded' });
}

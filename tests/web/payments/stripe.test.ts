import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { type FakeStripe, startFakeStripe, stripeMessage, WEBHOOK_SECRET } from '#tests/helpers/fake-stripe.ts';
import { textOf } from '#tests/helpers/html.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { become, personWith } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let fake: FakeStripe;
let site: Site;
let ctx: Ctx;
beforeAll(async () => {
	fake = await startFakeStripe();
	const stripe = { PAYMENTS: 'stripe', STRIPE_SECRET_KEY: 'sk_test_x', STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_BASE: fake.apiBase };
	site = await startSite({ JOBS: 'outside', ...stripe });
	ctx = siteCtx(site);
});
afterAll(async () => {
	ctx?.db.sql.close();
	await Promise.all([site?.stop(), fake?.close()]);
});

test('paying with Stripe: our form leads to a page of ours with a plain link, and only a signed message settles', async () => {
	const memberId = personWith(site, 'member');
	const member = await become(site, memberId);
	const id = invoiceTo(ctx, memberId, { purpose: 'other', subjectId: 'test' });
	const number = ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(id) as string;
	const page = `/my/membership/invoices/${number}`;
	const sent = await member.post(`${page}/pay`);
	expect([sent.status, sent.headers.get('location')]).toEqual([303, `${page}/pay`]);
	const shown = await member.get(`${page}/pay`);
	expect(await shown.text()).toContain('<a class="button" href="https://checkout.example/c/1">');
	expect(shown.headers.get('content-security-policy')).toContain("form-action 'self'");
	expect(fake.asked[0]?.form.get('success_url')).toBe(`${site.origin}${page}?done=returned`);

	const text = async () => textOf(await (await member.get(`${page}?done=returned`)).text());
	expect(await text()).toContain('We have not heard of your payment yet');
	const checkout = ctx.db.sql.prepare('SELECT id FROM checkout WHERE invoice_id = ?').pluck().get(id);
	const session = { id: 'cs_test_1', client_reference_id: checkout, amount_total: 7500, currency: 'gbp', payment_intent: 'pi_1', payment_status: 'paid' };
	const message = stripeMessage('checkout.session.completed', session, ctx.now);
	const post = (headers: Headers, body = message.body) => fetch(`${site.origin}/api/payments/stripe/webhook`, { method: 'POST', headers, body });
	expect([(await post(new Headers())).status, (await post(message.headers, message.body.replace('7500', '9900'))).status]).toEqual([400, 400]);
	const together = await Promise.all(Array.from({ length: 6 }, () => post(message.headers)));
	expect(together.map((answer) => answer.status)).toEqual(Array(6).fill(200));
	expect(await text()).toContain('Thank you. Your payment has arrived.');
	expect(ctx.db.sql.prepare("SELECT times_received FROM payment_event WHERE provider = 'stripe'").pluck().all()).toEqual([6]);
});

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { invoicesOf, openCheckout } from '#features/payments/index.ts';
import { startFakeStripe, stripeMessage, stripeSettings } from '#tests/helpers/fake-stripe.ts';
import { as, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn } from '#tests/helpers/register-in.ts';

const PAYMENTS = 12;

/** Sends messages to the same register from a thread with a connection of its own; resolves to what became of each. */
async function sender(data: object): Promise<{ taken: string[] }> {
	const worker = new Worker(new URL('./message-sender.ts', import.meta.url), { workerData: data });
	const [answer] = (await once(worker, 'message')) as [{ taken: string[] }];
	return answer;
}

test('messages that come to two processes at once are taken once each', async () => {
	const fake = await startFakeStripe();
	const register = registerIn('2026-11-22', stripeSettings(fake));
	const { ctx } = register;
	const payer = putPayer(ctx);
	const bodies: { body: string; headers: [string, string][] }[] = [];
	for (let no = 1; no <= PAYMENTS; no += 1) {
		invoiceTo(ctx, payer, { subjectId: `renewal-${no}` });
		await openCheckout(as(ctx, payer), `INV-2026-${String(no).padStart(5, '0')}`);
	}
	for (const { id } of ctx.db.sql.prepare('SELECT id FROM checkout').all() as { id: string }[]) {
		const object = { id: `cs_${id}`, client_reference_id: id, amount_total: 7500, currency: 'gbp', payment_intent: `pi_${id}`, payment_status: 'paid' };
		const { body, headers } = stripeMessage('checkout.session.completed', object, ctx.now);
		bodies.push({ body, headers: [...headers] });
	}
	const data = { file: ctx.db.sql.name, keys: ctx.keys, settings: ctx.settings, now: ctx.now, bodies };
	const [one, two] = await Promise.all([sender(data), sender(data)]);
	const { taken } = { taken: [...one.taken, ...two.taken] };
	expect([taken.filter((t) => t === 'taken').length, taken.filter((t) => t === 'repeated').length]).toEqual([PAYMENTS, PAYMENTS]);
	expect(invoicesOf(ctx, payer).map((i) => [i.standing, i.paidPence])).toEqual(Array(PAYMENTS).fill(['paid', 7500]));
	expect(ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'test.granted' OR kind = 'payments.invoice_settled'").pluck().get()).toBe(PAYMENTS);
	register.close();
	await fake.close();
});

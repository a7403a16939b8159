import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { demoMessage } from '#features/payments/index.ts';
import { textOf } from '#tests/helpers/html.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { become, becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let site: Site;
let ctx: Ctx;
let member: Visitor;
let memberId: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', ORG_BANK_DETAILS: 'sort code 00-00-00, account 00000000' });
	ctx = siteCtx(site);
	memberId = personWith(site, 'member');
	member = await become(site, memberId);
});
afterAll(() => {
	ctx?.db.sql.close();
	return site?.stop();
});

/** Something else than a membership, so that nothing but the money moves. */
function bill(personId = memberId): string {
	const id = invoiceTo(ctx, personId, { purpose: 'other', subjectId: 'test', lines: [{ label: 'A day of training', pence: 7500 }] });
	return ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(id) as string;
}
const own = (number: string) => `/my/membership/invoices/${number}`;
const read = async (path: string, who = member) => textOf(await (await who.get(path)).text());
const checkoutOf = (number: string) =>
	ctx.db.sql.prepare('SELECT c.id, c.pence FROM checkout c JOIN invoice i ON i.id = c.invoice_id WHERE i.number = ?').get(number) as {
		id: string;
		pence: number;
	};

/** From the invoice to the payment page of the demonstration. */
async function toPaymentPage(number: string): Promise<string> {
	const answer = await member.post(`${own(number)}/pay`);
	expect(answer.status).toBe(303);
	return answer.headers.get('location') ?? '';
}

const post = (message: { body: string; headers: Headers }, provider = 'demo') =>
	fetch(`${site.origin}/api/payments/${provider}/webhook`, { method: 'POST', body: message.body, headers: message.headers });

describe('paying in the demonstration', () => {
	test('goes from the invoice to a payment page and back, and only then is it paid', async () => {
		const number = bill();
		expect(await read(own(number))).toContain('To pay by 22 December 2026');
		const page = await toPaymentPage(number);
		expect(await read(page)).toContain('Pay £75.00');
		const back = await member.post(page, { choice: 'pay' });
		expect([back.status, back.headers.get('location')]).toEqual([303, `${own(number)}?done=returned`]);
		const text = await read(`${own(number)}?done=returned`);
		expect(text).toContain('Your payment has arrived');
		expect(text).toContain('Paid by card');
		const receipt = await member.get(`${own(number)}/receipt.pdf`);
		expect([receipt.status, receipt.headers.get('content-type'), (await receipt.text()).slice(0, 5)]).toEqual([200, 'application/pdf', '%PDF-']);
	});

	test('that is declined or cancelled takes nothing, and coming back to the address of success is not believed', async () => {
		const number = bill();
		const page = await toPaymentPage(number);
		expect((await member.post(page, { choice: 'decline' })).headers.get('location')).toBe(`${own(number)}?done=declined`);
		expect((await member.post(page, { choice: 'cancel' })).headers.get('location')).toBe(`${own(number)}?done=cancelled`);
		expect(await read(`${own(number)}?done=returned`)).toContain('We have not heard of your payment yet');
		expect((await member.post(page, { choice: 'nonsense' })).status).toBe(422);
	});

	test('is possible at one’s own payment page only', async () => {
		const page = await toPaymentPage(bill());
		const other = await becomeA(site, 'trainee');
		expect([(await other.get(page)).status, (await other.post(page, { choice: 'pay' })).status]).toEqual([404, 404]);
	});
});

describe('an invoice', () => {
	test('of another member is not there: not its page, payment or receipt, whether it exists or not', async () => {
		const other = await becomeA(site, 'trainee');
		for (const number of [bill(), 'INV-2026-99999']) {
			for (const path of [own(number), `${own(number)}/pay`, `${own(number)}/receipt.pdf`]) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
			expect((await other.post(`${own(number)}/pay`)).status).toBe(404);
			expect(await read('/my/membership/invoices', other)).not.toContain(number);
		}
	});

	test('says how to pay without a card, and has no field for a card’s number', async () => {
		const number = bill();
		const html = await (await member.get(`${own(number)}/pay`)).text();
		expect(textOf(html)).toContain(`sort code 00-00-00, account 00000000. Use ${number} as the reference`);
		expect(html).not.toMatch(/<input[^>]*(card|cvc|cc-)/i);
	});
});

describe('the door for messages of a provider', () => {
	test('lets a signed one in from elsewhere, without an Origin; twice changes nothing twice', async () => {
		const number = bill();
		await toPaymentPage(number);
		const message = demoMessage(ctx.keys, checkoutOf(number), 'pay', ctx.now);
		expect([(await post(message)).status, (await post(message)).status]).toEqual([200, 200]);
		expect(await read(own(number))).toContain('Paid');
		expect(ctx.db.sql.prepare('SELECT count(*) FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.number = ?').pluck().get(number)).toBe(1);
	});

	test('two at once, of the same payment, count once', async () => {
		const number = bill();
		await toPaymentPage(number);
		const [one, two] = [demoMessage(ctx.keys, checkoutOf(number), 'pay', ctx.now), demoMessage(ctx.keys, checkoutOf(number), 'pay', ctx.now)];
		const answers = await Promise.all([post(one), post(two), post(one), post(two)]);
		expect(answers.map((a) => a.status)).toEqual([200, 200, 200, 200]);
		const sums = 'SELECT sum(p.pence) FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.number = ?';
		expect(ctx.db.sql.prepare(sums).pluck().get(number)).toBe(7500);
	});

	test('refuses what is unsigned, changed or old with 400, and other providers with 404', async () => {
		const number = bill();
		await toPaymentPage(number);
		const message = demoMessage(ctx.keys, checkoutOf(number), 'pay', ctx.now);
		const old = demoMessage(ctx.keys, checkoutOf(number), 'pay', ctx.now - 3_600_000);
		const wrong = [
			{ ...message, headers: new Headers() },
			{ ...message, body: message.body.replace('7500', '1') },
			old,
			{ body: '{}', headers: new Headers() },
		];
		for (const one of wrong) expect((await post(one)).status).toBe(400);
		expect([(await post(message, 'stripe')).status, (await post(message, 'nobody')).status]).toEqual([404, 403]);
		expect(await read(own(number))).toContain('To pay by');
	});

	test('opens for nothing else: a form without our own origin is refused as ever', async () => {
		const answer = await fetch(`${site.origin}/demo/become`, { method: 'POST', body: new URLSearchParams({ person: memberId }) });
		expect(answer.status).toBe(403);
	});
});

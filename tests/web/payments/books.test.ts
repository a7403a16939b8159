import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { textOf } from '#tests/helpers/html.ts';
import { invoiceTo } from '#tests/helpers/payer.ts';
import { becomeA, personWith, type Visitor } from '#tests/helpers/person.ts';
import { type Site, startSite } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';

let site: Site;
let ctx: Ctx;
let books: Visitor;
let memberId: string;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside', PAYMENTS: 'offline' });
	ctx = siteCtx(site);
	memberId = personWith(site, 'member');
	books = await becomeA(site, 'finance');
});
afterAll(() => {
	ctx?.db.sql.close();
	return site?.stop();
});

function bill(personId = memberId, label = 'A day of training'): string {
	const id = invoiceTo(ctx, personId, { purpose: 'other', subjectId: 'test', lines: [{ label, pence: 7500 }] });
	return ctx.db.sql.prepare('SELECT number FROM invoice WHERE id = ?').pluck().get(id) as string;
}
const at = (number: string, act = '') => `/office/payments/${number}${act && `/${act}`}`;
const read = async (path: string) => textOf(await (await books.get(path)).text());
const recorded = { amount: '75.00', receivedOn: '20/11/2026', way: 'bank_transfer', reference: 'FPI 123', repeatKey: 'key-12345678' };
const paymentOf = (number: string) =>
	ctx.db.sql.prepare('SELECT p.id FROM payment p JOIN invoice i ON i.id = p.invoice_id WHERE i.number = ?').pluck().get(number) as string;

describe('the books', () => {
	test('find an invoice by its number and by the beginning of a name, and count what is owed', async () => {
		const number = bill();
		expect(await read('/office/payments')).toContain(number);
		expect(await read(`/office/payments?q=${number.toLowerCase()}&show=all`)).toContain(number);
		expect(await read('/office/payments?q=zzzzzz')).toContain('0 invoices');
		expect(await read('/office/payments?show=void')).not.toContain(number);
		expect((await books.get('/office/payments?show=toString&page=-1')).status).toBe(200);
	});

	test('take a transfer down in parts; what is typed stays when it is too much', async () => {
		const number = bill();
		const tooMuch = await books.post(at(number, 'record'), { ...recorded, amount: '75.01' });
		const text = await tooMuch.text();
		expect([tooMuch.status, text.includes('Only £75.00 is owed'), text.includes('value="FPI 123"')]).toEqual([422, true, true]);
		expect((await books.post(at(number, 'record'), { ...recorded, amount: '£25', repeatKey: 'part-1-abcdef' })).status).toBe(303);
		expect(await read(at(number))).toContain('£50.00 left to pay');
		const again = { ...recorded, amount: '50', repeatKey: 'part-2-abcdef' };
		expect([(await books.post(at(number, 'record'), again)).status, (await books.post(at(number, 'record'), again)).status]).toEqual([303, 303]);
		expect(await read(`${at(number)}?done=recorded`)).toContain('The payment is recorded.');
		expect(await read(at(number))).toContain('Paid');
	});

	test.each([
		['', 'Enter an amount'],
		['0', 'Enter an amount'],
		['-1', 'Enter an amount'],
		['1e3', 'Enter an amount'],
		['2,5', 'Enter an amount'],
		['75.001', 'Enter an amount'],
	])('refuse the amount %j beside its field', async (amount, message) => {
		const answer = await books.post(at(bill(), 'record'), { ...recorded, amount });
		expect([answer.status, (await answer.text()).includes(message)]).toEqual([422, true]);
	});

	test.each(['31/02/2026', '', 'yesterday', '23/11/2026'])('refuse the day %j', async (receivedOn) => {
		expect((await books.post(at(bill(), 'record'), { ...recorded, receivedOn })).status).toBe(422);
	});

	test('give back in parts, with a reason and a proof, never more than was paid', async () => {
		const number = bill();
		await books.post(at(number, 'record'), { ...recorded, repeatKey: 'paid-abcdefgh' });
		const refund = at(number, `refund?payment=${paymentOf(number)}`);
		const given = { amount: '30', reason: 'Came for half of it.', reference: 'OUT 1', repeatKey: 'back-1-abcdef' };
		expect((await books.post(refund, { ...given, reference: '' })).status).toBe(422);
		expect((await books.post(refund, { ...given, reason: '' })).status).toBe(422);
		expect((await books.post(refund, { ...given, amount: '75.01' })).status).toBe(422);
		expect((await books.post(refund, given)).status).toBe(303);
		expect((await books.post(refund, { ...given, amount: '45.01', repeatKey: 'back-2-abcdef' })).status).toBe(422);
		expect(await read(at(number))).toContain('Paid; £30.00 given back');
		expect(await read(at(number))).toContain('Came for half of it.');
	});

	test('void an invoice with a reason, once, from a page that was not overtaken', async () => {
		const number = bill();
		expect((await books.post(at(number, 'void'), { version: '1', reason: '' })).status).toBe(422);
		expect((await books.post(at(number, 'void'), { version: '7', reason: 'Issued twice' })).status).toBe(409);
		expect((await books.post(at(number, 'void'), { version: '1', reason: 'Issued twice' })).status).toBe(303);
		expect((await books.post(at(number, 'void'), { version: '2', reason: 'Issued twice' })).status).toBe(409);
		expect(await read(at(number))).toContain('Issued twice');
	});

	test('are kept by somebody else on one’s own invoice', async () => {
		const number = bill(personWith(site, 'finance'));
		expect(await read(at(number))).toContain('somebody else keeps the books');
		expect((await books.post(at(number, 'record'), { ...recorded, repeatKey: 'own-12345678' })).status).toBe(403);
		expect((await books.post(at(number, 'void'), { version: '1', reason: 'x' })).status).toBe(403);
	});

	test('note a transfer that fits nothing, until somebody says what became of it', async () => {
		const transfer = { amount: '12.34', receivedOn: '2026-11-20', reference: 'NO IDEA', repeatKey: 'odd-12345678' };
		expect((await books.post('/office/payments/looks', transfer)).status).toBe(303);
		expect((await books.post('/office/payments/looks', transfer)).status).toBe(303);
		const ids = ctx.db.sql.prepare("SELECT id FROM payment_event WHERE reference = 'NO IDEA'").pluck().all();
		expect(ids).toHaveLength(1);
		expect(await read('/office/payments/looks')).toContain('A transfer of 20 November 2026 that fits no invoice');
		const one = `/office/payments/looks/${ids[0]}`;
		expect(await read(one)).toContain('£12.34');
		expect((await books.post(one, { note: '' })).status).toBe(422);
		expect((await books.post(one, { note: 'Sent back.' })).status).toBe(303);
		expect((await books.post(one, { note: 'Sent back.' })).status).toBe(409);
		expect(await read('/office/payments/looks')).toContain('Sent back.');
	});

	test('are exported as a table that no spreadsheet takes for formulas, and the export is on record', async () => {
		const number = bill();
		await books.post(at(number, 'record'), { ...recorded, reference: '=1+1', repeatKey: 'formula-12345' });
		const answer = await books.post('/office/payments/export', { fromOn: '01/11/2026', toOn: '30/11/2026' });
		const csv = await answer.text();
		expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([
			200,
			'text/csv; charset=utf-8',
			expect.stringContaining('payments-2026-11-01-to-2026-11-30.csv'),
		]);
		expect(csv.split('\n').find((line) => line.includes(number))).toMatch(/,'=1\+1,75\.00,,/);
		expect(ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'payments.exported'").pluck().get()).toBe(1);
		expect((await books.post('/office/payments/export', { fromOn: '2026-12-01', toOn: '2026-11-01' })).status).toBe(422);
	});
});

describe('a reduced fee', () => {
	const asked = (who: string) => ({ who, fromOn: '2026-11-22', toOn: '2027-11-21', reason: 'Parental leave' });
	const numberOf = (personId: string) => ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(personId) as string;

	test('is granted once for the same days, and ended', async () => {
		const officer = await becomeA(site, 'membership_officer');
		expect((await officer.post('/office/payments/concessions', asked('IPT-nobody'))).status).toBe(422);
		expect((await officer.post('/office/payments/concessions', asked(numberOf(memberId)))).status).toBe(303);
		expect((await officer.post('/office/payments/concessions', asked(numberOf(memberId)))).status).toBe(409);
		const id = ctx.db.sql.prepare('SELECT id FROM concession').pluck().get() as string;
		expect((await officer.post(`/office/payments/concessions/${id}/end`, { version: '1' })).status).toBe(303);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concession').pluck().get()).toBe(0);
	});
});

test('where people pay by transfer only, no payment page is offered', async () => {
	const number = bill();
	const member = await becomeA(site, 'member');
	expect(textOf(await (await member.get(`/my/membership/invoices/${number}`)).text())).not.toContain('Pay now');
	expect((await member.post(`/my/membership/invoices/${number}/pay`)).status).toBe(409);
});

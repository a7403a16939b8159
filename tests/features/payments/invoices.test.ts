import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { invoiceNumbered, invoicesOf, type OnSettled, recordOfflinePayment, type SettledInvoice, voidInvoice } from '#features/payments/index.ts';
import { as, finance, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ann: string;
let granted: SettledInvoice[];
const onSettled: OnSettled = { membership: (_, invoice) => void granted.push(invoice) };
beforeEach(() => {
	register = registerIn('2026-11-22');
	ann = putPayer(register.ctx);
	granted = [];
});
afterEach(() => register.close());

const transfer = (invoiceId: string, pence: number, repeatKey = newId()) => ({
	invoiceId,
	way: 'bank_transfer' as const,
	reference: 'INV A EXAMPLE',
	pence,
	receivedOn: '2026-11-20',
	repeatKey,
});
const first = () => invoicesOf(register.ctx, ann)[0];

describe('an invoice', () => {
	test('has the next number of its year, and a write that fails uses none up', () => {
		invoiceTo(register.ctx, ann);
		expect(() => invoiceTo(register.ctx, 'nobody')).toThrow();
		invoiceTo(register.ctx, ann);
		invoiceTo({ ...register.ctx, today: '2027-01-01', now: register.ctx.now + 1 }, ann);
		expect(invoicesOf(register.ctx, ann).map((i) => i.number)).toEqual(['INV-2027-00001', 'INV-2026-00002', 'INV-2026-00001']);
	});

	test('is for a sum above 0 in whole pence', () => {
		const line = (pence: number) => () => invoiceTo(register.ctx, ann, { lines: [{ label: 'x', pence }] });
		for (const pence of [0, -1, 0.5, Number.NaN]) expect(line(pence)).toThrow(RangeError);
	});

	test('cannot be deleted or rewritten, not even past the program', () => {
		invoiceTo(register.ctx, ann);
		const run = (text: string) => () => register.ctx.db.sql.exec(text);
		expect(run('DELETE FROM invoice')).toThrow('never deleted');
		expect(run('UPDATE invoice SET total_pence = 1')).toThrow('not rewritten');
		expect(run('UPDATE invoice_line SET pence = 1')).toThrow('never changed');
	});

	test('that is voided stays with its number and is owed no more; a second time is told', () => {
		const id = invoiceTo(register.ctx, ann);
		const undo = () => commit(register.ctx, { name: 'test' }, (tx) => voidInvoice(tx, id, 'issued twice'));
		undo();
		expect(first()).toMatchObject({ standing: 'void', owedPence: 0, voidReason: 'issued twice' });
		expect(undo).toThrow(Conflict);
		expect(() => recordOfflinePayment(finance(register.ctx), transfer(id, 7500), onSettled)).toThrow('voided');
	});

	test('is not there for another member, whether it exists or not', () => {
		invoiceTo(register.ctx, ann);
		const other = as(register.ctx, putPayer(register.ctx, 'Ben'));
		for (const number of ['INV-2026-00001', 'INV-2026-09999']) expect(() => invoiceNumbered(other, number)).toThrow('There is no such invoice.');
		expect(() => invoicesOf(other, ann)).toThrow('There are no such invoices.');
		expect(invoiceNumbered(as(register.ctx, ann), 'INV-2026-00001').totalPence).toBe(7500);
	});
});

describe('a payment outside the website', () => {
	test('in two parts settles the invoice once, with the second', () => {
		const id = invoiceTo(register.ctx, ann);
		const books = finance(register.ctx);
		recordOfflinePayment(books, transfer(id, 2500), onSettled);
		expect([first()?.standing, first()?.owedPence, granted.length]).toEqual(['part_paid', 5000, 0]);
		recordOfflinePayment(books, transfer(id, 5000), onSettled);
		expect([first()?.standing, first()?.owedPence]).toEqual(['paid', 0]);
		expect(granted).toEqual([{ id, number: 'INV-2026-00001', personId: ann, purpose: 'membership', subjectId: 'renewal-1', totalPence: 7500 }]);
		expect(() => recordOfflinePayment(books, transfer(id, 1), onSettled)).toThrow('paid already');
	});

	test('sent twice from the same form counts once', () => {
		const id = invoiceTo(register.ctx, ann);
		const books = finance(register.ctx);
		const input = transfer(id, 2500);
		recordOfflinePayment(books, input, onSettled);
		recordOfflinePayment(books, input, onSettled);
		expect(first()?.paidPence).toBe(2500);
	});

	test('of more than is owed, or on a day to come, is refused', () => {
		const id = invoiceTo(register.ctx, ann);
		const books = finance(register.ctx);
		expect(() => recordOfflinePayment(books, transfer(id, 7501), onSettled)).toThrow('Only £75.00 is owed');
		expect(() => recordOfflinePayment(books, { ...transfer(id, 1), receivedOn: '2026-11-23' }, onSettled)).toThrow('future');
		expect(first()?.paidPence).toBe(0);
	});

	test('is recorded by finance or the registrar, never by others or on their own invoice', () => {
		const id = invoiceTo(register.ctx, ann);
		for (const ctx of [
			as(register.ctx, ann, 'finance'),
			as(register.ctx, ann),
			as(register.ctx, putPayer(register.ctx, 'Eve'), 'external_reviewer', 'administrator'),
		])
			expect(() => recordOfflinePayment(ctx, transfer(id, 7500), onSettled)).toThrow('Somebody else has to record this');
		recordOfflinePayment(as(register.ctx, putPayer(register.ctx, 'Reg'), 'registrar'), transfer(id, 7500), onSettled);
		expect(granted).toHaveLength(1);
	});

	test('stays when what it was for cannot be granted any more; a bug undoes it', () => {
		const [refused, broken] = [invoiceTo(register.ctx, ann), invoiceTo(register.ctx, ann)];
		const books = finance(register.ctx);
		recordOfflinePayment(books, transfer(refused, 7500), {
			membership: () => {
				throw new Conflict('They have left.');
			},
		});
		const fails = () => {
			throw new Error('bug');
		};
		expect(() => recordOfflinePayment(books, transfer(broken, 7500), { membership: fails })).toThrow('bug');
		expect(invoicesOf(register.ctx, ann).map((i) => [i.id === refused, i.standing])).toEqual([
			[false, 'open'],
			[true, 'paid'],
		]);
	});
});

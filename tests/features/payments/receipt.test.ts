import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import { receiptPdf, recordOfflinePayment } from '#features/payments/index.ts';
import { as, finance, invoiceTo, putPayer } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

const NUMBER = 'INV-2026-00001';
let register: TestRegister;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ann = putPayer(register.ctx);
	const id = invoiceTo(register.ctx, ann, {
		lines: [
			{ label: 'Basic membership', pence: 7500 },
			{ label: 'Reduced fee', pence: -3750 },
		],
	});
	const paid = { invoiceId: id, way: 'cheque' as const, reference: 'SECRET-000123', pence: 2500, receivedOn: '2026-11-20', repeatKey: newId() };
	recordOfflinePayment(finance(register.ctx), paid, {});
});
afterEach(() => register.close());

async function textIn(content: Buffer): Promise<string> {
	const pdf = await getDocument({ data: new Uint8Array(content), verbosity: VerbosityLevel.ERRORS }).promise;
	const { items } = await (await pdf.getPage(1)).getTextContent();
	return items
		.map((item) => ('str' in item ? item.str : ''))
		.join(' ')
		.replace(/\s+/g, ' ');
}

test('a receipt says who paid what, for what and what is left, on one page and without the bank’s references', async () => {
	const { name, content } = await receiptPdf(as(register.ctx, ann), NUMBER);
	const text = await textIn(content);
	expect(name).toBe('receipt-INV-2026-00001.pdf');
	for (const said of ['Ann Example', NUMBER, 'Basic membership', '-£37.50', '20 November 2026', 'Paid £25.00 in all. £12.50 is still to be paid.'])
		expect(text).toContain(said);
	expect(text).not.toContain('SECRET');
});

test('there is none for another member, and none before anything was paid', async () => {
	await expect(receiptPdf(as(register.ctx, putPayer(register.ctx, 'Ben')), NUMBER)).rejects.toThrow('There is no such invoice');
	invoiceTo(register.ctx, ann);
	await expect(receiptPdf(as(register.ctx, ann), 'INV-2026-00002')).rejects.toThrow('Nothing has been paid');
});

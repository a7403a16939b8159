import { test } from 'vitest';
import { failureMail, type InvoiceMailFacts, invoiceMail, receiptMail, refundMail } from '#features/payments/mails.ts';
import { readSettings } from '#settings';
import { expectGoldenMail } from '#tests/helpers/golden.ts';

const settings = readSettings({ PUBLIC_ORIGIN: 'https://register.example', ORG_BANK_DETAILS: 'sort code 00-00-00, account 00000000' });
const facts: InvoiceMailFacts = { to: 'ann@payer.example', today: '2026-11-22', number: 'INV-2026-00042', settings };

test('an invoice says what it is for, by when and how it is paid', () => {
	const lines = [
		{ label: 'Basic membership, 1 January 2027 to 31 December 2027', pence: 7500 },
		{ label: 'Reduced fee', pence: -3750 },
	];
	expectGoldenMail(invoiceMail({ ...facts, id: 'x', lines, totalPence: 3750, dueOn: '2026-12-22' }));
});

test('where nobody said where a transfer goes, the invoice leaves it out', () => {
	const bare = { ...facts, settings: readSettings({ PUBLIC_ORIGIN: 'https://register.example' }) };
	expectGoldenMail(invoiceMail({ ...bare, id: 'x', lines: [{ label: 'A day of training', pence: 100 }], totalPence: 100, dueOn: '2026-12-22' }), 'no-bank');
});

test('a receipt says what came and what is left', () => {
	expectGoldenMail(receiptMail({ ...facts, paymentId: 'x', pence: 3750, owedPence: 0 }));
	expectGoldenMail(receiptMail({ ...facts, paymentId: 'x', pence: 1000, owedPence: 2750 }), 'part');
});

test('a refund says how the money comes back', () => {
	expectGoldenMail(refundMail({ ...facts, refundId: 'x', pence: 1000, way: 'card' }), 'card');
	expectGoldenMail(refundMail({ ...facts, refundId: 'x', pence: 1000, way: 'cheque' }), 'offline');
});

test('a payment that failed says that nothing was taken and what to do', () => {
	expectGoldenMail(failureMail({ ...facts, checkoutId: 'x' }));
});

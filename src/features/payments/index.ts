export { openCheckout, openCheckoutFor } from './checkout-commands.ts';
export { endConcession, grantConcession, type NewConcession } from './concession-commands.ts';
export { type ConcessionView, concessionBy, concessionsFrom, payerBy } from './concession-queries.ts';
export { chooseOnDemoPage, type DemoCheckout, demoCheckout } from './demo-commands.ts';
export { type InvoiceDetail, invoiceDetail, type PaymentView, paymentOn, type RefundView, WAYS } from './detail-queries.ts';
export { exportPayments } from './export-command.ts';
export { begunMonths, type FeeCategory, type FeeFor, type Fees, feeFor, splitByMonths, yearlyFee } from './fees.ts';
export { type FeeVersion, feesOn, feeVersions, hasConcession } from './fees-queries.ts';
export { concessionForm, endConcessionForm, exportForm, lookForm, recordForm, refundForm, transferForm, voidForm } from './forms.ts';
export { issueInvoice, type NewInvoice, voidInvoice } from './invoice-commands.ts';
export { closeLook, noteTransfer, type Transfer } from './look-commands.ts';
export {
	type BooksAtAGlance,
	booksAtAGlance,
	invoicesForOffice,
	type Look,
	lookAt,
	looks,
	type OfficeInvoices,
	SHOWN,
	type Shown,
	shownOf,
} from './office-queries.ts';
export { type OfflinePayment, recordOfflinePayment } from './offline-commands.ts';
export { canGrantConcession, canKeepBooks, canSeePayments } from './policy.ts';
export { DEMO_SIGNATURE, type DemoChoice, demoMessage, signatureOf } from './provider-demo.ts';
export { providerOf } from './providers.ts';
export { type Invoice, invoiceFor, invoiceNumbered, invoicesOf } from './queries.ts';
export { receiptPdf } from './receipt.ts';
export { type NewRefund, refundPayment } from './refund-commands.ts';
export { type OnRefunded, type RefundChoice, type WouldEnd, wouldEndWith } from './refunded.ts';
export type { OnSettled, Purpose, SettledInvoice } from './settled.ts';
export { STANDING_WORDS, type Standing } from './standing.ts';
export { voidByOffice } from './void-command.ts';
export { takeMessage } from './webhook-commands.ts';
export { lineRows, lookFacts, lookRow, moneyRows, ownRow, refundChoices, sayPayment, sayStanding } from './words.ts';

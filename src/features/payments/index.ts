export { begunMonths, type FeeCategory, type FeeFor, type Fees, feeFor, splitByMonths, yearlyFee } from './fees.ts';
export { feesOn, hasConcession } from './fees-queries.ts';
export { issueInvoice, type NewInvoice, voidInvoice } from './invoice-commands.ts';
export { type OfflinePayment, recordOfflinePayment } from './offline-commands.ts';
export { canGrantConcession, canKeepBooks, canSeePayments } from './policy.ts';
export { type Invoice, invoiceFor, invoiceNumbered, invoicesOf } from './queries.ts';
export type { OnSettled, Purpose, SettledInvoice } from './settled.ts';
export { STANDING_WORDS, type Standing } from './standing.ts';

import type { Tx } from '#core/commit.ts';
import type { invoice } from '#db/schema/index.ts';

export type Purpose = (typeof invoice.$inferSelect)['purpose'];

/** An invoice at the moment it is paid in full for the first time. Money is pence. */
export type SettledInvoice = { id: string; number: string; personId: string; purpose: Purpose; subjectId: string; totalPence: number };

/**
 * What is granted when an invoice is paid in full: one handler a purpose, called once for an invoice, in the transaction of the payment.
 * A handler that throws one of the expected errors (`Conflict`, `NotFound`, …) undoes only what it did itself: the payment is a fact and
 * stays, and finance sees that its purpose could not be carried out. Any other error undoes the whole, and the provider tells us again.
 */
export type OnSettled = Partial<Record<Purpose, (tx: Tx, invoice: SettledInvoice) => void>>;

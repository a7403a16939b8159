import type { OnSettled } from '#features/payments/index.ts';

/** What is granted when an invoice is paid in full, by whichever way the money came: every page that takes a payment hands this in. */
export const onSettled: OnSettled = {};

import { record } from '#core/audit.ts';
import { ON_SETTLED as MEMBERSHIP_SETTLED } from '#features/directory/index.ts';
import type { OnSettled } from '#features/payments/index.ts';

/**
 * What is granted when an invoice is paid in full, of whatever purpose: pages and webhooks hand it to the commands of payments. An application
 * was sent and counts already; that its fee is paid lets the office find it complete.
 */
export const ON_SETTLED: OnSettled = {
	...MEMBERSHIP_SETTLED,
	application: (tx, { id, number, subjectId }) => record(tx, 'accreditation.fee_paid', { type: 'application', id: subjectId }, { invoice: id, number }),
};

import { record } from '#core/audit.ts';
import { prepared } from '#db/prepared.ts';
import { ON_SETTLED as MEMBERSHIP_SETTLED } from '#features/directory/index.ts';
import type { OnSettled } from '#features/payments/index.ts';

/**
 * What is granted when an invoice is paid in full, of whatever purpose: pages and webhooks hand it to the commands of payments. An application
 * or re-accreditation was sent and counts already; that its fee is paid lets the office find it complete, or confirm it.
 */
export const ON_SETTLED: OnSettled = {
	...MEMBERSHIP_SETTLED,
	application: (tx, { id, number, subjectId }) => {
		const isRenewal = prepared(tx.db.sql, 'SELECT 1 FROM renewal WHERE id = ?').get(subjectId) !== undefined;
		if (isRenewal) record(tx, 'renewal.fee_paid', { type: 'renewal', id: subjectId }, { invoice: id, number });
		else record(tx, 'accreditation.fee_paid', { type: 'application', id: subjectId }, { invoice: id, number });
	},
};

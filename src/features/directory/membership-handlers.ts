import { type MembershipHandlers, refundedMembership, settledMembership } from '#features/membership/index.ts';
import type { OnRefunded, OnSettled } from '#features/payments/index.ts';
import { hasOpenOrder } from '#features/register/index.ts';
import { refreshFinder } from './finder.ts';
import { moveListing } from './listing-slug.ts';

/** What membership needs of the register and the directory, which stand after it: pages and jobs hand it to its commands. */
export const MEMBERSHIP_HANDLERS: MembershipHandlers = {
	onChanged: refreshFinder,
	hasOpenCase: (tx, personId) => hasOpenOrder(tx.db, personId, tx.ctx.today),
};

/** The same where a name changes: the address of a listing holds it, and the old address goes on leading to it. */
export const NAMING_HANDLERS: Pick<MembershipHandlers, 'onChanged'> = {
	onChanged(tx, personId) {
		moveListing(tx, personId);
		refreshFinder(tx, personId);
	},
};

/** What is granted when an invoice is paid in full: pages and webhooks hand it to the commands of payments. */
export const ON_SETTLED: OnSettled = settledMembership(MEMBERSHIP_HANDLERS);

/** What a refund may end: the page of a refund hands it to the command of payments. */
export const ON_REFUNDED: OnRefunded = refundedMembership(MEMBERSHIP_HANDLERS);

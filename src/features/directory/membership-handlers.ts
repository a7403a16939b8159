import { type MembershipHandlers, settledMembership } from '#features/membership/index.ts';
import type { OnSettled } from '#features/payments/index.ts';
import { hasOpenOrder } from '#features/register/index.ts';
import { refreshFinder } from './finder.ts';

/** What membership needs of the register and the directory, which stand after it: pages and jobs hand it to its commands. */
export const MEMBERSHIP_HANDLERS: MembershipHandlers = {
	onChanged: refreshFinder,
	hasOpenCase: (tx, personId) => hasOpenOrder(tx.db, personId, tx.ctx.today),
};

/** What is granted when an invoice is paid in full: pages and webhooks hand it to the commands of payments. */
export const ON_SETTLED: OnSettled = settledMembership(MEMBERSHIP_HANDLERS);

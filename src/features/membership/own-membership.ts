import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import { type Invoice, invoiceFor } from '#features/payments/index.ts';
import { openApplication } from './application-queries.ts';
import type { Application } from './application-states.ts';
import { creditOf } from './credit.ts';
import { membershipFactsOf, membershipStatusOf, type Period, periodsOf } from './facts-queries.ts';
import { type LeaveRequest, lastLeaveRequest } from './leave-queries.ts';
import { type Leaving, openLeaving } from './leaving-queries.ts';
import { openPurchase, type Purchase } from './purchases.ts';
import { stateMark } from './renew-commands.ts';
import { type Renewal, renewalOn } from './renewal.ts';
import { type MembershipRules, membershipRules } from './rules.ts';
import { isMember, type MembershipStatus } from './status.ts';

/** Everything about one's own membership that its pages show. */
export type OwnMembership = {
	status: MembershipStatus;
	rules: MembershipRules;
	periods: Period[];
	/** Leave that runs or is to come. */
	leave: { fromOn: string; toOn: string } | null;
	leaves: readonly { fromOn: string; toOn: string }[];
	renewal: Renewal;
	/** What is ordered and not paid, with its invoice. */
	purchase: (Purchase & { invoice: Invoice | null }) | null;
	leaving: Leaving | null;
	leaveRequest: LeaveRequest | null;
	application: Application | null;
	creditPence: number;
	/** What forms send along, so that a page opened earlier changes nothing by surprise. */
	mark: string;
};

/** One's own membership, today. @throws SignInRequired */
export function ownMembership(ctx: Ctx): OwnMembership {
	const { personId } = personOf(ctx);
	const { db, today } = ctx;
	const periods = periodsOf(db, personId);
	const status = membershipStatusOf(ctx, personId);
	const rules = membershipRules(db, today);
	const { leaves } = membershipFactsOf(db, personId);
	const purchase = openPurchase(db, personId);
	return {
		status,
		rules,
		periods,
		leaves,
		leave: leaves.find((l) => l.toOn >= today) ?? null,
		renewal: renewalOn(status, periods, today, rules),
		purchase: purchase && { ...purchase, invoice: invoiceFor(ctx, 'membership', purchase.id) },
		leaving: openLeaving(db, personId),
		leaveRequest: lastLeaveRequest(db, personId),
		application: openApplication(db, personId),
		creditPence: creditOf(db, personId),
		mark: stateMark(periods),
	};
}

/** The acts on the page of one's membership. */
export const ACTS = [
	'renew',
	'grade',
	'leave',
	'withdraw-leave',
	'end-leave',
	'employer',
	'employment-ended',
	'cancel-order',
	'resign',
	'retire',
	'stay',
] as const;
export type Act = (typeof ACTS)[number];

/** What a member may do now; the page offers nothing else. */
export function actsOf(own: OwnMembership): Act[] {
	const { status, renewal, leave, leaving } = own;
	const isFree = isMember(status.state) && leaving === null && status.endsOn === null;
	const hasAsked = own.leaveRequest?.state === 'asked';
	const offered: [Act, boolean][] = [
		['renew', renewal.kind === 'renew' || renewal.kind === 'rejoin'],
		['grade', isFree && status.state === 'active' && status.category !== 'organisation'],
		['leave', isFree && status.state === 'active' && leave === null && !hasAsked],
		['withdraw-leave', hasAsked],
		['end-leave', leave !== null],
		['cancel-order', own.purchase !== null && own.purchase.kind !== 'join'],
		['employer', isFree && status.category === 'organisation'],
		['employment-ended', isFree && status.category === 'organisation'],
		['resign', isFree],
		['retire', isFree],
		['stay', leaving !== null && isMember(status.state)],
	];
	return offered.filter(([, may]) => may).map(([act]) => act);
}

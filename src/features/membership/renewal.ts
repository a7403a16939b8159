import { addDays, addMonths, sayDay } from '#core/dates.ts';
import type { Period } from './facts-queries.ts';
import { lastOf } from './grant.ts';
import type { MembershipRules } from './rules.ts';
import type { MembershipStatus } from './status.ts';

/**
 * Can somebody renew today? `renew`: the next period follows without a gap. `rejoin`: it begins on the day of the payment.
 * `not_yet`: from a day on. `no`: why not, in words for the member.
 */
export type Renewal =
	| { kind: 'renew' | 'rejoin'; period: Period; fromOn: string }
	| { kind: 'not_yet'; opensOn: string; paidToOn: string }
	| { kind: 'no'; why: string };

/** Pure: from where the membership stands and its periods. */
export function renewalOn(status: MembershipStatus, periods: readonly Period[], day: string, rules: MembershipRules): Renewal {
	const period = lastOf(periods);
	if (!period) return no('You have no membership to renew. You can apply for one.');
	if (status.state === 'lapsed') {
		const latest = addMonths(status.sinceOn ?? day, rules.rejoinMonths);
		if (day <= latest) return { kind: 'rejoin', period, fromOn: day };
		return no(`Your membership lapsed on ${sayDay(status.sinceOn ?? day)}. After so long a new application is needed.`);
	}
	if (!['active', 'grace', 'on_leave', 'suspended'].includes(status.state)) return no('Your membership has ended. You can apply for a new one.');
	if (status.endsOn !== null) return no(`You are leaving on ${sayDay(status.endsOn)}. If you want to stay, call that off first.`);
	const opensOn = addDays(period.paidToOn, -rules.windowDays);
	if (day < opensOn) return { kind: 'not_yet', opensOn, paidToOn: period.paidToOn };
	return { kind: 'renew', period, fromOn: addDays(period.paidToOn, 1) };
}

function no(why: string): Renewal {
	return { kind: 'no', why };
}

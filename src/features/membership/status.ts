import { addDays } from '#core/dates.ts';
import type { Grade, MembershipFacts, OrderSpan, PeriodFact } from './facts.ts';
import type { MembershipRules } from './rules.ts';

export const MEMBERSHIP_STATES = [
	'none',
	'applicant',
	'active',
	'grace',
	'lapsed',
	'on_leave',
	'suspended',
	'resigned',
	'retired',
	'removed',
	'deceased',
] as const;
export type MembershipState = (typeof MEMBERSHIP_STATES)[number];

export type MembershipStatus = {
	state: MembershipState;
	/** Since when, as far as one day says it. */
	sinceOn: string | null;
	/** The grade of a membership that has not ended; null for everyone else. */
	category: Grade | null;
	employer: string | null;
	/** The last day that is paid for, of all that was bought. */
	paidToOn: string | null;
	/** The last day of grace; null unless there is a membership. */
	graceToOn: string | null;
	/** The first day without membership: in the past when it has ended, to come when a leaving is planned. */
	endsOn: string | null;
	/** The next day on which the state is another one unless something is done; null when no known date changes it. */
	nextChangeOn: string | null;
};

type Rules = Pick<MembershipRules, 'graceDays'>;
type Here = Omit<MembershipStatus, 'nextChangeOn'>;

/**
 * Where someone's membership stands on a day: a pure function of dated facts (workflows.md §6.1). It agrees with the register: whoever is
 * in good standing there is active or in grace here.
 * @param day `YYYY-MM-DD`, any day past or to come. @param rules in force on that day.
 */
export function membershipStatus(facts: MembershipFacts, day: string, rules: Rules): MembershipStatus {
	const here = statusOn(facts, day, rules);
	const later = [...new Set(boundaries(facts, rules))].filter((d) => d > day).sort();
	return { ...here, nextChangeOn: later.find((d) => statusOn(facts, d, rules).state !== here.state) ?? null };
}

/** Is someone in this state a member, with a member's rights and duties? */
export function isMember(state: MembershipState): boolean {
	return state === 'active' || state === 'grace' || state === 'on_leave' || state === 'suspended';
}

function statusOn(facts: MembershipFacts, day: string, rules: Rules): Here {
	const bare: Here = { state: 'none', sinceOn: null, category: null, employer: null, paidToOn: null, graceToOn: null, endsOn: null };
	if (facts.diedOn !== null && day >= facts.diedOn) return { ...bare, state: 'deceased', sinceOn: facts.diedOn };
	const removal = newest(facts.orders.filter((o) => o.effect === 'removed' && binds(o, facts.periods, day)));
	if (removal) return { ...bare, state: 'removed', sinceOn: removal.fromOn };
	const current = newest(facts.periods.filter((p) => p.fromOn <= day && day < endOf(p, rules).on));
	if (current) return memberOn(facts, day, rules, current);
	const application = facts.applications.find((a) => a.begunOn <= day && (a.closedOn === null || day < a.closedOn));
	if (application) return { ...bare, state: 'applicant', sinceOn: application.begunOn };
	const ended = lastEnd(facts.periods, day, rules);
	return ended ? { ...bare, state: ended.state, sinceOn: ended.on, endsOn: ended.on } : bare;
}

function memberOn(facts: MembershipFacts, day: string, rules: Rules, current: PeriodFact): Here {
	const { category, employer } = current;
	const open = facts.periods.filter((p) => p.fromOn >= current.fromOn && (p.endedOn === null || day < p.endedOn));
	const last = newest(open) ?? current;
	const graceToOn = addDays(last.paidToOn, rules.graceDays);
	const endsOn = last.endedOn ?? null;
	const here = { category, employer, paidToOn: last.paidToOn, graceToOn, endsOn };
	const suspension = facts.orders.filter((o) => o.effect === 'suspended' && binds(o, facts.periods, day));
	if (suspension.length > 0) return { ...here, state: 'suspended', sinceOn: least(suspension.map((o) => o.fromOn)) };
	const leave = facts.leaves.find((l) => l.fromOn <= day && day <= l.toOn);
	if (leave) return { ...here, state: 'on_leave', sinceOn: leave.fromOn };
	if (facts.periods.some((p) => p.fromOn <= day && day <= p.paidToOn && day < endOf(p, rules).on))
		return { ...here, state: 'active', sinceOn: memberSince(facts.periods, day, rules) };
	return { ...here, state: 'grace', sinceOn: addDays(current.paidToOn, 1) };
}

/** The first day without this period: the day it was ended, or the day after the grace that follows the paid time. */
function endOf(p: PeriodFact, rules: Rules): { on: string; state: MembershipState } {
	const runsOut = addDays(p.paidToOn, rules.graceDays + 1);
	if (p.endedOn === null || p.endedOn > runsOut) return { on: runsOut, state: 'lapsed' };
	return { on: p.endedOn, state: ENDS[p.endReason ?? 'lapsed'] };
}

const ENDS = { resigned: 'resigned', retired: 'retired', lapsed: 'lapsed', removed: 'removed', died: 'deceased' } as const;

function lastEnd(periods: readonly PeriodFact[], day: string, rules: Rules): { on: string; state: MembershipState } | null {
	const ends = periods.filter((p) => p.fromOn <= day).map((p) => endOf(p, rules));
	return ends.sort((a, b) => b.on.localeCompare(a.on))[0] ?? null;
}

/** The first day of the unbroken membership that a day lies in. */
function memberSince(periods: readonly PeriodFact[], day: string, rules: Rules): string | null {
	const before = [...periods].filter((p) => p.fromOn <= day).sort((a, b) => b.fromOn.localeCompare(a.fromOn));
	let since: string | null = null;
	for (const p of before) if (since === null ? day < endOf(p, rules).on : since <= endOf(p, rules).on) since = p.fromOn;
	return since;
}

/** As in the register (register/orders.ts): a removal binds until the person is admitted again. */
function binds(order: OrderSpan, periods: readonly PeriodFact[], day: string): boolean {
	if (day < order.fromOn || (order.closedOn !== null && day >= order.closedOn)) return false;
	if (order.effect === 'removed') return !periods.some((p) => p.fromOn > order.fromOn && p.fromOn <= day);
	return order.toOn === null || day <= order.toOn;
}

function boundaries(facts: MembershipFacts, rules: Rules): string[] {
	const days: (string | null)[] = [facts.diedOn];
	for (const p of facts.periods) days.push(p.fromOn, addDays(p.paidToOn, 1), addDays(p.paidToOn, rules.graceDays + 1), p.endedOn);
	for (const l of facts.leaves) days.push(l.fromOn, addDays(l.toOn, 1));
	for (const o of facts.orders) days.push(o.fromOn, o.toOn && addDays(o.toOn, 1), o.closedOn);
	for (const a of facts.applications) days.push(a.begunOn, a.closedOn);
	return days.filter((d): d is string => d !== null);
}

function newest<T extends { fromOn: string }>(spans: readonly T[]): T | null {
	return spans.reduce<T | null>((a, b) => (a === null || b.fromOn > a.fromOn ? b : a), null);
}

function least(days: readonly string[]): string | null {
	return days.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
}

import { addMonths } from '#core/dates.ts';
import type { MembershipFact, OrderFact, OrderKind, RegisterRules } from './facts.ts';

/** What each kind of order does to the register while it is in force. Rows, so that a new kind is one line. */
export const ORDER_EFFECTS: Record<
	OrderKind,
	{ standing: 'removed' | 'suspended' | 'interim_suspended' | 'conditions' | 'interim_conditions' | null; interim: boolean }
> = {
	removal: { standing: 'removed', interim: false },
	voluntary_removal: { standing: 'removed', interim: false },
	suspension: { standing: 'suspended', interim: false },
	interim_suspension: { standing: 'interim_suspended', interim: true },
	conditions: { standing: 'conditions', interim: false },
	interim_conditions: { standing: 'interim_conditions', interim: true },
	warning: { standing: null, interim: false },
	undertakings: { standing: null, interim: false },
	award_withdrawn: { standing: null, interim: false },
};

/** True when the order binds on that day. A removal binds until the person is admitted again. */
export function isInForce(order: OrderFact, memberships: readonly MembershipFact[], day: string): boolean {
	if (day < order.fromOn || isClosed(order, day)) return false;
	if (isRemoval(order)) return !memberships.some((m) => m.fromOn > order.fromOn && m.fromOn <= day);
	return order.toOn === null || day <= order.toOn;
}

/**
 * The last day on which an order is shown once it no longer binds; null: not shown then.
 * Interim orders are no finding and go with the order; met: 6 months; not met and removals: 5 years (the model of NCPS, September 2025).
 */
export function shownUntil(order: OrderFact, rules: RegisterRules): string | null {
	if (order.outcome === 'revoked' || ORDER_EFFECTS[order.kind].interim) return null;
	if (order.displayUntilOn) return order.displayUntilOn;
	if (isRemoval(order)) return addMonths(order.fromOn, rules.removalShownYears * 12);
	if (order.outcome === 'not_met') return addMonths(order.outcomeOn ?? order.fromOn, rules.notMetShownYears * 12);
	const end = order.outcomeOn ?? order.toOn;
	return end === null ? null : addMonths(end, rules.metShownMonths);
}

/** An order as far as it was known on a day: an outcome recorded later tells nothing about that day, so that an answer for it stays true. */
export function knownOn(order: OrderFact, day: string): OrderFact {
	return order.outcomeOn !== null && order.outcomeOn > day ? { ...order, outcome: null, outcomeOn: null } : order;
}

export function isRemoval(order: OrderFact): boolean {
	return ORDER_EFFECTS[order.kind].standing === 'removed';
}

function isClosed(order: OrderFact, day: string): boolean {
	return order.outcome !== null && order.outcome !== 'not_met' && order.outcomeOn !== null && day >= order.outcomeOn;
}

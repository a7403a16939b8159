import { addDays } from '#core/dates.ts';
import { addWorkingDays, type Holidays } from '#core/working-days.ts';
import { isInForce, type MembershipFact, type OrderFact, type OrderKind, type RegisterRules, shownUntil } from '#features/register/index.ts';
import type { DecidedOrder } from './order-decided.ts';
import type { OrderRules } from './order-rules.ts';
import type { ConcernRules } from './rules.ts';

/** How an order stands (workflows.md §6.6): derived from dates and facts, never stored. */
export type SanctionState = 'draft' | 'pending_appeal' | 'in_force' | 'under_review' | 'met' | 'not_met' | 'ended' | 'varied' | 'revoked_on_appeal' | 'spent';

export type ClosedHow = 'met' | 'not_met' | 'lifted' | 'restored';
/**
 * What is on record of one version of an order. Days are London's; `fromOn` null: it was not published. `variedOn`: the day on which the next
 * version took its place; `setAsideOn`: the day on which an appeal set it aside.
 */
export type SanctionFacts = {
	kind: OrderKind;
	fromOn: string | null;
	toOn: string | null;
	reviewOn: string | null;
	displayUntilOn: string | null;
	closedHow: ClosedHow | null;
	closedOn: string | null;
	variedOn: string | null;
	setAsideOn: string | null;
};
export type Ground = { orders: OrderRules; concerns: Pick<ConcernRules, 'appealDays' | 'publishWorkingDays' | 'reviewNoticeDays'>; register: RegisterRules };

/** How a version of an order stands on a day. `memberships`: a removal binds until somebody is admitted again. Pure. */
export function sanctionState(
	facts: SanctionFacts,
	decision: DecidedOrder,
	ground: Ground,
	day: string,
	memberships: readonly MembershipFact[],
): SanctionState {
	if (facts.fromOn === null || day < facts.fromOn) return unpublished(decision, ground, day);
	if (facts.setAsideOn !== null && facts.setAsideOn <= day) return 'revoked_on_appeal';
	if (facts.variedOn !== null && facts.variedOn <= day) return 'varied';
	const how = facts.closedOn !== null && facts.closedOn <= day ? facts.closedHow : null;
	const order = orderOf({ ...facts, closedHow: how, closedOn: how === null ? null : facts.closedOn }, facts.fromOn);
	const isShown = day <= (shownUntil(order, ground.register) ?? '');
	if (how === 'met' || how === 'not_met') return isShown ? how : 'spent';
	if (how === null && isInForce(order, memberships, day)) return isUnderReview(facts, ground, day) ? 'under_review' : 'in_force';
	return isShown ? 'ended' : 'spent';
}

/** A version of an order as the register holds it. Pure. */
export function orderOf(facts: Omit<SanctionFacts, 'variedOn' | 'setAsideOn'>, fromOn: string): OrderFact {
	const { kind, toOn, reviewOn, displayUntilOn, closedHow, closedOn } = facts;
	const outcome = closedHow === null ? null : REGISTER_OUTCOME[closedHow];
	return { id: '', kind, awardId: null, fromOn, toOn, reviewOn, publicText: '', outcome, outcomeOn: closedOn, displayUntilOn };
}

/** How the register is told of an end. */
export const REGISTER_OUTCOME: Record<ClosedHow, 'met' | 'not_met' | 'revoked'> = { met: 'met', not_met: 'not_met', lifted: 'revoked', restored: 'met' };

/** Is publication held on a day, because it may still be appealed against or is being? Pure. */
export function isHeld(decision: DecidedOrder, { orders, concerns }: Pick<Ground, 'orders' | 'concerns'>, day: string): boolean {
	if (decision.from !== 'hearing' || !orders.heldByAppeal[decision.kind]) return false;
	if (decision.state === 'appealed') return true;
	return decision.settledOn === null && day <= addDays(decision.decidedOn, concerns.appealDays);
}

/**
 * The last day on which it is published in time: the same day for an interim order, some working days after nothing holds it any more for
 * others. Null where nothing is owed: it is being appealed against, was set aside, or is an agreement that need not become an order. Pure.
 */
export function publishDueOn(decision: DecidedOrder, { orders, concerns }: Pick<Ground, 'orders' | 'concerns'>, holidays: Holidays): string | null {
	if (decision.state !== 'stands' || decision.from === 'settlement') return null;
	if (decision.from === 'interim') return decision.decidedOn;
	const isWaiting = decision.from === 'hearing' && orders.heldByAppeal[decision.kind] && decision.settledOn === null;
	const freeFrom = isWaiting ? addDays(decision.decidedOn, concerns.appealDays) : (decision.settledOn ?? decision.decidedOn);
	return addWorkingDays(holidays, freeFrom, concerns.publishWorkingDays);
}

function unpublished(decision: DecidedOrder, ground: Ground, day: string): SanctionState {
	if (decision.state === 'set_aside') return 'revoked_on_appeal';
	if (decision.state === 'over') return 'spent';
	return isHeld(decision, ground, day) ? 'pending_appeal' : 'draft';
}

function isUnderReview({ reviewOn }: SanctionFacts, { concerns }: Ground, day: string): boolean {
	return reviewOn !== null && day >= addDays(reviewOn, -Math.max(...concerns.reviewNoticeDays));
}

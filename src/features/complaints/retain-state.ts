import { addMonths } from '#core/dates.ts';
import type { concernRetained } from '#db/schema/index.ts';
import type { ConcernRules } from './rules.ts';
import { type Outcome, type State, type Step, stateOf } from './state.ts';

/** By what it is decided how long a case is kept: `ConcernRules.keepMonths` has a figure for each. */
export type KeptAs = keyof ConcernRules['keepMonths'];
export type RetainReason = (typeof concernRetained.$inferSelect)['because'];
/** How the orders of a case stand: when the last of them ended, whether one is in force or still to come, whether somebody was removed. */
export type OrdersEnd = { endedOn: string | null; isInForce: boolean; isRemoval: boolean };
/** What the record says beside the steps. `retained`: that it is kept longer, as it was decided last. */
export type KeptFacts = { orders: OrdersEnd; retained: { untilOn: string; because: RetainReason } | null; isHeld: boolean };

/**
 * What is to become of a case, on a day. `not_set`: it is not over. `kept`: until the day on which somebody looks at it; null: for as long as the
 * register, or as an order lasts. `due`: that day has come. `retained`: looked at, and kept for a reason. `held`: nothing may be destroyed.
 */
export type Retention =
	| { state: 'not_set' }
	| { state: 'kept'; as: KeptAs; reviewOn: string | null }
	| { state: 'due'; as: KeptAs; reviewOn: string }
	| { state: 'retained'; as: KeptAs; untilOn: string; because: RetainReason }
	| { state: 'held'; as: KeptAs }
	| { state: 'destroyed'; on: string };

/** No case was ever referred, or nothing came of it: all else follows a finding or an agreement. */
const NOT_TAKEN_FORWARD: readonly Outcome[] = ['redirected', 'declined', 'withdrawn', 'no_answer'];
const UPHELD: readonly Outcome[] = ['upheld', 'partly_upheld'];

/** By which figure a closed case is kept: an order weighs more than the word for its outcome. Pure. */
export function keptAs({ outcome }: Pick<State, 'outcome'>, { endedOn, isInForce, isRemoval }: OrdersEnd): KeptAs {
	if (isRemoval) return 'removed';
	if (endedOn !== null || isInForce || (outcome !== null && UPHELD.includes(outcome))) return 'upheld';
	return outcome !== null && NOT_TAKEN_FORWARD.includes(outcome) ? 'not_taken_forward' : 'no_case';
}

/**
 * What is to become of a case by its steps, its orders and the rules it began under (workflows.md §6.5). A hold wins over every day. Pure.
 * @param today London's day
 */
export function retentionOf(steps: readonly Step[], { orders, retained, isHeld }: KeptFacts, rules: ConcernRules, today: string): Retention {
	const state = stateOf(steps);
	if (state.isDestroyed) return { state: 'destroyed', on: steps.findLast(({ kind }) => kind === 'destroyed')?.onDay ?? '' };
	if (state.phase !== 'closed' || state.closedOn === null) return { state: 'not_set' };
	const as = keptAs(state, orders);
	if (isHeld || state.hasLegalHold) return { state: 'held', as };
	const reviewOn = reviewDay(state.closedOn, orders, rules.keepMonths[as]);
	if (reviewOn === null || today < reviewOn) return { state: 'kept', as, reviewOn };
	if (retained !== null && today < retained.untilOn) return { state: 'retained', as, ...retained };
	return { state: 'due', as, reviewOn: retained !== null && retained.untilOn > reviewOn ? retained.untilOn : reviewOn };
}

function reviewDay(closedOn: string, { endedOn, isInForce, isRemoval }: OrdersEnd, months: number | null): string | null {
	if (months === null || isInForce || isRemoval) return null;
	return addMonths(endedOn !== null && endedOn > closedOn ? endedOn : closedOn, months);
}

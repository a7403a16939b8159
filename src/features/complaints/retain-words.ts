import type { KeptAs, RetainReason } from './retain-state.ts';

/** Classes by which cases are kept, for people. */
export const KEPT_AS_WORDS: Record<KeptAs, string> = {
	not_taken_forward: 'Not taken forward',
	no_case: 'No case, or ended without a finding',
	upheld: 'Upheld, or with an order',
	removed: 'Removed from the register',
};

/** Reasons for keeping a case longer: closed, so that none of them says anything of anybody. */
export const RETAIN_WORDS: Record<RetainReason, string> = {
	court_or_inquiry: 'A court or an inquiry may ask for it',
	another_case: 'Another case needs it',
	protects_others: 'It may protect others',
	asked_by_a_side: 'One of the sides asked for it',
	order_may_be_reviewed: 'An order may still be looked at again',
};

import { addDays, addMonths } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import type { OrderKind } from '#features/register/index.ts';
import { isInterim } from './order-text.ts';
import type { ConcernRules } from './rules.ts';
import type { Ground } from './sanction-state.ts';

export type Terms = { months: number | null; reviewMonths: number | null };
type Limits = { concerns: Pick<ConcernRules, 'interimMostMonths' | 'interimReviewMonths' | 'suspensionMostMonths'>; orders: Ground['orders'] };

/** How long an order of a kind lasts and when it is looked at again, as typed; what the panel said goes first. @throws Invalid in words */
export function termsOf(kind: OrderKind, decidedMonths: number | null, typed: Terms, { concerns, orders }: Limits): Terms {
	const months = decidedMonths ?? typed.months;
	if (kind === 'removal' || kind === 'voluntary_removal' || kind === 'award_withdrawn') return { months: null, reviewMonths: null };
	if (isInterim(kind)) return interimTerms(months, typed, concerns);
	if (kind === 'warning') return { months: within(months, orders.warningMonths, 'A warning is shown'), reviewMonths: null };
	if (kind === 'suspension') return { months: within(months, [1, concerns.suspensionMostMonths], 'A suspension lasts'), reviewMonths: typed.reviewMonths };
	if (months === null && typed.reviewMonths === null) throw new Invalid('reviewMonths', 'Say when it is looked at again: it has no last day.');
	return { months, reviewMonths: typed.reviewMonths };
}

function interimTerms(months: number | null, { reviewMonths }: Terms, { interimMostMonths, interimReviewMonths }: Limits['concerns']): Terms {
	const lasts = within(months ?? interimReviewMonths, [1, interimMostMonths], 'An interim order lasts');
	const review = Math.min(reviewMonths ?? interimReviewMonths, lasts);
	if (review > interimReviewMonths) throw new Invalid('reviewMonths', `An interim order is looked at again within ${interimReviewMonths} months.`);
	return { months: lasts, reviewMonths: review };
}

function within(months: number | null, [least, most]: readonly [number, number], what: string): number {
	if (months === null || months < least || months > most) throw new Invalid('months', `${what} for ${least} to ${most} months.`);
	return months;
}

export type Days = { fromOn: string; toOn: string | null; reviewOn: string | null; displayUntilOn: string | null };

/**
 * The days of an order that is published on a day. A suspension is looked at again some weeks before its end; an interim order never lasts
 * beyond `lastOn`, through all its versions. Pure.
 */
export function daysOf(
	kind: OrderKind,
	{ months, reviewMonths }: Terms,
	fromOn: string,
	{ reviewBeforeEndDays, lastOn }: { reviewBeforeEndDays: number; lastOn: string | null },
): Days {
	const end = months === null ? null : addDays(addMonths(fromOn, months), -1);
	const toOn = end !== null && lastOn !== null && lastOn < end ? lastOn : end;
	const asked = reviewMonths === null ? null : addMonths(fromOn, reviewMonths);
	const review = asked ?? (toOn !== null && (kind === 'suspension' || kind === 'conditions') ? addDays(toOn, -reviewBeforeEndDays) : null);
	const capped = review !== null && toOn !== null && review > toOn ? toOn : review;
	const reviewOn = capped !== null && capped > fromOn ? capped : null;
	return { fromOn, toOn, reviewOn, displayUntilOn: kind === 'warning' ? toOn : null };
}

import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import { personOf } from '#core/policy.ts';
import { costOf, costOfMove, termFrom } from './cost.ts';
import type { Grade } from './facts.ts';
import { GRADES, gradesToMoveTo } from './grades.ts';
import { lastOf } from './grant.ts';
import type { OwnMembership } from './own-membership.ts';

/** A grade that a member may choose, with what it costs in words. */
export type Offer = { grade: Grade; label: string; hint: string };

/** What renewing costs, for each grade that may be chosen. Empty when nothing can be renewed. */
export function renewalOffers(ctx: Ctx, { renewal, creditPence }: OwnMembership): Offer[] {
	if (renewal.kind !== 'renew' && renewal.kind !== 'rejoin') return [];
	const { category } = renewal.period;
	const term = termFrom(ctx, renewal.fromOn);
	return [category, ...gradesToMoveTo(category)].map((grade) => {
		const { pence } = costOf(ctx, personOf(ctx).personId, grade, term);
		const credit = Math.min(creditPence, pence);
		const less = credit > 0 ? `, less ${sayPence(credit)} credit` : '';
		return { grade, label: `${GRADES[grade].title}: ${sayPence(pence)}${less}`, hint: `${sayDay(term.fromOn)} to ${sayDay(term.toOn)}` };
	});
}

/** What moving to another grade costs today, or gives back. */
export function gradeOffers(ctx: Ctx, { status, periods }: OwnMembership): Offer[] {
	const last = lastOf(periods);
	if (!last || status.category === null) return [];
	return gradesToMoveTo(last.category).map((grade) => {
		const { pence } = costOfMove(ctx, personOf(ctx).personId, { from: last.category, to: grade, toOn: last.paidToOn });
		const until = `until ${sayDay(last.paidToOn)}`;
		const hint =
			pence > 0 ? `${sayPence(pence)} more ${until}` : pence < 0 ? `${sayPence(-pence)} less ${until}, credited to your next fee` : `The same fee ${until}`;
		return { grade, label: GRADES[grade].title, hint };
	});
}

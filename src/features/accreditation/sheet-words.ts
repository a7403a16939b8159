import type { Mark, MarkKind } from './sheet-queries.ts';
import type { Recommendation } from './state.ts';

export const MARK_LABELS: Record<MarkKind, string> = { met: 'Met', fixable: 'Not shown yet, can be mended', declining: 'Not met, cannot be mended' };

export const RECOMMENDATION_LABELS: Record<Recommendation, string> = {
	award: 'Award',
	award_with_conditions: 'Award with conditions',
	decline: 'Decline',
};

export const RECOMMENDATION_HINTS: Record<Recommendation, string> = {
	award: 'Every criterion is met.',
	award_with_conditions: 'Something can still be mended, and the award need not wait for it.',
	decline: 'A criterion is not met.',
};

/** What keeps a recommendation from following from its marks, in words, or null. */
export function contradictionIn(marks: readonly Mark[], recommendation: Recommendation): string | null {
	const has = (kind: Mark['mark']) => marks.some(({ mark }) => mark === kind);
	if (recommendation === 'award' && (has('fixable') || has('declining')))
		return 'You marked a criterion as not met: recommend conditions or to decline, or change the mark.';
	if (recommendation === 'award_with_conditions' && has('declining'))
		return 'You marked a criterion as not to be mended: recommend to decline, or change the mark.';
	if (recommendation === 'decline' && !has('fixable') && !has('declining'))
		return 'You marked every criterion as met: say which one is not, or recommend the award.';
	return null;
}

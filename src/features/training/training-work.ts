import type { Ctx } from '#core/ctx.ts';
import { paths } from '#paths';
import { claimsWaiting } from './attendance-queries.ts';
import { canKeepCourses } from './policy.ts';

/** What of training waits for the office, beside what `workFor` of membership lists. */
export function trainingWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (!canKeepCourses(ctx.actor)) return [];
	return [{ label: 'Courses that members say they attended', count: claimsWaiting(ctx).length, href: paths.officeClaims() }];
}

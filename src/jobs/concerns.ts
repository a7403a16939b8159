import type { Ctx } from '#core/ctx.ts';
import { wayIn } from '#features/complaints/index.ts';

/** Finds out which cases messages belong to that did not arrive. */
export function watchConcernMail(ctx: Ctx): string {
	return `${wayIn.noteUnreached(ctx)} noted`;
}

/** Removes concerns that were begun and never sent, and reminds those who gave a safe address. */
export function tendConcernDrafts(ctx: Ctx): string {
	const { dropped, reminded } = wayIn.tendConcernDrafts(ctx);
	return `${dropped} removed, ${reminded} reminded`;
}

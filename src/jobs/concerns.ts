import type { Ctx } from '#core/ctx.ts';
import { wayIn } from '#features/complaints/index.ts';

/** Removes concerns that were begun and never sent, and reminds those who gave a safe address. */
export function tendConcernDrafts(ctx: Ctx): string {
	const { dropped, reminded } = wayIn.tendConcernDrafts(ctx);
	return `${dropped} removed, ${reminded} reminded`;
}

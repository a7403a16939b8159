import type { Ctx } from '#core/ctx.ts';
import { afterwards } from '#features/complaints/index.ts';

/** Marks closed cases whose time to be looked at has come. */
export function markDueConcerns(ctx: Ctx): string {
	return `${afterwards.markDueConcerns(ctx)} due to be looked at`;
}

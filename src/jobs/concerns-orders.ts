import type { Ctx } from '#core/ctx.ts';
import { orderCare } from '#features/complaints/index.ts';

/** Reminds whoever looks after orders of what is due, and notes in their case that interim orders are over. */
export function tendConcernOrders(ctx: Ctx): string {
	const { reminded, ended } = orderCare.tendOrders(ctx);
	return `${reminded} reminders of orders, ${ended} interim orders over`;
}

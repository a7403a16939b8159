import type { Ctx } from '#core/ctx.ts';
import { upkeep } from '#features/accreditation/index.ts';

/** Re-accreditation: windows, reminders, ends. */
export async function tendRenewals(ctx: Ctx): Promise<string> {
	const { opened, told, overdue, kept, closed } = await upkeep.tendRenewals(ctx);
	return `${opened} opened, ${told} told, ${overdue} not answered, ${kept} kept waiting for us, ${closed} closed`;
}

/** CPD audits: reminders, questions that nobody answered. */
export function tendAudits(ctx: Ctx): string {
	const { reminded, overdue } = upkeep.tendAudits(ctx);
	return `${reminded} reminded, ${overdue} not answered`;
}

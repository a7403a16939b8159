import type { Ctx } from '#core/ctx.ts';
import { closeIdleDrafts, watchRequests } from '#features/accreditation/index.ts';

/** Requests to referees, supervisors and outside bodies: what did not arrive, what is due, what is over. */
export function watchAsked(ctx: Ctx): string {
	const { failed, reminded, expired } = watchRequests(ctx);
	return `${failed} not delivered, ${reminded} reminded, ${expired} over`;
}

/** Drafts of applications that nobody goes on with. */
export function closeApplicationDrafts(ctx: Ctx): string {
	const { reminded, closed } = closeIdleDrafts(ctx);
	return `${reminded} reminded, ${closed} closed`;
}

import type { Ctx } from '#core/ctx.ts';
import { countOf, listOf } from '#core/text.ts';
import { checkApplications, closeIdleDrafts, NO_COPY_DIFFERENCE, remindOfConditions, runTimers, upkeep, watchRequests } from '#features/accreditation/index.ts';

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

/** What time alone brings to applications: holds that are over, rounds that nobody answered, reminders. */
export function keepApplicationTimes(ctx: Ctx): string {
	const { released, overdue, reminded } = runTimers(ctx);
	return `${released} released, ${overdue} not answered in time, ${reminded} reminded, ${remindOfConditions(ctx)} of conditions`;
}

/** The nightly proof that what queues know of applications, CPD audits and re-accreditations follows from their steps. A difference is a fault of ours: it is told, and mended by hand. */
export function checkApplicationCopies(ctx: Ctx): string {
	const { audits, renewals } = upkeep.checkUpkeep(ctx);
	const all = { application: checkApplications(ctx), 'CPD audit': audits, 're-accreditation': renewals };
	const wrong = Object.entries(all).filter(([, { differences }]) => differences.length > 0);
	const found = wrong.map(([one, { differences }]) => `${countOf(differences.length, 'difference')} in ${one}s`);
	const looked = Object.entries(all).map(([one, { checked }]) => countOf(checked, one));
	return `${found.length === 0 ? NO_COPY_DIFFERENCE : listOf(found)} found in ${listOf(looked)}`;
}

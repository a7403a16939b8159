import type { Ctx } from '#core/ctx.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { isOfficer } from './policy.ts';
import { canSeeQueue, queueCounts } from './queue-queries.ts';
import { undeliveredRequests } from './request-undelivered.ts';

/** What of applications waits for the actor, for the first page of the office. */
export function applicationsWork(ctx: Ctx): { label: string; count: number; href: string }[] {
	if (!canSeeQueue(ctx)) return [];
	const { mine, team, overdue } = queueCounts(ctx);
	const rows = [
		{ label: 'Applications that you assess', count: mine, href: paths.officeApplications({ view: 'mine' }), isFor: !isOfficer(ctx.actor) || mine > 0 },
	];
	const office = isOfficer(ctx.actor);
	rows.push({ label: 'Applications for accreditation: the office’s turn', count: team, href: paths.officeApplications({ view: 'team' }), isFor: office });
	rows.push({ label: 'Applications for accreditation overdue', count: overdue, href: paths.officeApplications({ view: 'all', overdue: '1' }), isFor: office });
	const undelivered = office ? undeliveredRequests(ctx).length : 0;
	rows.push({ label: 'Requests to referees and others that reached nobody', count: undelivered, href: paths.undeliveredRequests(), isFor: office });
	return rows.filter(({ isFor }) => isFor).map(({ label, count, href }) => ({ label, count, href }));
}

/** What a check of all applications says when all is well. */
export const NO_COPY_DIFFERENCE = 'no difference';

/** What the last nightly check of applications found, for the office and `/health`; empty when all is well. */
export function copyWarnings(db: Db): string[] {
	const text = "SELECT note FROM job_run WHERE job = 'check-applications' AND outcome = 'done' ORDER BY started_at DESC, rowid DESC LIMIT 1";
	const note = prepared(db.sql, text).pluck().get() as string | undefined;
	return note === undefined || note.startsWith(NO_COPY_DIFFERENCE) ? [] : [`The last check of applications for accreditation: ${note}.`];
}

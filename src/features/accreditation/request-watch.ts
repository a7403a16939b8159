import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { post, postTo } from './apply-post.ts';
import { keyOf } from './apply-queries.ts';
import { moveFor } from './phases.ts';
import { addressOf, tokenOf } from './request-ask.ts';
import { requestBounced, requestBouncedOffice, requestReminder } from './request-mails.ts';
import { type RequestRow, requestsOpen } from './request-queries.ts';
import { endRequest } from './request-settle.ts';
import { requestState } from './request-state.ts';
import { standingOf } from './step.ts';

export type RequestsWatched = { failed: number; reminded: number; expired: number };

/**
 * Looks at every request that is open: one that could not be delivered is told to applicant and office at once; those who were asked are reminded
 * as many days before the last one as the standards say; one whose last day has passed comes to its end, and the applicant may name somebody else.
 */
export function watchRequests(ctx: Ctx): RequestsWatched {
	const sum: RequestsWatched = { failed: 0, reminded: 0, expired: 0 };
	for (const row of requestsOpen(ctx.db)) {
		if (row.failedAt === null && requestState(row, ctx.today) === 'bounced') sum.failed += noteFailed(ctx, row);
		else if (ctx.today > row.dueOn) sum.expired += expire(ctx, row);
		else sum.reminded += remind(ctx, row);
	}
	return sum;
}

/** Notes that a request did not arrive, and tells applicant and office. */
export function noteFailed(ctx: Ctx, row: RequestRow): number {
	commit(ctx, { name: 'noteFailedRequest' }, (tx) => {
		const text = 'UPDATE accreditation_request SET failed_at = ?, version = version + 1 WHERE id = ? AND failed_at IS NULL AND ended_at IS NULL';
		prepared(tx.db.sql, text).run(ctx.now, row.id);
		record(tx, 'accreditation.request_failed', { type: 'application', id: row.applicationId }, { request: row.id });
		const { application } = standingOf(tx.db, row.applicationId);
		const about = { id: row.id, sentAt: row.sentAt ?? 0 };
		postTo(tx, application.personId, (to) => requestBounced(ctx.settings, { ...about, key: keyOf(application) }, to));
		post(tx, requestBouncedOffice(ctx.settings, { ...about, reference: application.reference }));
	});
	return 1;
}

/** What is over for its application is not noted as late. */
function expire(ctx: Ctx, row: RequestRow): number {
	if (moveFor(standingOf(ctx.db, row.applicationId).state.phase, 'request_settled') === null) return 0;
	commit(ctx, { name: 'expireRequest' }, (tx) => endRequest(tx, row, { ending: 'expired' }));
	return 1;
}

function remind(ctx: Ctx, row: RequestRow): number {
	const { standards, state } = standingOf(ctx.db, row.applicationId);
	const daysLeft = daysBetween(ctx.today, row.dueOn);
	const due = standards.limits.requestReminderDays.filter((days) => days >= daysLeft);
	const to = addressOf(ctx.db, row);
	if (due.length === 0 || to === null || moveFor(state.phase, 'request_settled') === null || requestState(row, ctx.today) === 'bounced') return 0;
	const token = tokenOf(ctx, row.id, row.sentAt ?? 0);
	const mail = requestReminder(ctx.settings, { id: row.id, kind: row.kind, token, dueOn: row.dueOn, daysLeft: Math.min(...due) }, to);
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey)) return 0;
	commit(ctx, { name: 'remindAsked' }, (tx) => {
		post(tx, mail);
		record(tx, 'accreditation.request_reminded', { type: 'application', id: row.applicationId }, { request: row.id, daysLeft });
	});
	return 1;
}

import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween } from '#core/dates.ts';
import { prepared } from '#db/prepared.ts';
import { post, postTo } from './apply-post.ts';
import { requestLimits } from './renewal-request-ask.ts';
import { takesWords } from './renewal-request-link.ts';
import { wordBounced, wordBouncedOffice, wordReminder } from './renewal-request-mails.ts';
import { type WordRequest, wordRequestsOpen } from './renewal-request-queries.ts';
import { endWordRequest } from './renewal-request-settle.ts';
import { renewalById } from './renewal-step.ts';
import { tokenOf } from './request-ask.ts';
import { requestState } from './request-state.ts';

/**
 * Looks at everybody who was asked by a link for a word: what did not arrive is told to member and office at once; those who have not answered are
 * reminded as many days before the last one as the standards say; past it, and once it was decided, the request comes to its end.
 */
export function watchWords(ctx: Ctx): number {
	let done = 0;
	for (const row of wordRequestsOpen(ctx.db)) {
		const standing = renewalById(ctx, row.renewalId);
		if (!takesWords(standing)) done += end(ctx, row, 'cancelled');
		else if (requestState(row, ctx.today) === 'bounced') done += row.failedAt === null ? noteFailed(ctx, row) : 0;
		else if (ctx.today > row.dueOn) done += end(ctx, row, 'expired');
		else done += remind(ctx, row, requestLimits(ctx.db, standing).requestReminderDays);
	}
	return done;
}

function end(ctx: Ctx, row: WordRequest, ending: 'cancelled' | 'expired'): number {
	commit(ctx, { name: 'endWordRequest' }, (tx) => endWordRequest(tx, row, { ending }));
	return 1;
}

function noteFailed(ctx: Ctx, row: WordRequest): number {
	const { renewal } = renewalById(ctx, row.renewalId);
	commit(ctx, { name: 'noteFailedWord' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE renewal_request SET failed_at = ?, version = version + 1 WHERE id = ? AND failed_at IS NULL').run(ctx.now, row.id);
		record(tx, 'renewal.request_failed', { type: 'renewal', id: row.renewalId }, { request: row.id });
		const about = { id: row.id, sentAt: row.sentAt ?? 0 };
		postTo(tx, renewal.personId, (to) => wordBounced(ctx.settings, about, to));
		post(tx, wordBouncedOffice(ctx.settings, { ...about, reference: renewal.reference }));
	});
	return 1;
}

function remind(ctx: Ctx, row: WordRequest, reminderDays: readonly number[]): number {
	const daysLeft = daysBetween(ctx.today, row.dueOn);
	const due = reminderDays.filter((days) => days >= daysLeft);
	if (due.length === 0 || row.toEmail === null) return 0;
	const token = tokenOf(ctx, row.id, row.sentAt ?? 0);
	const mail = wordReminder(ctx.settings, { id: row.id, sentAt: row.sentAt ?? 0, token, dueOn: row.dueOn, daysLeft: Math.min(...due) }, row.toEmail);
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey)) return 0;
	commit(ctx, { name: 'remindOfWord' }, (tx) => {
		post(tx, mail);
		record(tx, 'renewal.request_reminded', { type: 'renewal', id: row.renewalId }, { request: row.id, daysLeft });
	});
	return 1;
}

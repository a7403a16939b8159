import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { daysBetween } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { postTo } from './apply-post.ts';
import { auditReminder, auditReminderKey } from './audit-mails.ts';
import { auditById, takeAuditStep } from './audit-step.ts';

/** What time alone brings to audits: reminders, and questions that nobody answered go back to the auditor. It refers nobody. Twice is once. */
export function tendAudits(ctx: Ctx): { reminded: number; overdue: number } {
	const ids = prepared(ctx.db.sql, "SELECT id FROM cpd_audit WHERE phase IN ('notified', 'responding', 'information') ORDER BY due_on, id").pluck().all();
	const did = (ids as string[]).map((id) => tend(ctx, id));
	return { reminded: did.filter((what) => what === 'reminded').length, overdue: did.filter((what) => what === 'overdue').length };
}

function tend(ctx: Ctx, id: string): 'reminded' | 'overdue' | null {
	const { state, rules, audit } = auditById(ctx, id);
	if (state.phase === 'information') {
		if ((state.roundDueOn ?? '') >= ctx.today) return null;
		return attempt(ctx, (tx) => void takeAuditStep(tx, auditById(ctx, id), 'information_overdue')) ? 'overdue' : null;
	}
	const dueOn = state.answerBy ?? ctx.today;
	const left = daysBetween(ctx.today, dueOn);
	const days = rules.reminderDays.filter((one) => left >= 0 && left <= one).sort((a, b) => a - b)[0];
	if (days === undefined || isTold(ctx, auditReminderKey({ key: id, dueOn, days }))) return null;
	const about = { key: id, reference: audit.reference, dueOn, days };
	return attempt(ctx, (tx) => {
		postTo(tx, audit.personId, (to) => auditReminder(ctx.settings, about, to));
		record(tx, 'audit.reminded', { type: 'audit', id }, { days, dueOn });
	})
		? 'reminded'
		: null;
}

function attempt(ctx: Ctx, act: (tx: Tx) => void): boolean {
	try {
		commit(ctx, { name: 'tend audits' }, act);
		return true;
	} catch (error) {
		if (isExpected(error)) return false;
		throw error;
	}
}

function isTold({ db }: Pick<Ctx, 'db'>, key: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(key) !== undefined;
}

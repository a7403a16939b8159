import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { unanswered } from './enquiry-mails.ts';

const AT_ONCE = 100;

type Open = { id: string; reference: string; email: string | null; purgeOn: string };

const OPEN = `SELECT id, reference, sender_email AS email, purge_on AS purgeOn FROM enquiry
	WHERE answered_at IS NULL AND enquirer_told_at IS NULL AND purged_at IS NULL AND answer_due_on < ? AND purge_on > ? ORDER BY answer_due_on LIMIT ?`;

/**
 * Tells enquirers, once, that nobody has answered within five working days, and offers others.
 * Someone who gave no e-mail address cannot be told; their enquiry is noted as such, so that the office can count them.
 * @returns how many were told and how many could not be.
 */
export function chaseEnquiries(ctx: Ctx): { told: number; unreachable: number } {
	const sum = { told: 0, unreachable: 0 };
	for (;;) {
		const open = prepared(ctx.db.sql, OPEN).all(ctx.today, ctx.today, AT_ONCE) as Open[];
		if (open.length === 0) return sum;
		commit(ctx, { name: 'chaseEnquiries', reason: 'no answer within five working days' }, (tx) => {
			for (const enquiry of open) tell(tx, enquiry);
		});
		const told = open.filter((e) => e.email !== null).length;
		sum.told += told;
		sum.unreachable += open.length - told;
	}
}

function tell(tx: Tx, enquiry: Open): void {
	const text = 'UPDATE enquiry SET enquirer_told_at = ? WHERE id = ? AND answered_at IS NULL AND enquirer_told_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, enquiry.id).changes === 0) return;
	if (enquiry.email) queueMail(tx, unanswered(tx.ctx.settings, enquiry, enquiry.email));
	record(tx, 'enquiry.unanswered', { type: 'enquiry', id: enquiry.id }, { reference: enquiry.reference, told: enquiry.email !== null });
}

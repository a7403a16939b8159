import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { enquiry } from '#db/schema/index.ts';
import { unanswered } from './enquiry-mails.ts';

const AT_ONCE = 100;

type Open = Pick<typeof enquiry.$inferSelect, 'id' | 'reference' | 'senderEmail' | 'purgeOn'>;

const isOpen = and(isNull(enquiry.answeredAt), isNull(enquiry.enquirerToldAt));

/**
 * Tells enquirers, once, that nobody has answered within five working days, and offers others.
 * Someone who gave no e-mail address cannot be told; their enquiry is noted as such, so that the office can count them.
 * @returns how many were told and how many could not be.
 */
export function chaseEnquiries(ctx: Ctx): { told: number; unreachable: number } {
	const sum = { told: 0, unreachable: 0 };
	for (;;) {
		const open = overdue(ctx);
		if (open.length === 0) return sum;
		commit(ctx, { name: 'chaseEnquiries', reason: 'no answer within five working days' }, (tx) => {
			for (const one of open) tell(tx, one);
		});
		const told = open.filter((e) => e.senderEmail !== null).length;
		sum.told += told;
		sum.unreachable += open.length - told;
	}
}

function overdue({ db, today }: Ctx): Open[] {
	const { id, reference, senderEmail, purgeOn, purgedAt, answerDueOn } = enquiry;
	return db.orm
		.select({ id, reference, senderEmail, purgeOn })
		.from(enquiry)
		.where(and(isOpen, isNull(purgedAt), lt(answerDueOn, today), gt(purgeOn, today)))
		.orderBy(answerDueOn)
		.limit(AT_ONCE)
		.all();
}

function tell(tx: Tx, one: Open): void {
	const { id, reference, senderEmail } = one;
	const noted = tx.db.orm
		.update(enquiry)
		.set({ enquirerToldAt: tx.ctx.now })
		.where(and(eq(enquiry.id, id), isOpen))
		.run();
	if (noted.changes === 0) return;
	if (senderEmail) queueMail(tx, unanswered(tx.ctx.settings, one, senderEmail));
	record(tx, 'enquiry.unanswered', { type: 'enquiry', id }, { reference, told: senderEmail !== null });
}

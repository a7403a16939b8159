import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import type { OnRefunded, SettledInvoice, WouldEnd } from '#features/payments/index.ts';
import { mailAddressOf } from './contact.ts';
import { periodsOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { endPeriods } from './leaving-commands.ts';
import { endedByRefund } from './member-mails.ts';
import { cancelPurchase, openPurchase, purchaseById } from './purchases.ts';
import { membershipRules } from './rules.ts';

/** What giving a membership fee back may end, as payments ask for it: what that fee paid for, from today, or from its first day when that is to come. */
export function refundedMembership(handlers: MembershipHandlers): OnRefunded {
	return {
		membership: {
			wouldEnd: (ctx, invoice) => wouldEnd(ctx, invoice, handlers),
			end: (tx, invoice, endsOn) => end(tx, invoice, { endsOn, handlers }),
		},
	};
}

function wouldEnd(ctx: Ctx, invoice: SettledInvoice, handlers: MembershipHandlers): WouldEnd {
	const purchase = purchaseById(ctx.db, invoice.subjectId);
	if (!purchase?.doneOn) return { cannot: 'This fee has led to no membership.' };
	if (purchase.kind === 'grade') return { cannot: 'This was the difference for another grade; the membership itself was paid by another invoice.' };
	const bought = prepared(ctx.db.sql, 'SELECT id FROM membership_period WHERE purchase_id = ? ORDER BY from_on DESC').pluck().get(purchase.id) as
		| string
		| undefined;
	const period = periodsOf(ctx.db, purchase.personId).find(({ id }) => id === bought);
	if (!period) return { cannot: 'This fee has led to no membership.' };
	const endsOn = period.fromOn > ctx.today ? period.fromOn : ctx.today;
	const { graceDays } = membershipRules(ctx.db, ctx.today);
	const isOver = (period.endedOn !== null && period.endedOn <= endsOn) || addDays(period.paidToOn, graceDays) < ctx.today;
	if (isOver) return { cannot: 'The membership that it paid for has ended already.' };
	if (handlers.hasOpenCase({ db: ctx.db, ctx }, purchase.personId)) return { cannot: 'Something is open about this person that has to be finished first.' };
	return { endsOn };
}

function end(tx: Tx, invoice: SettledInvoice, { endsOn, handlers }: { endsOn: string; handlers: MembershipHandlers }): void {
	const would = wouldEnd(tx.ctx, invoice, handlers);
	if ('cannot' in would) throw new Conflict(would.cannot);
	const { personId } = invoice;
	endPeriods(tx, personId, { endedOn: endsOn, endReason: 'resigned' });
	if (openPurchase(tx.db, personId)) cancelPurchase(tx, personId, 'the fee was given back');
	handlers.onChanged(tx, personId);
	const to = mailAddressOf(tx.db, personId);
	if (to) queueMail(tx, endedByRefund(tx.ctx.settings, { key: tx.processId, lastOn: addDays(endsOn, -1) }, to));
}

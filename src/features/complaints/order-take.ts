import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { daysOn, putAccess } from './access-put.ts';
import { orphanedCases } from './order-due.ts';
import { rulesOn } from './rules.ts';

/** A complaints officer takes over the orders of a case that nobody looks after any more; the gate asks them first. @throws NotFound */
export function takeOverOrders(ctx: Ctx, { reference }: { reference: string }): void {
	commit(ctx, { name: 'take over the orders of a case' }, (tx) => {
		if (!orphanedCases(ctx).some((one) => one.reference === reference)) throw new NotFound('There is no such case.');
		const concernId = prepared(tx.db.sql, 'SELECT id FROM concern WHERE reference = ?').pluck().get(reference) as string;
		const untilAt = daysOn(tx, rulesOn(tx.db, ctx.today).rules.accessDays * 2);
		putAccess(tx, { concernId, personId: personOf(ctx).personId, capacity: 'secretary', untilAt, grantedBy: null, declared: null });
		record(tx, 'concern.order_taken_over', { type: 'concern', id: concernId }, {});
	});
}

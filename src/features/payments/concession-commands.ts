import { eq, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { concession } from '#db/schema/index.ts';
import { canGrantConcession } from './policy.ts';
import { nameOf } from './take-payment.ts';

/** A reduced fee. Days include the last. Invoices that are out already stay as they are: void and issue them again. */
export type NewConcession = { personId: string; fromOn: string; toOn: string; reason: string };

/**
 * Grants a reduced fee for invoices issued in these days.
 * @throws Forbidden (also to oneself), NotFound, Invalid, Conflict when one overlaps.
 */
export function grantConcession(ctx: Ctx, { personId, fromOn, toOn, reason }: NewConcession): void {
	allow(canGrantConcession(ctx.actor, personId), 'Somebody else has to grant this: nobody grants themselves a reduced fee.');
	if (toOn < fromOn) throw new Invalid('toOn', 'The last day must not be before the first.');
	commit(ctx, { name: 'grant concession' }, (tx) => {
		if (!prepared(tx.db.sql, 'SELECT 1 FROM person WHERE id = ?').get(personId)) throw new NotFound('There is no such person on file.');
		const overlap = 'SELECT 1 FROM concession WHERE person_id = ? AND from_on <= ? AND to_on >= ?';
		if (prepared(tx.db.sql, overlap).get(personId, toOn, fromOn)) throw new Conflict('They have a reduced fee in these days already.');
		const id = newId();
		const granted = { grantedAt: ctx.now, grantedBy: nameOf(ctx.actor) };
		tx.db.orm
			.insert(concession)
			.values({ id, personId, fromOn, toOn, reason, ...granted })
			.run();
		record(tx, 'payments.concession_granted', { type: 'person', id: personId }, { concessionId: id, fromOn, toOn }, { reason });
	});
}

/** Ends a reduced fee: yesterday was its last day; one that begins only today or later never was. @throws Forbidden, NotFound, Conflict */
export function endConcession(ctx: Ctx, id: string, seenVersion: number): void {
	const found = ctx.db.orm.select().from(concession).where(eq(concession.id, id)).get();
	if (!found) throw new NotFound('There is no such reduced fee.');
	allow(canGrantConcession(ctx.actor, found.personId));
	if (found.version !== seenVersion || found.toOn < ctx.today) throw new Conflict('It has been changed or has ended already.');
	commit(ctx, { name: 'end concession' }, (tx) => {
		const { fromOn, personId } = found;
		const isThis = eq(concession.id, id);
		if (fromOn >= ctx.today) tx.db.orm.delete(concession).where(isThis).run();
		else
			tx.db.orm
				.update(concession)
				.set({ toOn: addDays(ctx.today, -1), version: sql`${concession.version} + 1` })
				.where(isThis)
				.run();
		record(tx, 'payments.concession_ended', { type: 'person', id: personId }, { concessionId: id, on: ctx.today });
	});
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { Settings } from '#settings';
import { mailAddressOf } from './contact.ts';
import { membershipStatusOf, periodsOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { type Leaving, openLeaving } from './leaving-queries.ts';
import { employmentEnded, leaving, leavingHeld } from './member-mails.ts';
import { cancelPurchase, openPurchase } from './purchases.ts';
import { unchanged } from './renew-commands.ts';
import { membershipRules } from './rules.ts';
import { isMember } from './status.ts';

export type LeavingInput = { mark: string; kind: 'resigned' | 'retired'; lastOn: string };

/**
 * Leaves on a day, by resigning or retiring. While a case is open the wish is noted and held; it takes effect by itself when the case is closed.
 * @returns whether it was given its day or is held. @throws Conflict, Invalid
 */
export function leaveMembership(ctx: Ctx, input: LeavingInput, handlers: MembershipHandlers): 'noted' | 'held' {
	const { personId } = personOf(ctx);
	return commit(ctx, { name: input.kind === 'retired' ? 'retire' : 'resign' }, (tx) => {
		unchanged(tx, personId, input.mark);
		const status = membershipStatusOf(ctx, personId);
		if (!isMember(status.state)) throw new Conflict('You are not a member, so there is nothing to leave.');
		if (openLeaving(tx.db, personId)) throw new Conflict('You have asked to leave already.');
		if (input.lastOn < ctx.today) throw new Invalid('last', 'Your last day as a member is today or later.');
		if (input.lastOn > (status.graceToOn ?? '')) throw new Invalid('last', 'Your membership ends before that day by itself. Choose an earlier day.');
		return note(tx, personId, { kind: input.kind, leavesOn: addDays(input.lastOn, 1) }, handlers);
	});
}

function note(tx: Tx, personId: string, { kind, leavesOn }: Pick<Leaving, 'kind' | 'leavesOn'>, handlers: MembershipHandlers): 'noted' | 'held' {
	const isHeld = handlers.hasOpenCase(tx, personId);
	const id = newId();
	const text = 'INSERT INTO membership_resignation (id, person_id, kind, leaves_on, asked_at, held_on) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, personId, kind, leavesOn, tx.ctx.now, isHeld ? tx.ctx.today : null);
	record(tx, 'membership.leaving_noted', { type: 'person', id: personId }, { resignation: id, kind, leavesOn, isHeld });
	if (isHeld) tell(tx, personId, (settings, to) => leavingHeld(settings, { key: id }, to));
	else takeEffect(tx, { id, personId, kind, leavesOn }, handlers);
	return isHeld ? 'held' : 'noted';
}

/** Gives a leaving its day: today when the day asked for has passed while it was held. Joins a transaction and never authorises. */
export function takeEffect(tx: Tx, wish: Pick<Leaving, 'id' | 'personId' | 'kind' | 'leavesOn'>, handlers: MembershipHandlers): void {
	const { id, personId, kind } = wish;
	const endedOn = wish.leavesOn < tx.ctx.today ? tx.ctx.today : wish.leavesOn;
	endPeriods(tx, personId, { endedOn, endReason: kind });
	prepared(tx.db.sql, 'UPDATE membership_resignation SET effective_on = ?, released_on = CASE WHEN held_on IS NULL THEN NULL ELSE ? END WHERE id = ?').run(
		endedOn,
		tx.ctx.today,
		id,
	);
	record(tx, 'membership.leaving_effective', { type: 'person', id: personId }, { resignation: id, kind, endedOn });
	if (openPurchase(tx.db, personId)) cancelPurchase(tx, personId, 'the member leaves');
	handlers.onChanged(tx, personId);
	tell(tx, personId, (settings, to) => leaving(settings, { key: `${id}:${endedOn}`, lastOn: addDays(endedOn, -1), kind }, to));
}

/** Ends every period that would otherwise go on, by its grace too. Joins a transaction; the caller refreshes copies and tells the member. */
export function endPeriods(tx: Tx, personId: string, end: { endedOn: string; endReason: 'resigned' | 'retired' }): void {
	const { graceDays } = membershipRules(tx.db, tx.ctx.today);
	for (const p of periodsOf(tx.db, personId)) {
		if (addDays(p.paidToOn, graceDays) < end.endedOn || (p.endedOn !== null && p.endedOn <= end.endedOn)) continue;
		prepared(tx.db.sql, 'UPDATE membership_period SET ended_on = ?, end_reason = ? WHERE id = ?').run(end.endedOn, end.endReason, p.id);
		record(tx, 'membership.changed', { type: 'person', id: personId }, { period: p.id, ...end });
	}
}

/** Stays after all, as long as the last day has not passed. @throws Conflict */
export function withdrawLeaving(ctx: Ctx, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'withdraw leaving' }, (tx) => {
		const open = openLeaving(tx.db, personId);
		if (!open || (open.effectiveOn !== null && open.effectiveOn <= ctx.today))
			throw new Conflict('There is nothing to call off: it has taken effect, or was called off already.');
		prepared(tx.db.sql, 'UPDATE membership_resignation SET withdrawn_on = ? WHERE id = ?').run(ctx.today, open.id);
		const text = 'UPDATE membership_period SET ended_on = NULL, end_reason = NULL WHERE person_id = ? AND ended_on = ? AND end_reason = ?';
		prepared(tx.db.sql, text).run(personId, open.effectiveOn, open.kind);
		record(tx, 'membership.leaving_withdrawn', { type: 'person', id: personId }, { resignation: open.id });
		handlers.onChanged(tx, personId);
	});
}

/** The employment of an organisation member has ended, and the membership with it. `lastOn`: the last day of employment, past or to come. @throws Conflict, Invalid */
export function endEmployment(ctx: Ctx, input: { mark: string; lastOn: string }, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'end employment' }, (tx) => {
		const periods = unchanged(tx, personId, input.mark);
		const status = membershipStatusOf(ctx, personId);
		if (!isMember(status.state) || status.category !== 'organisation') throw new Conflict('You have no organisation membership.');
		if (openLeaving(tx.db, personId)) throw new Conflict('You have asked to leave already.');
		const begunOn = periods.at(-1)?.fromOn ?? ctx.today;
		if (input.lastOn < begunOn) throw new Invalid('last', 'That is before your membership began.');
		if (input.lastOn > (status.graceToOn ?? '')) throw new Invalid('last', 'Your membership ends before that day by itself. Choose an earlier day.');
		record(tx, 'membership.leaving_noted', { type: 'person', id: personId }, { employmentEndedOn: input.lastOn });
		endPeriods(tx, personId, { endedOn: addDays(input.lastOn, 1), endReason: 'resigned' });
		if (openPurchase(tx.db, personId)) cancelPurchase(tx, personId, 'the employment has ended');
		handlers.onChanged(tx, personId);
		tell(tx, personId, (settings, to) => employmentEnded(settings, { key: tx.processId }, to));
	});
}

function tell(tx: Tx, personId: string, make: (settings: Settings, to: string) => Mail): void {
	const to = mailAddressOf(tx.db, personId);
	if (to) queueMail(tx, make(tx.ctx.settings, to));
}

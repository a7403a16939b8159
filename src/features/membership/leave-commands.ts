import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths, daysBetween, sayDay } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { type Mail, queueMail } from '#core/outbox.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { Settings } from '#settings';
import { recordLeave } from './commands.ts';
import { mailAddressOf } from './contact.ts';
import { membershipFactsOf, membershipStatusOf, periodsOf } from './facts-queries.ts';
import { lastOf } from './grant.ts';
import type { MembershipHandlers } from './handlers.ts';
import { leaveRequest, openLeaveRequest } from './leave-queries.ts';
import { leaveAgreed, leaveEnded, leaveRefused } from './member-mails.ts';
import { canDecide } from './policy.ts';
import { unchanged } from './renew-commands.ts';
import { membershipRules } from './rules.ts';

type Leave = { fromOn: string; toOn: string };

/**
 * Takes leave. A few months need nobody; longer leave becomes a request. Days of leave use up no paid time: its end moves by as many.
 * @returns whether it was recorded or has to be agreed to. @throws Conflict, Invalid
 */
export function takeLeave(ctx: Ctx, input: Leave & { mark: string; reason: string }, handlers: MembershipHandlers): 'recorded' | 'asked' {
	const { personId } = personOf(ctx);
	return commit(ctx, { name: 'take leave' }, (tx) => {
		unchanged(tx, personId, input.mark);
		checkLeave(ctx, personId, input);
		if (openLeaveRequest(tx.db, personId)) throw new Conflict('You have asked for leave already. Take that request back first.');
		if (input.toOn <= addMonths(input.fromOn, membershipRules(tx.db, ctx.today).leaveFreeMonths)) {
			beginLeave(tx, personId, input, handlers);
			return 'recorded';
		}
		if (input.reason === '') throw new Invalid('reason', 'Longer leave has to be agreed to: say in a few words why you need it.');
		const text = "INSERT INTO membership_leave_request (id, person_id, from_on, to_on, reason, state, asked_at) VALUES (?, ?, ?, ?, ?, 'asked', ?)";
		prepared(tx.db.sql, text).run(newId(), personId, input.fromOn, input.toOn, input.reason, ctx.now);
		record(tx, 'membership.leave_asked', { type: 'person', id: personId }, { fromOn: input.fromOn, toOn: input.toOn });
		return 'asked';
	});
}

function checkLeave(ctx: Ctx, personId: string, { fromOn, toOn }: Leave): void {
	const status = membershipStatusOf(ctx, personId);
	const facts = membershipFactsOf(ctx.db, personId);
	const { leaveMostMonths } = membershipRules(ctx.db, ctx.today);
	if (status.state !== 'active' || status.endsOn !== null)
		throw new Conflict('Leave can be taken only while your membership is active and paid. Renew it first, then take leave.');
	if (facts.leaves.some((l) => l.toOn >= ctx.today)) throw new Conflict('You have leave already. End it first, then take another.');
	if (fromOn < ctx.today) throw new Invalid('from', 'Leave begins today or later.');
	if (toOn < fromOn) throw new Invalid('to', 'The last day of leave is before its first day.');
	if (fromOn > (status.paidToOn ?? ''))
		throw new Invalid('from', `Your membership is paid until ${sayDay(status.paidToOn ?? ctx.today)}. Leave has to begin before that.`);
	if (toOn > addMonths(fromOn, leaveMostMonths)) throw new Invalid('to', `Leave lasts ${leaveMostMonths} months at most.`);
}

function beginLeave(tx: Tx, personId: string, leave: Leave, handlers: MembershipHandlers): void {
	recordLeave(tx, personId, { fromOn: leave.fromOn, toOn: leave.toOn });
	const paidToOn = movePaidTo(tx, personId, daysBetween(leave.fromOn, leave.toOn) + 1);
	handlers.onChanged(tx, personId);
	tell(tx, personId, (settings, to) => leaveAgreed(settings, { key: `${personId}:${leave.fromOn}:${tx.processId}`, ...leave, paidToOn }, to));
}

/** Moves the end of all that was paid for by whole days. @returns the new last paid day */
function movePaidTo(tx: Tx, personId: string, days: number): string {
	const last = lastOf(periodsOf(tx.db, personId));
	if (!last) throw new NotFound('There is no membership.');
	const paidToOn = addDays(last.paidToOn, days);
	prepared(tx.db.sql, 'UPDATE membership_period SET paid_to_on = ? WHERE id = ?').run(paidToOn, last.id);
	record(tx, 'membership.changed', { type: 'person', id: personId }, { period: last.id, paidToOn, days });
	return paidToOn;
}

/** Ends leave from a day on, or calls it off before it began. `lastOn`: the last day of leave, yesterday at the earliest. @throws Conflict */
export function endLeave(ctx: Ctx, input: { mark: string }, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'end leave' }, (tx) => {
		unchanged(tx, personId, input.mark);
		const leave = membershipFactsOf(tx.db, personId).leaves.find((l) => l.toOn >= ctx.today);
		if (!leave) throw new Conflict('You have no leave that could be ended.');
		const lastOn = addDays(ctx.today, -1);
		const hasBegun = leave.fromOn <= lastOn;
		if (hasBegun) prepared(tx.db.sql, 'UPDATE membership_leave SET to_on = ? WHERE person_id = ? AND from_on = ?').run(lastOn, personId, leave.fromOn);
		else prepared(tx.db.sql, 'DELETE FROM membership_leave WHERE person_id = ? AND from_on = ?').run(personId, leave.fromOn);
		const unused = hasBegun ? daysBetween(lastOn, leave.toOn) : daysBetween(leave.fromOn, leave.toOn) + 1;
		record(tx, 'membership.leave_ended', { type: 'person', id: personId }, { ...leave, lastOn: hasBegun ? lastOn : null, unused });
		const paidToOn = movePaidTo(tx, personId, -unused);
		handlers.onChanged(tx, personId);
		tell(tx, personId, (settings, to) => leaveEnded(settings, { key: tx.processId, paidToOn }, to));
	});
}

export type LeaveDecision = { id: string; version: number; agrees: boolean; words: string };

/** An officer agrees to longer leave, or does not and says why. @throws NotFound, Forbidden (also about oneself), Conflict, Invalid */
export function decideLeave(ctx: Ctx, input: LeaveDecision, handlers: MembershipHandlers): void {
	const request = leaveRequest(ctx, input.id);
	allow(canDecide(ctx.actor, request.personId), 'This is your own request: somebody else has to decide about it.');
	if (!input.agrees && input.words === '') throw new Invalid('words', 'Write the reason: the member reads it.');
	commit(ctx, { name: 'decide leave', reason: input.words || undefined }, (tx) => {
		closeRequest(tx, request.id, input.version, { state: input.agrees ? 'approved' : 'refused', words: input.words });
		record(tx, 'membership.leave_decided', { type: 'person', id: request.personId }, { agrees: input.agrees, fromOn: request.fromOn, toOn: request.toOn });
		if (!input.agrees) return tell(tx, request.personId, (settings, to) => leaveRefused(settings, { key: request.id }, to));
		// Asked in time and answered late is still leave from the day of the answer.
		const leave = { fromOn: request.fromOn < ctx.today ? ctx.today : request.fromOn, toOn: request.toOn };
		checkLeave(ctx, request.personId, leave);
		beginLeave(tx, request.personId, leave, handlers);
	});
}

/** Takes one's own request for leave back. @throws Conflict when it was decided */
export function withdrawLeaveRequest(ctx: Ctx): void {
	const { personId } = personOf(ctx);
	const request = openLeaveRequest(ctx.db, personId);
	if (!request) throw new Conflict('There is no request to take back: it was decided, or taken back already.');
	commit(ctx, { name: 'withdraw leave request' }, (tx) => {
		closeRequest(tx, request.id, request.version, { state: 'withdrawn', words: '' });
		record(tx, 'membership.leave_decided', { type: 'person', id: personId }, { withdrawn: true });
	});
}

function closeRequest(tx: Tx, id: string, version: number, { state, words }: { state: 'approved' | 'refused' | 'withdrawn'; words: string }): void {
	const text = `UPDATE membership_leave_request SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?, version = version + 1
		WHERE id = ? AND version = ? AND state = 'asked'`;
	const by = tx.ctx.actor.kind === 'person' ? tx.ctx.actor.personId : null;
	if (prepared(tx.db.sql, text).run(state, by, tx.ctx.now, words, id, version).changes === 0)
		throw new Conflict('Somebody has decided about this request in the meantime.');
}

function tell(tx: Tx, personId: string, make: (settings: Settings, to: string) => Mail): void {
	const to = mailAddressOf(tx.db, personId);
	if (to) queueMail(tx, make(tx.ctx.settings, to));
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { recordConsent } from './consent-commands.ts';
import { costOf, costOfMove, termFrom } from './cost.ts';
import type { Grade } from './facts.ts';
import { membershipStatusOf, type Period, periodsOf } from './facts-queries.ts';
import { gradesToMoveTo } from './grades.ts';
import { lastOf } from './grant.ts';
import type { MembershipHandlers } from './handlers.ts';
import { cancelPurchase, openPurchase, orderPurchase } from './purchases.ts';
import { renewalOn } from './renewal.ts';
import { declarationsOn, membershipRules } from './rules.ts';

/** What a page was made from: a form that was opened before something changed is refused instead of doing something else. */
export function stateMark(periods: readonly Period[]): string {
	const last = lastOf(periods);
	return last ? `${last.id}.${last.category}.${last.paidToOn}.${last.endedOn ?? ''}` : 'none';
}

export type RenewInput = { mark: string; category: Grade; employer: string; declarationsVersion: string };

/**
 * Orders the next period and its invoice; once that is paid the period follows the last paid day without a gap. Sent twice, it is ordered once.
 * @throws Conflict when it is too early, too late, or something changed; Invalid
 */
export function renewMembership(ctx: Ctx, input: RenewInput, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'renew membership' }, (tx) => {
		const periods = unchanged(tx, personId, input.mark);
		const rules = membershipRules(tx.db, ctx.today);
		const renewal = renewalOn(membershipStatusOf(ctx, personId), periods, ctx.today, rules);
		if (renewal.kind === 'no') throw new Conflict(renewal.why);
		if (renewal.kind === 'not_yet') throw new Conflict('It is too early to renew.');
		const { period, fromOn, kind } = renewal;
		if (input.category !== period.category && !gradesToMoveTo(period.category).includes(input.category))
			throw new Invalid('category', 'That grade needs an application of its own.');
		const employer = input.category === 'organisation' ? input.employer : null;
		if (employer === '') throw new Invalid('employer', 'Enter your present employer: organisation membership needs one.');
		agree(tx, personId, input.declarationsVersion);
		const { lines } = costOf(ctx, personId, input.category, termFrom(ctx, fromOn));
		const dueOn = kind === 'renew' ? later(addDays(period.paidToOn, rules.graceDays), ctx.today) : addDays(ctx.today, rules.payDays);
		orderPurchase(tx, { personId, kind, category: input.category, employer, periodId: period.id, applicationId: null, lines, dueOn }, handlers);
		record(tx, 'membership.ordered', { type: 'person', id: personId }, { kind, fromOn, declarations: input.declarationsVersion });
	});
}

function agree(tx: Tx, personId: string, version: string): void {
	const { version: inForce, declarations } = declarationsOn(tx.db, tx.ctx.today);
	if (version !== inForce) throw new Invalid('declare', 'The declarations have changed in the meantime. Please read them again.');
	for (const { key } of declarations) recordConsent(tx, personId, { purpose: key, version });
}

/**
 * Moves to another grade: the difference for the days left is invoiced, and the grade changes when it is paid; a cheaper grade begins at once,
 * and the difference is credited to the next fee. @throws Conflict, Invalid
 */
export function changeGrade(ctx: Ctx, input: { mark: string; category: Grade }, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'change grade' }, (tx) => {
		const last = lastOf(unchanged(tx, personId, input.mark));
		const status = membershipStatusOf(ctx, personId);
		if (!last || status.state !== 'active' || status.endsOn !== null)
			throw new Conflict('Your grade can be changed only while your membership is active and paid.');
		if (!gradesToMoveTo(last.category).includes(input.category)) throw new Invalid('category', 'That grade needs an application of its own.');
		const { lines } = costOfMove(ctx, personId, { from: last.category, to: input.category, toOn: last.paidToOn });
		const dueOn = addDays(ctx.today, membershipRules(tx.db, ctx.today).payDays);
		const order = { personId, kind: 'grade', category: input.category, employer: null, periodId: last.id, applicationId: null } as const;
		orderPurchase(tx, { ...order, lines, dueOn }, handlers);
	});
}

/** Takes back an order that is not paid. @throws Conflict when there is none, or part of it was paid */
export function cancelOrder(ctx: Ctx, purchaseId: string): void {
	const { personId } = personOf(ctx);
	const open = openPurchase(ctx.db, personId);
	if (open?.id !== purchaseId || open.kind === 'join') throw new Conflict('There is no order to take back: it was paid, or taken back already.');
	commit(ctx, { name: 'cancel order' }, (tx) => cancelPurchase(tx, personId, 'the member took it back'));
}

/** An organisation member works for another organisation from now on. @throws Conflict, Invalid */
export function changeEmployer(ctx: Ctx, input: { mark: string; employer: string }, handlers: MembershipHandlers): void {
	const { personId } = personOf(ctx);
	if (input.employer === '') throw new Invalid('employer', 'Enter the NHS organisation or charity that employs you now.');
	commit(ctx, { name: 'change employer' }, (tx) => {
		const last = lastOf(unchanged(tx, personId, input.mark));
		if (last?.category !== 'organisation' || membershipStatusOf(ctx, personId).category === null) throw new Conflict('You have no organisation membership.');
		prepared(tx.db.sql, 'UPDATE membership_period SET employer = ? WHERE id = ?').run(input.employer, last.id);
		record(tx, 'membership.employer_changed', { type: 'person', id: personId }, { period: last.id }, { before: last.employer, after: input.employer });
		handlers.onChanged(tx, personId);
	});
}

/** @throws Conflict when the membership is not what the page showed */
export function unchanged(tx: Tx, personId: string, mark: string): Period[] {
	const periods = periodsOf(tx.db, personId);
	if (stateMark(periods) !== mark) throw new Conflict('Your membership has changed since you opened this page. Have a look at where it stands now.');
	return periods;
}

function later(a: string, b: string): string {
	return a > b ? a : b;
}

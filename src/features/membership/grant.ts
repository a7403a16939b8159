import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { applicationById } from './application-queries.ts';
import { advance } from './application-states.ts';
import { mailAddressOf } from './contact.ts';
import { termFrom } from './cost.ts';
import { useCredit } from './credit.ts';
import { membershipFactsOf, type Period, periodsOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { gradeChanged, membershipRenewed, welcome } from './member-mails.ts';
import type { Purchase } from './purchases.ts';
import { membershipRules } from './rules.ts';
import { membershipStatus } from './status.ts';

/**
 * Gives what was bought, once: a first period, the next one, a return, another grade. Joins a transaction and never authorises.
 * @param paid.paidOn the day the money came: who paid in time has no gap, however late we noted it
 * @param paid.creditPence for a move to a cheaper grade: what goes to the member's credit
 * @throws Conflict when it cannot be given any more (they have left, or came back too late): finance sees it
 */
export function grantPurchase(tx: Tx, purchase: Purchase, paid: { paidOn: string; creditPence?: number }, handlers: MembershipHandlers): void {
	const { personId } = purchase;
	if (purchase.kind === 'grade') moveGrade(tx, purchase);
	else addPeriod(tx, purchase, paid.paidOn);
	if (paid.creditPence) useCredit(tx, personId, { pence: paid.creditPence, purchaseId: purchase.id });
	prepared(tx.db.sql, 'UPDATE membership_purchase SET done_on = ? WHERE id = ?').run(tx.ctx.today, purchase.id);
	record(tx, 'membership.granted', { type: 'person', id: personId }, { purchase: purchase.id, kind: purchase.kind, category: purchase.category });
	handlers.onChanged(tx, personId);
}

function addPeriod(tx: Tx, purchase: Purchase, paidOn: string): void {
	const { personId, category, employer } = purchase;
	if (membershipStatus(membershipFactsOf(tx.db, personId), tx.ctx.today, membershipRules(tx.db, tx.ctx.today)).state === 'removed')
		throw new Conflict('They were removed from the register meanwhile. The money has to go back.');
	const fromOn = purchase.kind === 'join' ? tx.ctx.today : beginningOfNext(tx, personId, paidOn);
	const { toOn } = termFrom(tx.ctx, fromOn);
	const id = newId();
	const text = 'INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on, employer, purchase_id) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, personId, category, fromOn, toOn, employer, purchase.id);
	record(tx, 'membership.started', { type: 'person', id: personId }, { category, fromOn, paidToOn: toOn, purchase: purchase.id });
	const application = purchase.applicationId === null ? null : applicationById(tx.db, purchase.applicationId);
	if (application?.state === 'admitted') advance(tx, application, 'pay');
	const to = mailAddressOf(tx.db, personId);
	const make = purchase.kind === 'join' ? welcome : membershipRenewed;
	if (to) queueMail(tx, make(tx.ctx.settings, { key: purchase.id, category, fromOn, toOn }, to));
}

/** The day after the last paid one, so that no gap is made; a new beginning only for someone who paid after their grace had ended. */
function beginningOfNext(tx: Tx, personId: string, paidOn: string): string {
	const facts = membershipFactsOf(tx.db, personId);
	const rules = membershipRules(tx.db, tx.ctx.today);
	const { state } = membershipStatus(facts, tx.ctx.today, rules);
	const last = lastOf(facts.periods as Period[]);
	if (!last) throw new Conflict('There is no membership to renew.');
	if (['removed', 'deceased'].includes(state) || (last.endedOn !== null && last.endReason !== 'lapsed')) throw new Conflict('This membership has ended.');
	if (paidOn <= addDays(last.paidToOn, rules.graceDays)) return addDays(last.paidToOn, 1);
	const latest = addMonths(addDays(last.paidToOn, rules.graceDays + 1), rules.rejoinMonths);
	if (paidOn > latest) throw new Conflict('This membership lapsed too long ago to be taken up again: a new application is needed.');
	return tx.ctx.today;
}

/** The part that has passed becomes a period of its own; the present one keeps its key, so that reminders and invoices go on belonging to it. */
function moveGrade(tx: Tx, purchase: Purchase): void {
	const { sql } = tx.db;
	const { personId, category } = purchase;
	const { today } = tx.ctx;
	const running = periodsOf(tx.db, personId).filter((p) => p.paidToOn >= today && (p.endedOn === null || p.endedOn > today) && p.category !== category);
	if (running.length === 0) throw new Conflict('There is no paid membership to change.');
	for (const p of running) {
		if (p.fromOn < today) {
			const past = 'INSERT INTO membership_period (id, person_id, category, from_on, paid_to_on, employer) VALUES (?, ?, ?, ?, ?, ?)';
			prepared(sql, past).run(newId(), personId, p.category, p.fromOn, addDays(today, -1), p.employer);
		}
		const change = 'UPDATE membership_period SET category = ?, from_on = max(from_on, ?), employer = ? WHERE id = ?';
		prepared(sql, change).run(category, today, purchase.employer, p.id);
		record(tx, 'membership.changed', { type: 'person', id: personId }, { period: p.id, from: p.category, category, on: today });
	}
	const to = mailAddressOf(tx.db, personId);
	if (to) queueMail(tx, gradeChanged(tx.ctx.settings, { key: purchase.id, category }, to));
}

/** The period that began last: what was paid before somebody left and came back counts no more. */
export function lastOf(periods: readonly Period[]): Period | null {
	return periods.reduce<Period | null>((a, b) => (a === null || b.fromOn > a.fromOn ? b : a), null);
}

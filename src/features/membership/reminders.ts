import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths, daysBetween } from '#core/dates.ts';
import { isExpected } from '#core/errors.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from './contact.ts';
import { membershipFactsOf } from './facts-queries.ts';
import type { MembershipHandlers } from './handlers.ts';
import { takeEffect } from './leaving-commands.ts';
import { heldLeavings } from './leaving-queries.ts';
import { lapsed, lapseKey, type Reminder, reminderKey, renewalReminder } from './reminder-mails.ts';
import { type MembershipRules, membershipRules } from './rules.ts';
import { settle } from './settled.ts';
import { membershipStatus } from './status.ts';

/** Small, so that a request never waits long behind it, and that a crash costs little. */
const AT_ONCE = 50;
/** Rows looked at in one go: a whole year's members may share one renewal date. */
const SCAN = 500;

export type NightsWork = { granted: number; reminded: number; lapseTold: number; released: number; unreachable: number };

/**
 * Renewal night: grants what was paid and not yet granted, reminds of fees, tells who has lapsed, lets go who was held. Everything is done in
 * small transactions of their own, and every message has a key for ever: killed at any point and begun again, nobody is told twice or left out.
 * Lapsing itself needs no job: it is the passing of a day.
 */
export async function remindMembers(ctx: Ctx, handlers: MembershipHandlers): Promise<NightsWork> {
	const done: NightsWork = { granted: 0, reminded: 0, lapseTold: 0, released: 0, unreachable: 0 };
	await grantPaid(ctx, handlers, done);
	const rules = membershipRules(ctx.db, ctx.today);
	const first = addDays(ctx.today, -rules.graceDays - LAPSE_TOLD_DAYS);
	const last = addDays(ctx.today, Math.max(...rules.reminderDays));
	let after = { paidToOn: first, id: '' };
	for (;;) {
		const rows = prepared(ctx.db.sql, ENDING).all(after.paidToOn, after.id, last, SCAN) as Ending[];
		const due = rows.flatMap((row) => (isTold(ctx, keyOf(row, ctx.today, rules)) ? [] : [row]));
		for (let i = 0; i < due.length; i += AT_ONCE) {
			tellThem(ctx, due.slice(i, i + AT_ONCE), rules, done);
			await pause();
		}
		const end = rows.at(-1);
		if (!end || rows.length < SCAN) break;
		after = end;
		await pause();
	}
	letGo(ctx, handlers, done);
	return done;
}

/** A lapse is told for so many days after it, should the jobs have stood still. Whoever lapsed before that (an import of old members) is not written to. */
const LAPSE_TOLD_DAYS = 30;

type Ending = { id: string; personId: string; paidToOn: string };

/** The last period of everyone whose paid time is about to end, or has just ended. */
const ENDING = `SELECT p.id, p.person_id AS personId, p.paid_to_on AS paidToOn FROM membership_period p
	WHERE (p.paid_to_on, p.id) > (?, ?) AND p.paid_to_on <= ? AND p.ended_on IS NULL
		AND NOT EXISTS (SELECT 1 FROM membership_period n WHERE n.person_id = p.person_id AND n.from_on > p.from_on)
	ORDER BY p.paid_to_on, p.id LIMIT ?`;

function isTold(ctx: Pick<Ctx, 'db'>, key: string): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(key) !== undefined;
}

/** What is to be told today: the reminder whose day has come last, so that a job that stood still does not send three at once. */
function keyOf({ id, paidToOn }: Pick<Ending, 'id' | 'paidToOn'>, today: string, rules: MembershipRules): string {
	if (today > addDays(paidToOn, rules.graceDays)) return lapseKey(id);
	return reminderKey({ periodId: id, days: reminderDay(daysBetween(today, paidToOn), rules.reminderDays) });
}

/** The smallest of the days that is not smaller than the days left. 45 left of 60, 30, 14, 3, 0 → 60. */
export function reminderDay(daysLeft: number, days: readonly number[]): number {
	return Math.min(...days.filter((day) => day >= Math.max(daysLeft, 0)));
}

function tellThem(ctx: Ctx, rows: readonly Ending[], rules: MembershipRules, done: NightsWork): void {
	const wanted = rows.filter((row) => {
		const isReachable = mailAddressOf(ctx.db, row.personId) !== null;
		if (!isReachable) done.unreachable += 1;
		return isReachable && isToBeTold(ctx, row, rules);
	});
	if (wanted.length === 0) return;
	commit(ctx, { name: 'remind members', reason: 'the paid time ends' }, (tx) => {
		for (const row of wanted) tellOne(tx, row, rules, done);
		if (tx.recorded === 0) record(tx, 'membership.reminded', { type: 'job', id: 'remind-members' }, { nobody: true });
	});
}

/** Members only: nobody who has left, was removed or has died is reminded of a fee. */
function isToBeTold(ctx: Ctx, row: Ending, rules: MembershipRules): boolean {
	const { state, endsOn } = membershipStatus(membershipFactsOf(ctx.db, row.personId), ctx.today, rules);
	return state === 'lapsed' || (['active', 'grace', 'on_leave', 'suspended'].includes(state) && endsOn === null);
}

function tellOne(tx: Tx, row: Ending, rules: MembershipRules, done: NightsWork): void {
	const { today } = tx.ctx;
	// Asked again inside the write: another process may have told them since the list was read.
	if (isTold(tx, keyOf(row, today, rules))) return;
	const to = mailAddressOf(tx.db, row.personId) as string;
	const graceToOn = addDays(row.paidToOn, rules.graceDays);
	const days = reminderDay(daysBetween(today, row.paidToOn), rules.reminderDays);
	const facts: Reminder = { periodId: row.id, days, paidToOn: row.paidToOn, graceToOn, rejoinToOn: addMonths(addDays(graceToOn, 1), rules.rejoinMonths) };
	const hasLapsed = today > graceToOn;
	queueMail(tx, hasLapsed ? lapsed(tx.ctx.settings, facts, to) : renewalReminder(tx.ctx.settings, facts, to));
	record(
		tx,
		hasLapsed ? 'membership.lapse_told' : 'membership.reminded',
		{ type: 'person', id: row.personId },
		{ period: row.id, days: hasLapsed ? null : days },
	);
	if (hasLapsed) done.lapseTold += 1;
	else done.reminded += 1;
}

/** Paid in full and not granted: the program was stopped between the two, or the payment was written by other means. */
async function grantPaid(ctx: Ctx, handlers: MembershipHandlers, done: NightsWork): Promise<void> {
	const text = `SELECT i.id, i.subject_id AS subjectId FROM membership_purchase u JOIN invoice i ON i.id = u.invoice_id
		WHERE u.done_on IS NULL AND u.cancelled_on IS NULL AND i.settled_at IS NOT NULL AND i.voided_at IS NULL AND u.id > ? ORDER BY u.id LIMIT ?`;
	let after = '';
	for (;;) {
		const paid = prepared(ctx.db.sql, text).all(after, AT_ONCE) as { id: string; subjectId: string }[];
		if (paid.length === 0) return;
		commit(ctx, { name: 'grant what was paid' }, (tx) => {
			for (const invoice of paid) grantOne(tx, invoice, handlers, done);
			if (tx.recorded === 0) record(tx, 'membership.granted', { type: 'job', id: 'remind-members' }, { nothing: true });
		});
		after = paid.at(-1)?.subjectId ?? after;
		await pause();
	}
}

/** In a savepoint: somebody who may not come back has paid, which finance sees on their page; the others must not wait for that. */
function grantOne(tx: Tx, invoice: { id: string; subjectId: string }, handlers: MembershipHandlers, done: NightsWork): void {
	const { lastMac, recorded } = tx;
	try {
		if (tx.db.sql.transaction(() => settle(tx, invoice, handlers))()) done.granted += 1;
	} catch (error) {
		if (!isExpected(error)) throw error;
		Object.assign(tx, { lastMac, recorded });
	}
}

function letGo(ctx: Ctx, handlers: MembershipHandlers, done: NightsWork): void {
	for (const wish of heldLeavings(ctx.db)) {
		commit(ctx, { name: 'release leaving', reason: 'the case it waited for has come to its end' }, (tx) => {
			if (handlers.hasOpenCase(tx, wish.personId)) return record(tx, 'membership.leaving_noted', { type: 'person', id: wish.personId }, { isHeld: true });
			takeEffect(tx, wish, handlers);
			done.released += 1;
		});
	}
}

/** Lets waiting requests go first. */
function pause(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { somethingDue } from './condition-mails.ts';
import { postTo } from './message-post.ts';
import { type Due, dueIn } from './order-due.ts';
import { publicationDue, reviewComesUp, reviewOverdue } from './order-mails.ts';
import { orderRulesOn } from './order-rules.ts';
import { isOpenOrder, ordersIn } from './order-store.ts';
import { isInterim } from './order-text.ts';
import { type Standing, standingOf, takeStep } from './step.ts';

/**
 * What of orders happens without anyone asking: whoever looks after one is reminded before a review and every day after it, of what is to be
 * published, of conditions; an interim order whose last day has passed is noted in its case. It never publishes, ends or changes anything.
 * @returns counts
 */
export function tendOrders(ctx: Ctx): { reminded: number; ended: number } {
	const counts = { reminded: 0, ended: 0 };
	for (const id of prepared(ctx.db.sql, CASES).pluck().all() as string[]) {
		counts.ended += noteEnd(ctx, id);
		const standing = standingOf(ctx.db, id);
		for (const due of dueIn(ctx.db, standing, ctx.today)) counts.reminded += remind(ctx, standing, due);
	}
	return counts;
}

/** The last day of an interim order has passed: the register tells it by date alone, and its case is told by this. */
function noteEnd(ctx: Ctx, id: string): number {
	const before = standingOf(ctx.db, id);
	const interim = ordersIn(ctx.db, before).filter(({ row }) => isInterim(row.kind) && row.publishedAt !== null);
	if (before.state.interim !== 'in_force' || interim.length === 0 || interim.some((one) => isOpenOrder(one, ctx.today))) return 0;
	// One that is decided anew and not published yet is not over.
	if (interim.every(({ decision }) => decision.state !== 'stands')) return 0;
	commit(ctx, { name: 'note that an interim order is over' }, (tx) =>
		takeStep(tx, standingOf(tx.db, id), 'interim_ended', { side: 'system', personId: null }, { because: 'date' }),
	);
	return 1;
}

/** `no`: which of those who are told, so that each gets a message of their own. */
type Make = (to: string, no: number) => Mail;
/** Who is told, what, and since when a reminder is owed. */
type Owed = { since: string; what: 'review' | 'publish' | 'condition' | 'judge'; people: string[]; make: Make };

function remind(ctx: Ctx, standing: Standing, due: Due): number {
	const owed = owedFor(ctx, standing, due);
	if (owed === null) return 0;
	const { since, what, people, make } = owed;
	if (prepared(ctx.db.sql, TOLD).get(due.id, what, since)) return 0;
	commit(ctx, { name: 'remind of an order' }, (tx) => {
		prepared(tx.db.sql, 'INSERT INTO concern_order_notice (about_id, what, on_day) VALUES (?, ?, ?)').run(due.id, what, ctx.today);
		record(tx, 'concern.order_reminded', { type: 'concern', id: standing.concern.id }, { what, isLate: due.isLate, people: people.length });
		for (const [no, person] of people.entries()) postTo(tx, person, (to) => make(to, no));
	});
	return 1;
}

function owedFor(ctx: Ctx, standing: Standing, due: Due): Owed | null {
	const { settings, today } = ctx;
	const about = (no: number) => ({ key: `${due.id}:${today}:${no}`, dueOn: due.dueOn });
	const carers = () => carersOf(ctx, standing);
	if (due.kind === 'end') return null;
	if (due.kind === 'publish') return { since: today, what: 'publish', people: carers(), make: (to, no) => publicationDue(settings, about(no), to) };
	if (due.kind === 'review' && due.isLate) return { since: today, what: 'review', people: carers(), make: (to, no) => reviewOverdue(settings, about(no), to) };
	if (due.kind === 'review') {
		const since = reached(due.dueOn, standing.rules.reviewNoticeDays, today);
		return since === null ? null : { since, what: 'review', people: carers(), make: (to, no) => reviewComesUp(settings, about(no), to) };
	}
	const isTheirs = due.who === 'The therapist';
	if (!isTheirs || due.isLate)
		return due.isLate ? { since: today, what: 'judge', people: carers(), make: (to, no) => reviewOverdue(settings, about(no), to) } : null;
	const since = reached(due.dueOn, orderRulesOn(ctx.db, today).conditionNoticeDays, today);
	const { respondentId } = standing.concern;
	return since === null
		? null
		: { since, what: 'condition', people: respondentId === null ? [] : [respondentId], make: (to, no) => somethingDue(settings, about(no), to) };
}

/** The latest of the days of notice that has come, or null. */
function reached(dueOn: string, days: readonly number[], today: string): string | null {
	const come = days.map((before) => addDays(dueOn, -before)).filter((day) => day <= today);
	return come.sort().at(-1) ?? null;
}

/** Who is let in and looks after the orders of a case; where nobody is any more, every complaints officer whom nothing ties to it. */
function carersOf({ db, now, today }: Pick<Tx['ctx'], 'db' | 'now' | 'today'>, { concern }: Standing): string[] {
	const own = prepared(db.sql, CARERS).pluck().all(concern.id, now) as string[];
	return own.length > 0 ? own : (prepared(db.sql, OFFICERS).pluck().all({ today, id: concern.id }) as string[]);
}

const CASES = `SELECT DISTINCT concern_id FROM concern_step WHERE kind IN ('sanction_decided', 'interim_decided', 'appeal_decided')
	UNION SELECT concern_id FROM concern_order ORDER BY 1`;
const TOLD = 'SELECT 1 FROM concern_order_notice WHERE about_id = ? AND what = ? AND on_day >= ?';
const CARERS = `SELECT DISTINCT a.person_id FROM concern_access a WHERE a.concern_id = ? AND a.capacity IN ('owner', 'secretary', 'monitor')
	AND a.declared IN ('none', 'minor') AND a.ended_at IS NULL AND a.until_at > ?
	AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = a.concern_id AND i.other_id = a.person_id) ORDER BY 1`;
const OFFICERS = `SELECT DISTINCT person_id FROM role_grant WHERE role = 'complaints_officer' AND from_on <= :today AND (to_on IS NULL OR to_on >= :today)
	AND person_id NOT IN (SELECT other_id FROM concern_interest WHERE concern_id = :id)
	AND person_id NOT IN (SELECT person_id FROM concern_access WHERE concern_id = :id AND end_reason = 'recused') ORDER BY 1`;

import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import { holidaysOf } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { ORDER_WORDS } from '#features/register/index.ts';
import { owedOf } from './condition-state.ts';
import { conditionsOf } from './condition-store.ts';
import { ordersDecided } from './order-decided.ts';
import { openEnd } from './order-end.ts';
import { OWED_WORDS } from './order-said.ts';
import { groundOf, isOpenOrder, type OrderIn, ordersIn } from './order-store.ts';
import { isHeld, publishDueOn } from './sanction-state.ts';
import { type Standing, standingOf } from './step.ts';

export type DueKind = 'publish' | 'review' | 'condition' | 'end';
/** Something owed of an order. `about`: which part of the case it leads to; `id`: of the order or the condition. */
export type Due = { kind: DueKind; id: string; reference: string; what: string; who: string; dueOn: string; isLate: boolean; part: string };

/** Everything that is owed of the orders of a case on a day, or will be within the days of the first notice. Never authorises. */
export function dueIn(db: Db, standing: Standing, today: string): Due[] {
	const orders = ordersIn(db, standing);
	const open = orders.filter((one) => isOpenOrder(one, today));
	return [
		...toPublish(db, standing, orders, today),
		...open.flatMap((one) => [...reviewOf(standing, one, today), ...conditionsDue(db, standing, one, today)]),
		...endsWaiting(db, standing, orders, today),
	];
}

/** What is owed of orders in the cases that the actor works on, what is late first. Of others nothing, and no number. @throws SignInRequired */
export function dueOrders(ctx: Ctx): Due[] {
	const { personId } = personOf(ctx);
	const ids = isStaff(ctx.actor) ? (prepared(ctx.db.sql, KNOWN).pluck().all({ me: personId, now: ctx.now }) as string[]) : [];
	const due = ids.flatMap((id) => dueIn(ctx.db, standingOf(ctx.db, id), ctx.today));
	return due.sort((a, b) => a.dueOn.localeCompare(b.dueOn) || a.reference.localeCompare(b.reference));
}

/** Cases with an order that binds, which nobody looks after any more: a complaints officer may take them over. @throws SignInRequired */
export function orphanedCases(ctx: Ctx): { reference: string; what: string }[] {
	const { personId } = personOf(ctx);
	if (!isStaff(ctx.actor) || !hasRole(ctx.actor, 'complaints_officer')) return [];
	const rows = prepared(ctx.db.sql, ORPHANS).all({ me: personId, now: ctx.now, today: ctx.today }) as { reference: string; kind: OrderIn['row']['kind'] }[];
	return rows.map(({ reference, kind }) => ({ reference, what: ORDER_WORDS[kind].label }));
}

const base = ({ concern }: Standing) => concern.reference ?? '';

function toPublish(db: Db, standing: Standing, orders: readonly OrderIn[], today: string): Due[] {
	const ground = groundOf(db, standing, today);
	const isOut = (step: number, item: number) => orders.some(({ row }) => row.stepNo === step && row.item === item && row.publishedAt !== null);
	return ordersDecided(standing.steps).flatMap((decision) => {
		const dueOn = isOut(decision.step, decision.item) ? null : publishDueOn(decision, ground, holidaysOf(db));
		if (dueOn === null || isHeld(decision, ground, today)) return [];
		const { label } = ORDER_WORDS[decision.kind];
		const what = orders.some(({ row }) => row.stepNo === decision.step && row.item === decision.item) ? `${label}: to be published` : `${label}: to be drafted`;
		const id = `${standing.concern.id}:${decision.step}-${decision.item}`;
		return [{ kind: 'publish' as const, id, reference: base(standing), what, who: 'Two people of the case', dueOn, isLate: dueOn < today, part: '' }];
	});
}

function reviewOf(standing: Standing, { row, key }: OrderIn, today: string): Due[] {
	const first = Math.max(...standing.rules.reviewNoticeDays);
	if (row.reviewOn === null || today < addDays(row.reviewOn, -first)) return [];
	const what = `${ORDER_WORDS[row.kind].label}: to be looked at again`;
	return [
		{
			kind: 'review',
			id: row.id,
			reference: base(standing),
			what,
			who: 'Two people of the case',
			dueOn: row.reviewOn,
			isLate: row.reviewOn < today,
			part: key,
		},
	];
}

function conditionsDue(db: Db, standing: Standing, { row, key }: OrderIn, today: string): Due[] {
	const { orders } = groundOf(db, standing, today);
	return conditionsOf(db, row.id).flatMap(({ id, no, dueOn, acts }) => {
		const owed = owedOf(dueOn, acts, orders.judgeDays);
		if (owed === null || (owed.by === 'therapist' && today < addDays(owed.dueOn, -Math.max(...orders.conditionNoticeDays)))) return [];
		const what = `${ORDER_WORDS[row.kind].label}: condition ${no}`;
		return [
			{ kind: 'condition' as const, id, reference: base(standing), what, who: OWED_WORDS[owed.by], dueOn: owed.dueOn, isLate: owed.dueOn < today, part: key },
		];
	});
}

function endsWaiting(db: Db, standing: Standing, orders: readonly OrderIn[], today: string): Due[] {
	return orders.flatMap(({ row, key }) => {
		if (openEnd({ db }, row.id) === null) return [];
		const what = `${ORDER_WORDS[row.kind].label}: an end is proposed`;
		return [{ kind: 'end' as const, id: row.id, reference: base(standing), what, who: 'A second person', dueOn: today, isLate: false, part: key }];
	});
}

/** In words, for the first page of the office: what is overdue, in red until it is done. */
export function orderWarnings(ctx: Ctx): string[] {
	if (ctx.actor.kind !== 'person') return [];
	const late = dueOrders(ctx).filter(({ isLate }) => isLate);
	const says = late.slice(0, 5).map(({ what, reference, dueOn }) => `${reference}: ${lowerFirst(what)}. It was due on ${sayDay(dueOn)}.`);
	return late.length > says.length ? [...says, `${late.length - says.length} more are overdue: see what is due of orders.`] : says;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const DECIDED = `SELECT 1 FROM concern_step s WHERE s.concern_id = c.id AND s.kind IN ('sanction_decided', 'interim_decided', 'appeal_decided', 'resolution_agreed')`;
const TIED = `(SELECT concern_id FROM concern_interest WHERE other_id = :me UNION SELECT concern_id FROM concern_access WHERE person_id = :me AND end_reason = 'recused')`;
const KNOWN = `SELECT DISTINCT c.id FROM concern_access a JOIN concern c ON c.id = a.concern_id
	WHERE a.person_id = :me AND a.capacity IN ('owner', 'secretary', 'adviser', 'monitor', 'caseworker') AND a.declared IS NOT NULL AND a.ended_at IS NULL
		AND a.from_at <= :now AND a.until_at > :now AND c.reference IS NOT NULL AND EXISTS (${DECIDED}) AND c.id NOT IN ${TIED}`;
const ORPHANS = `SELECT c.reference, o.kind FROM concern_order o JOIN concern c ON c.id = o.concern_id
	WHERE o.published_by IS NOT NULL AND o.set_aside_on IS NULL AND (o.closed_how IS NULL OR o.closed_how = 'not_met')
		AND (o.to_on IS NULL OR o.to_on >= :today) AND o.kind NOT IN ('removal', 'voluntary_removal', 'award_withdrawn')
		AND NOT EXISTS (SELECT 1 FROM concern_order n WHERE n.follows_id = o.id AND n.published_by IS NOT NULL)
		AND NOT EXISTS (SELECT 1 FROM concern_access a WHERE a.concern_id = c.id AND a.capacity IN ('owner', 'secretary') AND a.ended_at IS NULL
			AND a.until_at > :now AND NOT EXISTS (SELECT 1 FROM concern_interest i WHERE i.concern_id = c.id AND i.other_id = a.person_id))
		AND c.id NOT IN ${TIED} ORDER BY c.reference`;

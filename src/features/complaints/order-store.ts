import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernOrder } from '#db/schema/index.ts';
import { factsOf, type MembershipFact, registerRules } from '#features/register/index.ts';
import { type DecidedOrder, ordersDecided } from './order-decided.ts';
import { orderRulesOn } from './order-rules.ts';
import { type Ground, type SanctionState, sanctionState } from './sanction-state.ts';
import type { Standing } from './step.ts';

export type OrderRow = typeof concernOrder.$inferSelect;
/** A version of an order with the decision that it follows from. `key`: what its address says, `14-0-1`: step, place in it, version. */
export type OrderIn = { row: OrderRow; decision: DecidedOrder; key: string; variedOn: string | null };

/** The versions of every order of a case, as they were written. Never authorises. */
export function ordersIn(db: Db, { concern, steps }: Pick<Standing, 'concern' | 'steps'>): OrderIn[] {
	const rows = prepared(db.sql, `${ORDERS} WHERE concern_id = ? AND dropped_at IS NULL ORDER BY step_no, item, version`).all(concern.id) as OrderRow[];
	const decisions = ordersDecided(steps);
	return rows.flatMap((row) => {
		const decision = decisions.find((one) => one.step === row.stepNo && one.item === row.item);
		const variedOn = rows.find((other) => other.followsId === row.id)?.fromOn ?? null;
		return decision ? [{ row, decision, key: orderKey(row), variedOn }] : [];
	});
}

/** One of them by its key. @throws NotFound */
export function orderIn(db: Db, standing: Pick<Standing, 'concern' | 'steps'>, key: string): OrderIn {
	const found = ordersIn(db, standing).find((one) => one.key === key);
	if (!found) throw new NotFound('There is no such order.');
	return found;
}

export function orderKey({ stepNo, item, version }: Pick<OrderRow, 'stepNo' | 'item' | 'version'>): string {
	return `${stepNo}-${item}-${version}`;
}

/** The rules by which the orders of a case are judged on a day. */
export function groundOf(db: Db, { rules }: Pick<Standing, 'rules'>, day: string): Ground {
	return { orders: orderRulesOn(db, day), concerns: rules, register: registerRules(db, day) };
}

/** How a version stands on a day. */
export function stateOfOrder(db: Db, standing: Standing, { row, decision, variedOn }: OrderIn, day: string): SanctionState {
	return sanctionState({ ...row, variedOn }, decision, groundOf(db, standing, day), day, membershipsOf(db, standing.concern.respondentId));
}

/** Does a version still bind on a day, as far as what was recorded of it goes? A removal does until somebody is admitted again. Pure. */
export function isOpenOrder({ row, variedOn }: Pick<OrderIn, 'row' | 'variedOn'>, day: string): boolean {
	const isClosed = (row.closedHow !== null && row.closedHow !== 'not_met') || row.setAsideOn !== null || variedOn !== null;
	return row.fromOn !== null && !isClosed && (row.toOn === null || row.toOn >= day);
}

/** The first day of an order through all its versions; null before the first was published. */
export function firstDayOf(orders: readonly OrderIn[], { row }: Pick<OrderIn, 'row'>): string | null {
	const line = orders.filter((one) => one.row.stepNo === row.stepNo && one.row.item === row.item);
	return line.map((one) => one.row.fromOn).find((day) => day !== null) ?? null;
}

function membershipsOf(db: Db, personId: string | null): readonly MembershipFact[] {
	return (personId && factsOf(db, personId)?.memberships) || [];
}

const ORDERS = `SELECT id, concern_id AS concernId, step_no AS stepNo, item, version, follows_id AS followsId, kind, award_id AS awardId, months,
	review_months AS reviewMonths, public_text AS publicText, drafted_by AS draftedBy, drafted_at AS draftedAt, checked_by AS checkedBy,
	checked_at AS checkedAt, dropped_at AS droppedAt, published_by AS publishedBy, published_at AS publishedAt, from_on AS fromOn, to_on AS toOn,
	review_on AS reviewOn, display_until_on AS displayUntilOn, register_order_id AS registerOrderId, closed_how AS closedHow, closed_on AS closedOn,
	set_aside_on AS setAsideOn
	FROM concern_order`;

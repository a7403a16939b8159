import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { ORDER_WORDS } from '#features/register/index.ts';
import { isShowable, owedOf } from './condition-state.ts';
import { openConditions } from './condition-store.ts';
import { SANCTION_WORDS } from './order-said.ts';
import { groundOf, isOpenOrder, ordersIn, stateOfOrder } from './order-store.ts';
import { respondentCase } from './own-door.ts';

const SAID = { shown: 'You showed this', accepted: 'We said: it is enough', not_enough: 'We said: it is not enough yet', breach: 'We said: it was not kept' };

/**
 * The orders of a case as the therapist reads them: what is public, and every condition in full with what they showed and what we said. Only
 * what was published. That they opened it is noted. @throws NotFound for everybody else
 */
export function ownOrders(ctx: Ctx, reference: string) {
	const own = respondentCase(ctx, reference, 'conditions');
	const { judgeDays } = groundOf(ctx.db, own, ctx.today).orders;
	const orders = ordersIn(ctx.db, own).filter(({ row, variedOn }) => row.publishedAt !== null && variedOn === null);
	return orders.map((order) => {
		const state = SANCTION_WORDS[stateOfOrder(ctx.db, own, order, ctx.today)];
		return {
			key: order.key,
			label: ORDER_WORDS[order.row.kind].label,
			state: state.label,
			tone: state.tone,
			days: `From ${sayDay(order.row.fromOn ?? '')}${order.row.toOn === null ? '' : ` to ${sayDay(order.row.toOn)}`}`,
			reviewOn: order.row.reviewOn,
			conditions: openConditions(ctx, own.concern.id, order.row.id).map((one) => {
				const owed = owedOf(one.dueOn, one.acts, judgeDays);
				return {
					no: one.no,
					id: `${order.key}-${one.no}`,
					words: one.words,
					isHealth: one.isHealth,
					dueOn: one.dueOn,
					done: one.acts.length,
					isLate: owed?.by === 'therapist' && owed.dueOn < ctx.today,
					mayShow: isShowable(one.state) && isOpenOrder(order, ctx.today),
					acts: one.acts.map(({ kind, onDay, words }) => ({ said: `${SAID[kind]}, ${sayDay(onDay)}`, words })),
				};
			}),
		};
	});
}

/** One condition of theirs that can be shown now, by what its address says: `14-0-1-2`. @throws NotFound */
export function ownCondition(ctx: Ctx, reference: string, id: string) {
	const found = ownOrders(ctx, reference).flatMap(({ key, conditions }) => conditions.map((one) => ({ order: key, ...one })));
	const one = found.find((each) => each.id === id && each.mayShow);
	if (!one) throw new NotFound('There is no such condition.');
	return one;
}

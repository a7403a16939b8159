import type { Ctx } from '#core/ctx.ts';
import { openTexts } from '#core/vault.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { concernCondition, concernConditionAct } from '#db/schema/index.ts';
import { type ConditionState, conditionState } from './condition-state.ts';

type Row = typeof concernCondition.$inferSelect;
type ActRow = typeof concernConditionAct.$inferSelect;
export type ConditionIn = Omit<Row, 'isHealth'> & { isHealth: boolean; acts: Omit<ActRow, 'conditionId'>[]; state: ConditionState };
/** The same with the words of everybody. */
export type ConditionOpened = Omit<ConditionIn, 'acts'> & { words: string; acts: (Omit<ActRow, 'conditionId'> & { words: string })[] };

/** The conditions of a version of an order, with what was done about each. Never authorises. */
export function conditionsOf(db: Db, orderId: string): ConditionIn[] {
	const rows = prepared(db.sql, CONDITIONS).all(orderId) as (Omit<Row, 'isHealth'> & { isHealth: 0 | 1 })[];
	return rows.map((row) => {
		const acts = prepared(db.sql, ACTS).all(row.id) as Omit<ActRow, 'conditionId'>[];
		return { ...row, isHealth: row.isHealth === 1, acts, state: conditionState(row.dueOn, acts) };
	});
}

/** The same with its words. Never authorises, and notes nothing: whoever asks has opened the case. */
export function openConditions(ctx: Ctx, concernId: string, orderId: string): ConditionOpened[] {
	const found = conditionsOf(ctx.db, orderId);
	const places = found.flatMap(({ id, acts }) => [`condition:${id}`, ...acts.map(({ no }) => actPlace(id, no))]);
	const words = openTexts(ctx, concernId, places);
	return found.map((one) => ({
		...one,
		words: words.get(`condition:${one.id}`) ?? '',
		acts: one.acts.map((act) => ({ ...act, words: words.get(actPlace(one.id, act.no)) ?? '' })),
	}));
}

/** Where the words of something done about a condition stand. */
export function actPlace(conditionId: string, no: number): string {
	return `condition:${conditionId}:${no}`;
}

const CONDITIONS = `SELECT id, order_id AS orderId, from_id AS fromId, no, is_health AS isHealth, public_text AS publicText, monitor_id AS monitorId,
	due_on AS dueOn FROM concern_condition WHERE order_id = ? ORDER BY no`;
const ACTS = `SELECT no, kind, at, on_day AS onDay, by_person AS byPerson, file_id AS fileId FROM concern_condition_act WHERE condition_id = ? ORDER BY no`;

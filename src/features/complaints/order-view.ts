import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { holidaysOf } from '#core/working-days.ts';
import { nameOf } from '#features/membership/index.ts';
import { ORDER_WORDS, type Tone } from '#features/register/index.ts';
import { owedOf } from './condition-state.ts';
import { type ConditionOpened, openConditions } from './condition-store.ts';
import { actsOnOrder } from './order-acts.ts';
import { ordersDecided } from './order-decided.ts';
import { reasonsOf } from './order-draft.ts';
import { openEnd, reasonsOfEnd } from './order-end.ts';
import { mayMonitor, mayOrder, mayReadOrders } from './order-policy.ts';
import { hindranceOf, previewOf } from './order-publish.ts';
import { CONDITION_WORDS, END_WORDS, FROM_WORDS, OWED_WORDS, SANCTION_WORDS } from './order-said.ts';
import { groundOf, type OrderIn, orderIn, ordersIn, stateOfOrder } from './order-store.ts';
import { publishDueOn } from './sanction-state.ts';
import { type OpenCase, openCase, type Sight } from './sight.ts';

type Line = { key: string; label: string; state: string; tone: Tone; days: string };
/** A decision with the versions of its order. `toDraft`: its key, where the actor may draft the first. */
export type DecisionView = { what: string; from: string; dueOn: string | null; isLate: boolean; toDraft: string | null; versions: Line[] };

/** Everything that was decided in a case as an order, and what became of it; that it was opened is noted. @throws NotFound */
export function caseOrders(ctx: Ctx, reference: string): DecisionView[] {
	const opened = openFor(ctx, reference, 'orders');
	const orders = ordersIn(ctx.db, opened);
	return ordersDecided(opened.steps).map((decision) => {
		const versions = orders.filter(({ row }) => row.stepNo === decision.step && row.item === decision.item);
		const isOut = versions.some(({ row }) => row.publishedAt !== null);
		const dueOn = isOut ? null : publishDueOn(decision, groundOf(ctx.db, opened, ctx.today), holidaysOf(ctx.db));
		return {
			what: decision.months === null ? ORDER_WORDS[decision.kind].label : `${ORDER_WORDS[decision.kind].label}, ${decision.months} months`,
			from: `By ${FROM_WORDS[decision.from]}, ${sayDay(decision.decidedOn)}`,
			dueOn,
			isLate: dueOn !== null && dueOn < ctx.today,
			toDraft:
				versions.length === 0 && decision.state !== 'set_aside' && decision.state !== 'over' && mayOrder(ctx.actor, opened)
					? `${decision.step}-${decision.item}`
					: null,
			versions: versions.map((one) => lineOf(ctx, opened, one)),
		};
	});
}

/** A version of an order with its conditions, for whoever works on it; that it was opened is noted. @throws NotFound */
export function orderView(ctx: Ctx, reference: string, key: string) {
	const opened = openFor(ctx, reference, `order:${key}`);
	const order = orderIn(ctx.db, opened, key);
	const { row } = order;
	const end = openEnd(ctx, row.id);
	return {
		...lineOf(ctx, opened, order),
		isDraft: row.publishedAt === null,
		hindrance: row.publishedAt === null && mayOrder(ctx.actor, opened) ? hindranceOf({ db: ctx.db, ctx }, opened, order) : null,
		rows: rowsOf(ctx, opened, order),
		text: textOf(ctx, opened, order),
		reasons: reasonsOf(ctx, opened.concern.id, row.id),
		proposed: end === null ? null : { what: END_WORDS[end.kind], by: nameOf(ctx.db, end.proposedBy) ?? '', why: reasonsOfEnd(ctx, opened.concern.id, end.id) },
		conditions: openConditions(ctx, opened.concern.id, row.id).map((one) => conditionView(ctx, opened, order, one)),
		acts: actsOnOrder(ctx, reference, key),
	};
}
export type OrderView = ReturnType<typeof orderView>;

function openFor(ctx: Ctx, reference: string, what: string): OpenCase {
	const opened = openCase(ctx, reference, what);
	if (!mayReadOrders(ctx.actor, opened)) throw new NotFound('There is no such case.');
	return opened;
}

function lineOf(ctx: Ctx, sight: Sight, order: OrderIn): Line {
	const state = stateOfOrder(ctx.db, sight, order, ctx.today);
	const { kind, version, fromOn, toOn } = order.row;
	const label = version === 1 ? ORDER_WORDS[kind].label : `${ORDER_WORDS[kind].label}, version ${version}`;
	const days = fromOn === null ? '' : `From ${sayDay(fromOn)}${toOn === null ? '' : ` to ${sayDay(toOn)}`}`;
	return { key: order.key, label, state: SANCTION_WORDS[state].label, tone: SANCTION_WORDS[state].tone, days };
}

function rowsOf(ctx: Ctx, sight: Sight, order: OrderIn): { key: string; value: string }[] {
	const { row } = order;
	const name = (id: string | null) => (id && nameOf(ctx.db, id)) || 'Nobody yet';
	const days = row.publishedAt === null ? previewOf({ db: ctx.db, ctx }, sight, order).days : { ...row, fromOn: row.fromOn ?? '' };
	const would = row.publishedAt === null ? ' (if it were published today)' : '';
	return [
		{ key: 'From', value: `${sayDay(days.fromOn)}${would}` },
		{ key: 'Last day', value: days.toOn === null ? 'None: until it is ended' : `${sayDay(days.toOn)}${would}` },
		...(days.reviewOn === null ? [] : [{ key: 'Looked at again by', value: `${sayDay(days.reviewOn)}${would}` }]),
		{ key: 'Written by', value: name(row.draftedBy) },
		{ key: 'Legal check', value: name(row.checkedBy) },
		{ key: 'Published by', value: name(row.publishedBy) },
		...(row.closedOn === null ? [] : [{ key: 'Ended', value: sayDay(row.closedOn) }]),
		...(row.setAsideOn === null ? [] : [{ key: 'Set aside on appeal', value: sayDay(row.setAsideOn) }]),
	];
}

function textOf(ctx: Ctx, sight: Sight, order: OrderIn): string {
	return previewOf({ db: ctx.db, ctx }, sight, order).text;
}

function conditionView(ctx: Ctx, sight: Sight, order: OrderIn, one: ConditionOpened) {
	const owed = order.row.publishedAt === null ? null : owedOf(one.dueOn, one.acts, groundOf(ctx.db, sight, ctx.today).orders.judgeDays);
	return {
		no: one.no,
		words: one.words,
		isHealth: one.isHealth,
		publicText: one.publicText,
		monitor: nameOf(ctx.db, one.monitorId) ?? '',
		state: CONDITION_WORDS[one.state],
		dueOn: one.dueOn,
		owed: owed && `${OWED_WORDS[owed.by]}, by ${sayDay(owed.dueOn)}`,
		isLate: owed !== null && owed.dueOn < ctx.today,
		acts: one.acts.map(({ no, kind, onDay, byPerson, words, fileId }) => ({
			no,
			kind,
			onDay,
			by: (byPerson && nameOf(ctx.db, byPerson)) || 'The therapist',
			words,
			fileId,
		})),
		mayJudge: order.row.publishedAt !== null && mayMonitor(ctx.actor, sight) && one.state !== 'accepted' && one.state !== 'breach',
	};
}

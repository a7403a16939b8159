import type { OrderKind } from '#features/register/index.ts';
import type { Step } from './state.ts';

/** Of an order that was decided: does it still stand, waits for an appeal, or was it set aside? `over`: an interim order that was ended. */
export type DecisionState = 'stands' | 'appealed' | 'set_aside' | 'over';
/**
 * An order that was decided, by the step that holds it and its place there. `settledOn`: the day on which an appeal left it as it was.
 * `from` says who decided: `settlement` is what both sides agreed to, which may become an order and need not.
 */
export type DecidedOrder = {
	step: number;
	item: number;
	kind: OrderKind;
	months: number | null;
	from: 'hearing' | 'interim' | 'appeal' | 'settlement';
	decidedOn: string;
	state: DecisionState;
	stateOn: string;
	settledOn: string | null;
};

/** Every order that was ever decided in a case, in that order, as it stands after its steps. Pure; an order is drafted from one of them only. */
export function ordersDecided(steps: readonly Step[]): DecidedOrder[] {
	return steps.reduce<DecidedOrder[]>((orders, step) => FOLLOWS[step.kind]?.(orders, step) ?? orders, []);
}

type Follow = (orders: DecidedOrder[], step: Step) => DecidedOrder[];

const FOLLOWS: Partial<Record<Step['kind'], Follow>> = {
	sanction_decided: (orders, step) => [...orders, ...decidedIn(step, 'hearing')],
	interim_decided: (orders, step) => (step.data.imposed === true ? [...orders, interimIn(step)] : orders),
	interim_ended: (orders, step) => moved(orders, step, ({ from, state }) => from === 'interim' && state === 'stands', 'over'),
	resolution_agreed: (orders, step) => [...orders, decided(step, { kind: 'undertakings', months: null }, { from: 'settlement', item: 0 })],
	appealed: (orders, step) => moved(orders, step, ({ from, state }) => from === 'hearing' && state === 'stands', 'appealed'),
	appeal_decided: appealDecided,
};

function appealDecided(orders: DecidedOrder[], step: Step): DecidedOrder[] {
	const isAppealed = ({ state }: DecidedOrder) => state === 'appealed';
	const { onDay, data } = step;
	if (data.result === 'upheld') return orders.map((one) => (isAppealed(one) ? { ...one, state: 'stands', stateOn: onDay, settledOn: onDay } : one));
	return [...moved(orders, step, isAppealed, 'set_aside'), ...(data.result === 'varied' ? decidedIn(step, 'appeal') : [])];
}

function moved(orders: DecidedOrder[], { onDay }: Step, which: (one: DecidedOrder) => boolean, state: DecisionState): DecidedOrder[] {
	return orders.map((one) => (which(one) ? { ...one, state, stateOn: onDay } : one));
}

type Named = { kind: OrderKind; months: number | null };

function decidedIn(step: Step, from: DecidedOrder['from']): DecidedOrder[] {
	const list = Array.isArray(step.data.orders) ? (step.data.orders as Named[]) : [];
	return list.map((one, item) => decided(step, one, { from, item }));
}

function interimIn(step: Step): DecidedOrder {
	const { kind = 'interim_suspension', months = null } = step.data as Partial<Named>;
	return decided(step, { kind, months }, { from: 'interim', item: 0 });
}

function decided(step: Step, { kind, months }: Named, { from, item }: Pick<DecidedOrder, 'from' | 'item'>): DecidedOrder {
	const { no, onDay } = step;
	return { step: no, item, kind, months: months ?? null, from, decidedOn: onDay, state: 'stands', stateOn: onDay, settledOn: null };
}

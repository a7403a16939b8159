import { Conflict, Invalid } from '#core/errors.ts';
import { type Ordered, ordersFor, refuseOrders } from './panel-orders.ts';
import { breachIn, type Motion, waysAfter } from './panel-questions.ts';
import type { Room } from './panel-room.ts';
import type { RoundKind } from './panel-rows.ts';
import type { Outcome } from './state.ts';

export type { Motion };
export type HearingOutcome = 'not_upheld' | 'partly_upheld' | 'upheld';

/** What is put to a panel with a question, in keys and numbers, as far as somebody has to say it. Pure. @throws Invalid, Conflict */
export function motionFor(room: Room, kind: RoundKind, said: Motion): Motion {
	return MOTIONS[kind]?.(room, said) ?? {};
}

const MOTIONS: Partial<Record<RoundKind, (room: Room, said: Motion) => Motion>> = {
	prospect: ({ allegations }) => ({ allegations: ids(allegations) }),
	way: ({ rounds }) => ({ ways: waysAfter({ rounds }) }),
	interim: interimMotion,
	facts: ({ allegations }, { admitted }) => {
		const known = ids(allegations).filter((id) => ((admitted as string[] | undefined) ?? []).includes(id));
		return { allegations: ids(allegations).filter((id) => !known.includes(id)), admitted: known };
	},
	sanction: sanctionMotion,
	appeal: appealMotion,
};

function ids(allegations: Room['allegations']): string[] {
	if (allegations.length === 0) throw new Conflict('No allegation is written down.');
	return allegations.map(({ id }) => id);
}

function interimMotion({ panel, panelRules, rules }: Room, { orders }: Motion): Motion {
	const [order, ...more] = listed(orders);
	if (order === undefined || more.length > 0) throw new Invalid('orders', 'Put one order to the vote.');
	refuseOrders([order], ordersFor(panel.kind, panelRules, rules));
	return { ...order };
}

function sanctionMotion(room: Room, { outcome, orders }: Motion): Motion {
	const made = listed(orders);
	refuseOrders(made, ordersFor(room.panel.kind, room.panelRules, room.rules));
	if (!outcomesFor(room).includes(outcome as HearingOutcome)) throw new Invalid('outcome', 'That does not fit what was found.');
	return { outcome, orders: made };
}

/** Which outcomes fit what was found: it is upheld whole only where everything was proved or admitted. Pure. */
export function outcomesFor({ steps, allegations }: Pick<Room, 'steps' | 'allegations'>): HearingOutcome[] {
	if (breachIn(steps) !== true) return ['not_upheld'];
	return allegations.some(({ finding }) => finding === 'not_proved') ? ['partly_upheld'] : ['upheld', 'partly_upheld'];
}

const HEARD: readonly (Outcome | null)[] = ['not_upheld', 'partly_upheld', 'upheld'];

/** To where an appeal may send a case back, by what was appealed against. Pure. */
export function backTo(outcome: Outcome | null): string[] {
	if (outcome === 'declined') return ['triage'];
	return HEARD.includes(outcome) ? ['hearing', 'decision_to_refer'] : ['decision_to_refer', 'triage'];
}

function appealMotion(room: Room, { result, outcome, to, orders }: Motion): Motion {
	const { state } = room;
	if (result === 'upheld') return { result };
	if (result === 'quashed') {
		if (!backTo(state.outcome).includes(String(to))) throw new Invalid('to', 'Choose who decides it anew.');
		return { result, to };
	}
	if (result !== 'varied') throw new Invalid('result', 'Choose one.');
	const made = listed(orders);
	const isHeard = HEARD.includes(state.outcome);
	if (!(isHeard ? ['not_upheld', 'partly_upheld', 'upheld'] : ['advice']).includes(String(outcome)))
		throw new Invalid('outcome', 'Choose what it is changed to.');
	if (outcome === 'not_upheld' || !isHeard ? made.length > 0 : breachIn(room.steps) !== true)
		throw new Invalid('outcome', 'An order needs a breach that was found. Where none was, the case is heard anew.');
	refuseOrders(made, ordersFor('hearing', room.panelRules, room.rules));
	return { result, outcome, orders: made };
}

function listed(orders: unknown): Ordered[] {
	return (orders as Ordered[] | undefined) ?? [];
}

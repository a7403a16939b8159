import { Invalid } from '#core/errors.ts';
import type { OrderKind, PanelKind, PanelRules } from './panel-rules.ts';
import type { ConcernRules } from './rules.ts';

/** What a panel orders, as the step says it: kinds of the register with their months, null where it has no end. */
export type Ordered = { kind: OrderKind; months: number | null };

const INTERIM: readonly OrderKind[] = ['interim_suspension', 'interim_conditions'];

/** The orders that a panel of a kind may make, with their fewest and most months. Pure. */
export function ordersFor(kind: PanelKind, { orders, healthOrders }: PanelRules, rules: ConcernRules): Map<OrderKind, [number, number] | null> {
	const isAllowed = (order: OrderKind) => (kind === 'interim') === INTERIM.includes(order) && (kind !== 'health' || healthOrders.includes(order));
	const entries = Object.entries(orders) as [OrderKind, [number, number] | null][];
	return new Map(entries.filter(([order]) => isAllowed(order)).map(([order, months]) => [order, within(order, months, rules)]));
}

function within(order: OrderKind, months: [number, number] | null, { suspensionMostMonths, interimMostMonths }: ConcernRules): [number, number] | null {
	if (months === null) return null;
	const most = order === 'suspension' ? suspensionMostMonths : INTERIM.includes(order) ? interimMostMonths : months[1];
	return [months[0], Math.min(months[1], most)];
}

/** Refuses an order that such a panel cannot make, or for longer than the rules allow. @throws Invalid */
export function refuseOrders(orders: readonly Ordered[], allowed: Map<OrderKind, [number, number] | null>): void {
	for (const { kind, months } of orders) {
		const limits = allowed.get(kind);
		if (limits === undefined) throw new Invalid('orders', 'This panel cannot order that.');
		if (limits === null && months !== null) throw new Invalid(`months:${kind}`, 'This has no end: leave the months empty.');
		if (limits !== null && (months === null || months < limits[0] || months > limits[1]))
			throw new Invalid(`months:${kind}`, `Enter between ${limits[0]} and ${limits[1]} months.`);
	}
	if (new Set(orders.map(({ kind }) => kind)).size !== orders.length) throw new Invalid('orders', 'Choose each once.');
}

import type { Db } from '#db/client.ts';
import type { OrderKind } from './facts.ts';
import { factsOf } from './facts-queries.ts';
import { isInForce } from './orders.ts';

/** Orders that are not over and done with on the day they are made: who is under one may not simply leave. */
const BINDING: ReadonlySet<OrderKind> = new Set(['interim_suspension', 'interim_conditions', 'undertakings', 'conditions', 'suspension']);

/** Is someone under an order that a resignation has to wait for? Never authorises. */
export function hasOpenOrder(db: Db, personId: string, day: string): boolean {
	const facts = factsOf(db, personId);
	return facts?.orders.some((order) => BINDING.has(order.kind) && isInForce(order, facts.memberships, day)) ?? false;
}

import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { type KeptFacts, type OrdersEnd, type Retention, retentionOf } from './retain-state.ts';
import type { Standing } from './step.ts';

/** What is to become of a case, from the record. Never authorises. */
export function retentionIn(db: Db, { concern, steps, rules }: Standing, today: string): Retention {
	return retentionOf(steps, factsOf(db, concern.id, today), rules, today);
}

/** What the record says of a case beside its steps. Never authorises. */
export function factsOf(db: Db, concernId: string, today: string): KeptFacts {
	const retained = prepared(db.sql, RETAINED).get(concernId) as { untilOn: string; because: NonNullable<KeptFacts['retained']>['because'] } | undefined;
	return {
		orders: ordersEndOf(db, concernId, today),
		retained: retained ?? null,
		isHeld: prepared(db.sql, 'SELECT 1 FROM concern_held WHERE concern_id = ?').get(concernId) !== undefined,
	};
}

type OrderRow = { kind: string; toOn: string | null; closedOn: string | null };

/** The newest version of each order counts; one that is drafted and not yet published is still to come. */
function ordersEndOf(db: Db, concernId: string, today: string): OrdersEnd {
	const rows = prepared(db.sql, ORDERS).all(concernId) as OrderRow[];
	const ends = rows.map(({ toOn, closedOn }) => closedOn ?? (toOn !== null && toOn < today ? toOn : null));
	const isOpen = (kind: string) => rows.some((row, i) => row.kind === kind && ends[i] === null);
	return {
		endedOn:
			ends
				.filter((end) => end !== null)
				.toSorted()
				.at(-1) ?? null,
		isInForce: ends.some((end) => end === null),
		isRemoval: isOpen('removal') || isOpen('voluntary_removal'),
	};
}

const RETAINED = 'SELECT until_on AS untilOn, because FROM concern_retained WHERE concern_id = ? ORDER BY decided_at DESC, id DESC LIMIT 1';
const ORDERS = `SELECT o.kind, o.to_on AS toOn, o.closed_on AS closedOn FROM concern_order o WHERE o.concern_id = ? AND o.dropped_at IS NULL
	AND o.closed_how IS NOT 'revoked_on_appeal' AND o.set_aside_on IS NULL
	AND NOT EXISTS (SELECT 1 FROM concern_order n WHERE n.follows_id = o.id AND n.dropped_at IS NULL AND n.published_by IS NOT NULL)`;

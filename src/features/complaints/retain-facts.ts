import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { ordersDecided } from './order-decided.ts';
import { type KeptFacts, type OrdersEnd, type Retention, retentionOf } from './retain-state.ts';
import type { Step } from './state.ts';
import type { Standing } from './step.ts';

/** What is to become of a case, from the record. Never authorises. */
export function retentionIn(db: Db, standing: Standing, today: string): Retention {
	const { concern, steps, rules } = standing;
	const facts: KeptFacts = {
		orders: ordersEndIn(db, concern.id, steps, today),
		retained: (prepared(db.sql, RETAINED).get(concern.id) as KeptFacts['retained'] | undefined) ?? null,
		isHeld: prepared(db.sql, 'SELECT 1 FROM concern_held WHERE concern_id = ?').get(concern.id) !== undefined,
	};
	return retentionOf(steps, facts, rules, today);
}

type OrderRow = { step: number; item: number; kind: string; endedOn: string | null };

/** The newest version of each order counts. One that was decided and not published yet is still to come; one that was set aside never was. */
function ordersEndIn(db: Db, concernId: string, steps: readonly Step[], today: string): OrdersEnd {
	const rows = prepared(db.sql, ORDERS).all({ id: concernId, today }) as OrderRow[];
	const toCome = ordersDecided(steps)
		.filter(({ state, from }) => (state === 'stands' || state === 'appealed') && from !== 'settlement')
		.filter(({ step, item }) => !rows.some((row) => row.step === step && row.item === item));
	const open = [...rows.filter(({ endedOn }) => endedOn === null), ...toCome].map(({ kind }) => kind);
	return {
		endedOn:
			rows
				.flatMap(({ endedOn }) => endedOn ?? [])
				.toSorted()
				.at(-1) ?? null,
		isInForce: open.length > 0,
		isRemoval: open.includes('removal') || open.includes('voluntary_removal'),
	};
}

const RETAINED = 'SELECT until_on AS untilOn, because FROM concern_retained WHERE concern_id = ? ORDER BY decided_at DESC, id DESC LIMIT 1';
const ORDERS = `SELECT o.step_no AS step, o.item, o.kind, coalesce(o.closed_on, CASE WHEN o.to_on < :today THEN o.to_on END) AS endedOn
	FROM concern_order o WHERE o.concern_id = :id AND o.dropped_at IS NULL AND o.set_aside_on IS NULL
		AND NOT EXISTS (SELECT 1 FROM concern_order n WHERE n.follows_id = o.id AND n.dropped_at IS NULL AND n.published_by IS NOT NULL)`;

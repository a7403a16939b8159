import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addMonths, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import type { concernOrderEnd } from '#db/schema/index.ts';
import { isRemoval } from '#features/register/index.ts';
import { endOrder } from './order-follow.ts';
import { sightFor } from './order-open.ts';
import { isOpenOrder, type OrderIn, orderIn } from './order-store.ts';
import { isInterim } from './order-text.ts';
import { orderOf } from './sanction-state.ts';
import type { Sight } from './sight.ts';
import { takeStep } from './step.ts';

type Row = typeof concernOrderEnd.$inferSelect;
export type EndKind = Row['kind'];
export type OpenEnd = Pick<Row, 'id' | 'kind' | 'proposedBy' | 'proposedAt'>;

/** As what an order may be ended by two people now. A review that lifts a limit ends it as met; a removal is never over, it is lifted. Pure. */
export function endsOf({ row, variedOn }: Pick<OrderIn, 'row' | 'variedOn'>, today: string, restoreAfterMonths: number): EndKind[] {
	if (row.fromOn === null || row.setAsideOn !== null || variedOn !== null) return [];
	const isBinding = isOpenOrder({ row, variedOn }, today);
	if (isRemoval(orderOf(row, row.fromOn))) return isBinding && today >= addMonths(row.fromOn, restoreAfterMonths) ? ['restored'] : [];
	if (isInterim(row.kind)) return isBinding ? ['met'] : [];
	if (row.closedHow !== null) return [];
	// What was asked and not done can still be found after the last day.
	return isBinding ? ['met', 'not_met'] : ['not_met'];
}

/** Proposes how an order ends, with reasons. @throws NotFound, Forbidden; Invalid without reasons; Conflict when it cannot end so */
export function proposeEnd(ctx: Ctx, reference: string, key: string, input: { seen: number; kind: EndKind; reasons: string }): void {
	commit(ctx, { name: 'propose the end of an order' }, (tx) => {
		const sight = sightFor(ctx, reference, input.seen);
		const order = orderIn(tx.db, sight, key);
		refuseUnlessEnds(ctx, sight, order, input.kind);
		if (input.reasons.trim() === '') throw new Invalid('reasons', 'Say why.');
		if (openEnd(tx, order.row.id) !== null) throw new Conflict('An end is proposed already, and waits for a second person.');
		const id = newId();
		const text = 'INSERT INTO concern_order_end (id, order_id, kind, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, order.row.id, input.kind, personOf(ctx).personId, ctx.now);
		sealText(tx, sight.concern.id, `order:${id}`, input.reasons);
		record(tx, 'concern.order_end_proposed', { type: 'concern', id: sight.concern.id }, { kind: input.kind });
	});
}

/** Agrees to a proposed end, which happens at once, or does not. @throws NotFound, Forbidden, SignInRequired without a fresh proof, Conflict */
export function settleEnd(ctx: Ctx, reference: string, key: string, { seen, result }: { seen: number; result: 'agreed' | 'refused' | 'taken_back' }): void {
	if (result === 'agreed') requireProof(ctx, true);
	commit(ctx, { name: 'settle the end of an order' }, (tx) => {
		const sight = sightFor(ctx, reference, seen);
		const order = orderIn(tx.db, sight, key);
		const found = openEnd(tx, order.row.id);
		if (found === null) throw new Conflict('This was settled already. Open it again to see where it stands.');
		const { personId } = personOf(ctx);
		if (found.proposedBy === personId && result !== 'taken_back') throw new Conflict('You proposed it yourself: somebody else has to agree.');
		if (found.proposedBy !== personId && result === 'taken_back') throw new Conflict('Only who proposed it takes it back.');
		const text = 'UPDATE concern_order_end SET settled_by = ?, settled_at = ?, result = ? WHERE id = ?';
		prepared(tx.db.sql, text).run(personId, ctx.now, result, found.id);
		record(tx, 'concern.order_end_settled', { type: 'concern', id: sight.concern.id }, { kind: found.kind, result });
		if (result === 'agreed') end(tx, sight, order, found.kind);
	});
}

/** The proposed end of an order that waits for a second person. Never authorises. */
export function openEnd({ db }: Pick<Tx, 'db'>, orderId: string): OpenEnd | null {
	const text = `SELECT id, kind, proposed_by AS proposedBy, proposed_at AS proposedAt FROM concern_order_end WHERE order_id = ? AND settled_at IS NULL`;
	return (prepared(db.sql, text).get(orderId) as OpenEnd | undefined) ?? null;
}

/** Why an end was proposed. Never authorises. */
export function reasonsOfEnd(ctx: Ctx, concernId: string, endId: string): string {
	return openText(ctx, concernId, `order:${endId}`) ?? '';
}

function refuseUnlessEnds({ today }: Ctx, { rules }: Sight, order: OrderIn, kind: EndKind): void {
	if (endsOf(order, today, rules.restoreAfterMonths).includes(kind)) return;
	if (kind === 'restored' && order.row.fromOn !== null)
		throw new Conflict(`Nobody is restored to the register before ${sayDay(addMonths(order.row.fromOn, rules.restoreAfterMonths))}.`);
	throw new Conflict('This order cannot be ended like that. Open it again to see where it stands.');
}

function end(tx: Tx, sight: Sight, order: OrderIn, kind: EndKind): void {
	refuseUnlessEnds(tx.ctx, sight, order, kind);
	const { id, registerOrderId } = order.row;
	if (isInterim(order.row.kind) && sight.state.interim === 'in_force')
		takeStep(tx, sight, 'interim_ended', { side: 'system', personId: null }, { because: 'lifted' });
	else endOrder(tx, sight, { id, registerOrderId: registerOrderId as string }, isInterim(order.row.kind) ? 'lifted' : kind);
}

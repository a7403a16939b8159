import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { personOf, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { refreshFinder } from '#features/directory/index.ts';
import { imposeOrder } from '#features/register/index.ts';
import { endOf } from './access-put.ts';
import type { Told } from './case-step.ts';
import { isRespondentTold, putMessage, tellSides } from './message-put.ts';
import { giveWay } from './order-follow.ts';
import { openDraft, sightFor } from './order-open.ts';
import { firstDayOf, groundOf, isOpenOrder, type OrderIn, ordersIn } from './order-store.ts';
import { type Days, daysOf } from './order-terms.ts';
import { isInterim, publishedText } from './order-text.ts';
import { isHeld } from './sanction-state.ts';
import type { Sight } from './sight.ts';
import { takeStep } from './step.ts';

/**
 * Publishes an order that somebody else drafted: from this transaction on the register, the finder and every answer say it. Of a next version
 * the one before gives way to it; an order that is no interim one ends what was interim in the case.
 * @throws NotFound, Forbidden, SignInRequired without a fresh proof; Conflict in words while it is held, not checked, or one's own
 */
export function publishOrder(ctx: Ctx, reference: string, key: string, { seen }: { seen: number }): void {
	requireProof(ctx, true);
	const told = commit(ctx, { name: 'publish an order' }, (tx) => {
		const sight = sightFor(ctx, reference, seen);
		const order = openDraft(tx, sight, key);
		refuseUnready(tx, sight, order);
		return put(tx, sight, order);
	});
	tellSides(ctx, told);
}

/** What the whole notice will say, and its days, if it were published today. Never authorises. */
export function previewOf({ db, ctx }: Pick<Tx, 'db' | 'ctx'>, sight: Sight, order: OrderIn): { text: string; days: Days } {
	const { row } = order;
	const first = isInterim(row.kind) ? firstDayOf(ordersIn(db, sight), order) : null;
	const lastOn = first === null ? null : addDays(addMonths(first, sight.rules.interimMostMonths), -1);
	const { reviewBeforeEndDays } = groundOf(db, sight, ctx.today).orders;
	const text = publishedText(row.kind, row.publicText, conditionTexts({ db }, row.id));
	return { text, days: daysOf(row.kind, row, ctx.today, { reviewBeforeEndDays, lastOn }) };
}

/** Why it cannot be published by this person now, in words; null when it can. */
export function hindranceOf({ db, ctx }: Pick<Tx, 'db' | 'ctx'>, sight: Sight, { row, decision }: OrderIn): string | null {
	if (decision.state === 'set_aside' || decision.state === 'over') return 'This decision does not stand any more.';
	const held = row.followsId === null ? heldBecause(db, sight, decision, ctx.today) : null;
	if (held !== null) return held;
	if (row.checkedAt === null && !isInterim(row.kind)) return 'The legal check is not noted yet.';
	if (row.draftedBy === personOf(ctx).personId) return 'You wrote it yourself: somebody else has to publish it.';
	return null;
}

/** An appeal holds what is not public yet; of what is, a review goes on meanwhile. */
function heldBecause(db: Tx['db'], sight: Sight, decision: OrderIn['decision'], today: string): string | null {
	if (!isHeld(decision, groundOf(db, sight, today), today)) return null;
	return decision.state === 'appealed'
		? 'An appeal against this decision is being heard.'
		: 'The time for an appeal is not over yet. It is published after that.';
}

function refuseUnready(tx: Tx, sight: Sight, order: OrderIn): void {
	const hindrance = hindranceOf(tx, sight, order);
	if (hindrance !== null) throw new Conflict(hindrance);
	const { days } = previewOf(tx, sight, order);
	if (days.toOn !== null && days.toOn < tx.ctx.today) throw new Conflict('An interim order cannot last any longer. A new one needs a new decision.');
}

function put(tx: Tx, sight: Sight, order: OrderIn): Told {
	const { concern, state } = sight;
	const { row } = order;
	const { ctx, db } = tx;
	const respondentId = concern.respondentId as string;
	const { text, days } = previewOf(tx, sight, order);
	if (row.followsId !== null) giveWayTo(tx, sight, row.followsId);
	const registerOrderId = imposeOrder(tx, respondentId, { kind: row.kind, awardId: row.awardId, publicText: text, ...days });
	const { fromOn, toOn, reviewOn, displayUntilOn } = days;
	prepared(db.sql, PUBLISH).run(personOf(ctx).personId, ctx.now, fromOn, toOn, reviewOn, displayUntilOn, registerOrderId, row.id);
	if (!isInterim(row.kind) && state.interim === 'in_force') takeStep(tx, sight, 'interim_ended', { side: 'system', personId: null }, { because: 'order' });
	refreshFinder(tx, respondentId);
	keepLetIn(tx, concern.id, toOn ?? addMonths(fromOn, 60));
	record(tx, 'concern.order_published', { type: 'concern', id: concern.id }, { kind: row.kind, version: row.version });
	return told(tx, sight, order);
}

function giveWayTo(tx: Tx, sight: Sight, followsId: string): void {
	const before = ordersIn(tx.db, sight).find(({ row }) => row.id === followsId);
	const registerOrderId = before?.row.registerOrderId ?? null;
	if (!before || registerOrderId === null || !isOpenOrder(before, tx.ctx.today)) throw new Conflict(OVER);
	giveWay(tx, { registerOrderId });
}

const OVER = 'The order that this goes on from is over. A new one needs a new decision.';

/** Whoever looks after it is let in for as long as it lasts, and some time after. */
function keepLetIn({ db }: Tx, concernId: string, lastOn: string): void {
	const text = `UPDATE concern_access SET until_at = max(until_at, ?) WHERE concern_id = ? AND capacity IN ('owner', 'secretary', 'monitor') AND ended_at IS NULL`;
	prepared(db.sql, text).run(endOf(addMonths(lastOn, 6)), concernId);
}

const WORDS = {
	complainant: 'The outcome of the case is on the register now. You can read it on the entry of the therapist, and among our notices.',
	respondent: 'An order about you is on the register from today. You can read its words on your entry. The case in your own area says what it asks of you.',
} as const;

function told(tx: Tx, { concern, steps }: Sight, { row }: OrderIn): Told {
	const sides = (['complainant', 'respondent'] as const).filter((side) => side === 'complainant' || isRespondentTold(steps));
	for (const side of sides) putMessage(tx, { concern, steps }, { side, words: WORDS[side], repeatKey: `order:${row.id}:${side}` });
	return { concernId: concern.id, respondentId: concern.respondentId, sides: ['complainant', 'respondent'], about: `order:${row.id}` };
}

function conditionTexts({ db }: Pick<Tx, 'db'>, orderId: string): { isHealth: boolean; publicText: string }[] {
	const text = 'SELECT is_health AS isHealth, public_text AS publicText FROM concern_condition WHERE order_id = ? ORDER BY no';
	const rows = prepared(db.sql, text).all(orderId) as { isHealth: number; publicText: string }[];
	return rows.map(({ isHealth, publicText }) => ({ isHealth: isHealth === 1, publicText }));
}

const PUBLISH = `UPDATE concern_order SET published_by = ?, published_at = ?, from_on = ?, to_on = ?, review_on = ?, display_until_on = ?,
	register_order_id = ? WHERE id = ?`;

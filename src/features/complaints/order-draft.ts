import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { copyConditions } from './condition-draft.ts';
import { namedIn } from './gate-view.ts';
import { type DecidedOrder, ordersDecided } from './order-decided.ts';
import { openDraft, sightFor } from './order-open.ts';
import { mayCheckOrder } from './order-policy.ts';
import { groundOf, isOpenOrder, type OrderIn, orderKey, ordersIn } from './order-store.ts';
import { termsOf } from './order-terms.ts';
import { accusingWord, hasFixedText, isInterim, nameInText } from './order-text.ts';
import { type Sight, sightOf } from './sight.ts';
import { refuseStale } from './step.ts';

/** What is typed of an order. `decision`: `14-0`, a step and a place in it. `words`: what the public reads. `reasons`: why, for the file. */
export type DraftInput = {
	seen: number;
	decision: string;
	award: string | null;
	months: number | null;
	reviewMonths: number | null;
	words: string;
	reasons: string;
};

/**
 * Drafts an order from what a panel decided, or what both sides agreed to; or, where the order is published already, its next version after a
 * review. Nothing is public yet. @returns the key of the draft. @throws NotFound, Forbidden; Invalid beside a field; Conflict in words
 */
export function draftOrder(ctx: Ctx, reference: string, input: DraftInput): string {
	return commit(ctx, { name: 'draft an order' }, (tx) => {
		const sight = sightFor(ctx, reference, input.seen);
		const decision = decisionIn(sight, input.decision);
		if (decision.state === 'set_aside' || decision.state === 'over') throw new Conflict('This decision does not stand any more.');
		const before = ordersIn(tx.db, sight).filter(({ row }) => `${row.stepNo}-${row.item}` === input.decision);
		const last = before.at(-1) ?? null;
		if (last !== null && last.row.publishedAt === null) throw new Conflict('This is drafted already. Change the draft, or drop it.');
		if (last !== null && !isOpenOrder(last, ctx.today)) throw new Conflict('This order is over. A new one needs a new decision.');
		const id = insertDraft(tx, sight, { decision, input, last });
		if (last !== null) copyConditions(tx, sight.concern.id, last.row.id, id);
		record(tx, 'concern.order_drafted', { type: 'concern', id: sight.concern.id }, { kind: decision.kind });
		return orderKey({ stepNo: decision.step, item: decision.item, version: (last?.row.version ?? 0) + 1 });
	});
}

/** Changes a draft: whoever does has written it, and a legal check is owed anew. @throws NotFound, Forbidden, Invalid, Conflict */
export function changeDraft(ctx: Ctx, reference: string, key: string, input: Omit<DraftInput, 'decision'>): void {
	commit(ctx, { name: 'change the draft of an order' }, (tx) => {
		const sight = sightFor(ctx, reference, input.seen);
		const { row, decision } = openDraft(tx, sight, key);
		const { months, reviewMonths } = checked(tx, sight, decision, input);
		const text = `UPDATE concern_order SET award_id = ?, months = ?, review_months = ?, public_text = ?, drafted_by = ?, drafted_at = ?,
			checked_by = NULL, checked_at = NULL WHERE id = ?`;
		prepared(tx.db.sql, text).run(input.award, months, reviewMonths, input.words.trim(), personOf(ctx).personId, ctx.now, row.id);
		sealText(tx, sight.concern.id, `order:${row.id}`, input.reasons);
		record(tx, 'concern.order_drafted', { type: 'concern', id: sight.concern.id }, { kind: row.kind });
	});
}

/** Notes that the law was looked at, by somebody who did not write it. @throws NotFound, Forbidden, Conflict */
export function checkDraft(ctx: Ctx, reference: string, key: string, { seen }: { seen: number }): void {
	commit(ctx, { name: 'note the legal check of an order' }, (tx) => {
		const sight = sightOf(ctx, reference);
		refuseStale(sight, seen);
		allow(mayCheckOrder(ctx.actor, sight));
		const { row } = openDraft(tx, sight, key);
		const { personId } = personOf(ctx);
		if (row.draftedBy === personId) throw new Conflict('You wrote it yourself: somebody else has to check it.');
		prepared(tx.db.sql, 'UPDATE concern_order SET checked_by = ?, checked_at = ? WHERE id = ?').run(personId, ctx.now, row.id);
		record(tx, 'concern.order_checked', { type: 'concern', id: sight.concern.id }, { kind: row.kind });
	});
}

/** Drops a draft. @throws NotFound, Forbidden, Conflict */
export function dropDraft(ctx: Ctx, reference: string, key: string, { seen }: { seen: number }): void {
	commit(ctx, { name: 'drop the draft of an order' }, (tx) => {
		const sight = sightFor(ctx, reference, seen);
		const { row } = openDraft(tx, sight, key);
		prepared(tx.db.sql, 'UPDATE concern_order SET dropped_at = ? WHERE id = ?').run(ctx.now, row.id);
		record(tx, 'concern.order_dropped', { type: 'concern', id: sight.concern.id }, { kind: row.kind });
	});
}

/** Why somebody drafted it, for the file. Never authorises. */
export function reasonsOf(ctx: Ctx, concernId: string, orderId: string): string {
	return openText(ctx, concernId, `order:${orderId}`) ?? '';
}

function decisionIn({ steps }: Sight, key: string): DecidedOrder {
	const found = ordersDecided(steps).find(({ step, item }) => `${step}-${item}` === key);
	if (!found) throw new NotFound('There is no such decision.');
	return found;
}

function insertDraft(tx: Tx, sight: Sight, { decision, input, last }: { decision: DecidedOrder; input: DraftInput; last: OrderIn | null }): string {
	const { months, reviewMonths } = checked(tx, sight, last === null ? decision : { ...decision, months: null }, input);
	const id = newId();
	const text = `INSERT INTO concern_order (id, concern_id, step_no, item, version, follows_id, kind, award_id, months, review_months, public_text,
		drafted_by, drafted_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
	const of = [id, sight.concern.id, decision.step, decision.item, (last?.row.version ?? 0) + 1, last?.row.id ?? null, decision.kind];
	prepared(tx.db.sql, text).run(...of, input.award, months, reviewMonths, input.words.trim(), personOf(tx.ctx).personId, tx.ctx.now);
	sealText(tx, sight.concern.id, `order:${id}`, input.reasons);
	return id;
}

function checked(
	tx: Tx,
	sight: Sight,
	{ kind, months }: DecidedOrder,
	input: Omit<DraftInput, 'decision'>,
): { months: number | null; reviewMonths: number | null } {
	const { respondentId } = sight.concern;
	if (respondentId === null) throw new Conflict('Say first who it is about: they have to be on the register.');
	if (input.reasons.trim() === '') throw new Invalid('reasons', 'Write why it is worded like this, for the file.');
	checkText(tx, sight, kind, input.words);
	checkAward(tx, respondentId, kind, input.award);
	const { orders } = groundOf(tx.db, sight, tx.ctx.today);
	return termsOf(kind, months, input, { concerns: sight.rules, orders });
}

function checkText({ ctx }: Tx, sight: Sight, kind: DecidedOrder['kind'], words: string): void {
	if (hasFixedText(kind) && words.trim() !== '') throw new Invalid('words', 'The text of an interim suspension is fixed. Leave this empty.');
	if (hasFixedText(kind)) return;
	if (words.trim() === '') throw new Invalid('words', 'Write what the public reads.');
	const accusing = isInterim(kind) ? accusingWord(words) : null;
	if (accusing !== null) throw new Invalid('words', `An interim order is no finding: say what the limit is, and nothing of why. Leave out “${accusing}”.`);
	const others = namedIn(ctx, sight).filter(({ as }) => !as.startsWith('the person it is about'));
	const name = nameInText(
		words,
		others.map((one) => one.name),
	);
	if (name !== null) throw new Invalid('words', 'The text names somebody of the case. Only the therapist is named in public.');
}

function checkAward({ db }: Tx, personId: string, kind: DecidedOrder['kind'], award: string | null): void {
	if (kind !== 'award_withdrawn') {
		if (award !== null) throw new Invalid('award', 'Leave this empty: it is not about one award.');
		return;
	}
	const held = award !== null && prepared(db.sql, 'SELECT 1 FROM award WHERE id = ? AND person_id = ? AND ended_on IS NULL').get(award, personId);
	if (!held) throw new Invalid('award', 'Choose the award that is withdrawn.');
}

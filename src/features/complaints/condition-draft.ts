import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { dropText, openText, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { openDraft, sightFor } from './order-open.ts';
import { accusingWord, isInterim } from './order-text.ts';
import type { Sight } from './sight.ts';

export type ConditionInput = { seen: number; words: string; isHealth: boolean; publicText: string; monitor: string; dueOn: string | null };

/** Kinds of orders that have conditions. */
export const WITH_CONDITIONS: ReadonlySet<string> = new Set(['conditions', 'interim_conditions', 'undertakings', 'suspension']);

/**
 * Writes a condition into the draft of an order: what has to be done, sealed; what the public reads of it, nothing where it is of health; who
 * looks after it; by when. A legal check is owed anew. @throws NotFound, Forbidden; Invalid beside a field; Conflict
 */
export function addCondition(ctx: Ctx, reference: string, order: string, input: ConditionInput): void {
	commit(ctx, { name: 'write a condition' }, (tx) => {
		const sight = sightFor(ctx, reference, input.seen);
		const { row } = openDraft(tx, sight, order);
		if (!WITH_CONDITIONS.has(row.kind)) throw new Conflict('An order of this kind has no conditions.');
		check(tx, sight, row.kind, input);
		const id = newId();
		const no = 1 + (prepared(tx.db.sql, 'SELECT coalesce(max(no), 0) FROM concern_condition WHERE order_id = ?').pluck().get(row.id) as number);
		const text = 'INSERT INTO concern_condition (id, order_id, no, is_health, public_text, monitor_id, due_on) VALUES (?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(id, row.id, no, Number(input.isHealth), input.isHealth ? '' : input.publicText.trim(), input.monitor, input.dueOn);
		sealText(tx, sight.concern.id, `condition:${id}`, input.words);
		changed(tx, row.id);
		record(tx, 'concern.condition_written', { type: 'concern', id: sight.concern.id }, { no });
	});
}

/** Takes a condition out of a draft. @throws NotFound, Forbidden, Conflict */
export function dropCondition(ctx: Ctx, reference: string, order: string, { seen, condition }: { seen: number; condition: number }): void {
	commit(ctx, { name: 'take out a condition' }, (tx) => {
		const sight = sightFor(ctx, reference, seen);
		const { row } = openDraft(tx, sight, order);
		const find = prepared(tx.db.sql, 'SELECT id FROM concern_condition WHERE order_id = ? AND no = ?').pluck();
		const id = find.get(row.id, condition) as string | undefined;
		if (id === undefined) throw new NotFound('There is no such condition.');
		prepared(tx.db.sql, 'DELETE FROM concern_condition WHERE id = ?').run(id);
		dropText(tx, sight.concern.id, `condition:${id}`);
		changed(tx, row.id);
		record(tx, 'concern.condition_dropped', { type: 'concern', id: sight.concern.id }, { no: condition });
	});
}

/** Takes the conditions of a version that still stand over into the draft of the next, which changes what it has to. Joins a transaction. */
export function copyConditions(tx: Tx, concernId: string, fromOrder: string, toOrder: string): void {
	const text = `SELECT c.id, c.no, c.is_health AS isHealth, c.public_text AS publicText, c.monitor_id AS monitor, c.due_on AS dueOn FROM concern_condition c
		WHERE c.order_id = ? AND NOT EXISTS (SELECT 1 FROM concern_condition_act a WHERE a.condition_id = c.id AND a.kind = 'accepted') ORDER BY c.no`;
	type Old = { id: string; no: number; isHealth: number; publicText: string; monitor: string; dueOn: string | null };
	const put = prepared(
		tx.db.sql,
		'INSERT INTO concern_condition (id, order_id, from_id, no, is_health, public_text, monitor_id, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
	);
	for (const old of prepared(tx.db.sql, text).all(fromOrder) as Old[]) {
		const id = newId();
		put.run(id, toOrder, old.id, old.no, old.isHealth, old.publicText, old.monitor, old.dueOn);
		sealText(tx, concernId, `condition:${id}`, openText(tx.ctx, concernId, `condition:${old.id}`) ?? '');
	}
}

function check({ db, ctx }: Tx, sight: Sight, kind: string, { words, isHealth, publicText, monitor, dueOn }: ConditionInput): void {
	if (words.trim() === '') throw new Invalid('words', 'Write what has to be done.');
	if (isHealth && publicText.trim() !== '') throw new Invalid('publicText', 'Leave this empty: nothing of health is published.');
	if (!isHealth && publicText.trim() === '') throw new Invalid('publicText', 'Write what the public reads of it.');
	const accusing = isInterim(kind as Parameters<typeof isInterim>[0]) ? accusingWord(publicText) : null;
	if (accusing !== null) throw new Invalid('publicText', `Say what the limit is, and nothing of why. Leave out “${accusing}”.`);
	if (dueOn !== null && dueOn <= ctx.today) throw new Invalid('dueOn', 'Enter a day that is still to come.');
	if (!prepared(db.sql, MONITORS).get(sight.concern.id, monitor, ctx.now))
		throw new Invalid('monitor', 'Let somebody in as monitor of conditions first, and choose them.');
}

/** What was checked is not what stands there any more, and whoever changed it has written it. */
function changed({ db, ctx }: Tx, orderId: string): void {
	const text = 'UPDATE concern_order SET drafted_by = ?, drafted_at = ?, checked_by = NULL, checked_at = NULL WHERE id = ?';
	prepared(db.sql, text).run(personOf(ctx).personId, ctx.now, orderId);
}

const MONITORS = `SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND capacity IN ('monitor', 'owner', 'secretary') AND ended_at IS NULL
	AND until_at > ?`;

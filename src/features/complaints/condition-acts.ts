import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { evidenceCame } from './condition-mails.ts';
import { isShowable } from './condition-state.ts';
import { actPlace, type ConditionIn, conditionsOf } from './condition-store.ts';
import { putConcernFile } from './file-put.ts';
import { postTo } from './message-post.ts';
import { mayMonitor } from './order-policy.ts';
import { isOpenOrder, type OrderIn, ordersIn } from './order-store.ts';
import { respondentSight } from './own-door.ts';
import { sightOf } from './sight.ts';
import type { Standing } from './step.ts';

/** Which condition: the key of its order, and its number. `done`: how many acts there were when the form was opened. */
export type WhichCondition = { order: string; condition: number; done: number };

/** A document that shows how a condition is met, kept in the lane of the therapist. @throws NotFound, Invalid beside `documents`, Conflict */
export function giveEvidence(ctx: Ctx, reference: string, which: Omit<WhichCondition, 'done'>, file: File): Promise<string> {
	const sight = respondentSight(ctx, reference);
	const found = findCondition(ctx, sight, which);
	refuseShut(found, { ...which, done: found.condition.acts.length });
	return putConcernFile(ctx, { concernId: sight.concern.id, lane: 'respondent', kind: 'evidence', byPerson: null, field: 'documents' }, file);
}

/**
 * The therapist shows how a condition is met, with words and, if they wish, a document that `giveEvidence` kept. Who looks after it is told.
 * @throws NotFound for everybody else; Invalid without words; Conflict when it was settled meanwhile or the order is over
 */
export function showCondition(ctx: Ctx, reference: string, input: WhichCondition & { words: string; documents: readonly string[] }): void {
	commit(ctx, { name: 'show how a condition is met' }, (tx) => {
		const sight = respondentSight(ctx, reference);
		const found = findCondition(ctx, sight, input);
		refuseShut(found, input);
		if (input.words.trim() === '') throw new Invalid('words', 'Write how you meet it.');
		const [fileId = null] = input.documents;
		if (fileId !== null && !prepared(tx.db.sql, OWN_FILE).get(fileId, sight.concern.id)) throw new Invalid('documents', 'Choose the document again.');
		const { id, monitorId } = found.condition;
		put(tx, sight, found.condition, { kind: 'shown', byPerson: null, fileId, words: input.words });
		record(tx, 'concern.condition_shown', { type: 'concern', id: sight.concern.id }, { no: input.condition });
		postTo(tx, monitorId, (to) => evidenceCame(ctx.settings, { key: `${id}:${input.done}` }, to));
	});
}

/**
 * Judges what was shown: it is enough, or not; or a condition was broken, whether something was shown or not. A breach ends nothing by itself:
 * two people decide what follows. @throws NotFound, Forbidden, Invalid, Conflict
 */
export function judgeCondition(ctx: Ctx, reference: string, input: WhichCondition & { result: 'accepted' | 'not_enough' | 'breach'; words: string }): void {
	commit(ctx, { name: 'judge what was shown of a condition' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(mayMonitor(ctx.actor, sight));
		const { order, condition } = findCondition(ctx, sight, input);
		if (condition.acts.length !== input.done) throw new Conflict(MEANWHILE);
		if (!isOpenOrder(order, ctx.today)) throw new Conflict('This order is over.');
		if (input.result !== 'breach' && condition.state !== 'shown') throw new Conflict('Nothing waits to be judged here.');
		if (condition.state === 'accepted' || condition.state === 'breach') throw new Conflict('This is settled already.');
		if (input.words.trim() === '') throw new Invalid('words', 'Say why: the therapist reads it.');
		put(tx, sight, condition, { kind: input.result, byPerson: personOf(ctx).personId, fileId: null, words: input.words });
		record(tx, 'concern.condition_judged', { type: 'concern', id: sight.concern.id }, { no: input.condition, result: input.result });
	});
}

/** Gives a condition to somebody else who is let in to look after it. @throws NotFound, Forbidden, Invalid */
export function giveCondition(ctx: Ctx, reference: string, { order, condition, monitor }: { order: string; condition: number; monitor: string }): void {
	commit(ctx, { name: 'give a condition to somebody' }, (tx) => {
		const sight = sightOf(ctx, reference);
		allow(mayMonitor(ctx.actor, sight));
		const found = findCondition(ctx, sight, { order, condition });
		const isIn = prepared(tx.db.sql, LET_IN).get(sight.concern.id, monitor, ctx.now) !== undefined;
		if (!isIn) throw new Invalid('monitor', 'Let them in as monitor of conditions first.');
		prepared(tx.db.sql, 'UPDATE concern_condition SET monitor_id = ? WHERE id = ?').run(monitor, found.condition.id);
		record(tx, 'concern.condition_given', { type: 'concern', id: sight.concern.id }, { no: condition });
	});
}

type Found = { order: OrderIn; condition: ConditionIn };

function findCondition({ db }: Ctx, standing: Standing, { order, condition }: { order: string; condition: number }): Found {
	const found = ordersIn(db, standing).find(({ key, row }) => key === order && row.publishedAt !== null);
	const one = found && conditionsOf(db, found.row.id).find(({ no }) => no === condition);
	if (!found || !one) throw new NotFound('There is no such condition.');
	return { order: found, condition: one };
}

function refuseShut({ order, condition }: Found, { done }: WhichCondition): void {
	if (order.row.closedHow !== null || order.row.setAsideOn !== null || order.variedOn !== null)
		throw new Conflict('This order is over. Nothing more is asked.');
	if (condition.acts.length !== done) throw new Conflict(MEANWHILE);
	if (!isShowable(condition.state))
		throw new Conflict(condition.state === 'shown' ? 'You have shown this already. We look at it.' : 'This is settled already.');
}

type NewAct = { kind: ConditionIn['acts'][number]['kind']; byPerson: string | null; fileId: string | null; words: string };

function put(tx: Tx, { concern }: Standing, { id, acts }: ConditionIn, { kind, byPerson, fileId, words }: NewAct): void {
	const no = acts.length + 1;
	const text = 'INSERT INTO concern_condition_act (condition_id, no, kind, at, on_day, by_person, file_id) VALUES (?, ?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, no, kind, tx.ctx.now, tx.ctx.today, byPerson, fileId);
	sealText(tx, concern.id, actPlace(id, no), words);
}

const MEANWHILE = 'Something was done about this condition meanwhile. Open the page again to see it.';
const LET_IN = `SELECT 1 FROM concern_access WHERE concern_id = ? AND person_id = ? AND capacity IN ('monitor', 'owner', 'secretary') AND ended_at IS NULL
	AND until_at > ?`;
const OWN_FILE = `SELECT 1 FROM concern_file WHERE id = ? AND concern_id = ? AND lane = 'respondent' AND by_person IS NULL AND removed_at IS NULL`;

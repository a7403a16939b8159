import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { wordsWaiting } from './access-mails.ts';
import { postTo } from './message-post.ts';
import { toldOnIn } from './own-door.ts';
import type { Step } from './state.ts';
import type { Standing } from './step.ts';
import { tellComplainant } from './way-reach.ts';

export type NewMessage = { side: 'complainant' | 'respondent'; words: string; repeatKey: string };

/** Was the person it is about told of the case, by disclosure, settling or an interim order? Before that they learn nothing. Pure. */
export function isRespondentTold(steps: readonly Step[]): boolean {
	return toldOnIn(steps) !== null;
}

/**
 * Writes words of the office to one side. The same key twice is once. Joins a transaction and never authorises.
 * @throws Conflict when the therapist has not been told of the case
 */
export function putMessage(tx: Tx, { concern, steps }: Pick<Standing, 'concern' | 'steps'>, { side, words, repeatKey }: NewMessage): void {
	if (side === 'respondent' && !isRespondentTold(steps)) throw new Conflict('The therapist has not been told of this yet.');
	const { db, ctx } = tx;
	const id = newId();
	const text = `INSERT INTO concern_message (id, concern_id, side, is_from_office, by_person, sent_at, repeat_key) VALUES (?, ?, ?, 1, ?, ?, ?)
		ON CONFLICT (repeat_key) DO NOTHING`;
	const { changes } = prepared(db.sql, text).run(id, concern.id, side, personOf(ctx).personId, ctx.now, repeatKey);
	record(tx, 'concern.written_to', { type: 'concern', id: concern.id }, { side, isRepeat: changes === 0 });
	if (changes > 0) sealText(tx, concern.id, `message:${id}`, words);
}

/** Tells the sides that something waits for them, without a word of it: after the commit of what it tells of. */
export function tellSides(
	ctx: Ctx,
	{ concernId, respondentId, sides, about }: { concernId: string; respondentId: string | null; sides: readonly string[]; about: string },
): void {
	if (sides.includes('complainant')) tellComplainant(ctx, concernId, about);
	if (!sides.includes('respondent') || respondentId === null) return;
	const speakers = prepared(ctx.db.sql, SPEAKERS).pluck().all(concernId) as string[];
	for (const personId of [respondentId, ...speakers]) tellOne(ctx, personId);
}

/** Each in a write of its own: nothing in the record leads from one to the other. */
function tellOne(ctx: Ctx, personId: string): void {
	commit(ctx, { name: 'send a message' }, (tx) => {
		postTo(tx, personId, (to) => wordsWaiting(ctx.settings, { key: tx.processId }, to));
		record(tx, 'concern.told', { type: 'mail', id: tx.processId });
	});
}

const SPEAKERS = `SELECT DISTINCT person_id FROM concern_party WHERE concern_id = ? AND kind = 'representative' AND side = 'respondent'
	AND person_id IS NOT NULL AND agreed_at IS NOT NULL AND left_at IS NULL`;

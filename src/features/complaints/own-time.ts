import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { isLead } from './access-commands.ts';
import { putStep, type Told } from './case-step.ts';
import { putMessage, tellSides } from './message-put.ts';
import { respondentSight } from './own-door.ts';
import { putOwnWords } from './own-message.ts';
import { sightOf } from './sight.ts';
import { refusalOf } from './state.ts';
import { refuseStale, type Standing } from './step.ts';

/** Is there a request for time that nobody has answered? */
export function timeAsked(db: Db, concernId: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM concern_time_request WHERE concern_id = ? AND answered_at IS NULL').get(concernId) !== undefined;
}

/** May the therapist ask for time now? Pausing is the lead's. */
export function mayAskTime({ state, concern }: Pick<Standing, 'state' | 'concern'>, db: Db): boolean {
	return refusalOf(state, 'paused') === null && !timeAsked(db, concern.id);
}

/** Asks for time, with words to the office. @throws NotFound; Invalid without words; Conflict when it is paused or asked for already */
export function askForTime(ctx: Ctx, reference: string, { words }: { words: string }): void {
	commit(ctx, { name: 'ask for time' }, (tx) => {
		const own = respondentSight(ctx, reference);
		if (words === '') throw new Invalid('words', 'Say how long you need, and what for.');
		if (!mayAskTime(own, tx.db)) throw new Conflict(refusalOf(own.state, 'paused') ?? 'You asked for it already. We answer as soon as we can.');
		const id = newId();
		prepared(tx.db.sql, 'INSERT INTO concern_time_request (id, concern_id, asked_at) VALUES (?, ?, ?)').run(id, own.concern.id, ctx.now);
		putOwnWords(tx, own.concern.id, { words, repeatKey: `time:${id}` });
		record(tx, 'concern.time_asked', { type: 'concern', id: own.concern.id });
	});
}

export type TimeAnswer = { seen: number; result: 'granted' | 'not_granted'; toldRespondent: string; told: string };

/** Answers it, as the owner: to grant it is to pause the case, and both sides are told. @throws NotFound, Forbidden; Conflict, Invalid in words */
export function answerTime(ctx: Ctx, reference: string, { seen, result, toldRespondent, told }: TimeAnswer): void {
	const tell = commit(ctx, { name: 'answer when somebody asks for time' }, (tx): Told => {
		const sight = sightOf(ctx, reference);
		allow(isLead(ctx, sight));
		refuseStale(sight, seen);
		const { id, respondentId } = sight.concern;
		if (!timeAsked(tx.db, id)) throw new Conflict('Nobody asks for time any more.');
		if (result === 'granted' && told === '') throw new Invalid('told', 'Write what the person who raised it reads: it stands still for them too.');
		const text = 'UPDATE concern_time_request SET answered_at = ?, answered_by = ?, result = ? WHERE concern_id = ? AND answered_at IS NULL';
		prepared(tx.db.sql, text).run(ctx.now, personOf(ctx).personId, result, id);
		record(tx, 'concern.time_answered', { type: 'concern', id }, { result });
		if (result === 'granted') return putStep(tx, sight, { kind: 'paused', seen, told, toldRespondent, data: { because: 'respondent' } });
		putMessage(tx, sight, { side: 'respondent', words: toldRespondent, repeatKey: newId() });
		return { concernId: id, respondentId, sides: ['respondent'], about: `time:${seen}` };
	});
	tellSides(ctx, tell);
}

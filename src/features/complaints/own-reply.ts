import { z } from 'zod';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { text } from '#core/fields.ts';
import { newId } from '#core/ids.ts';
import { dropText, openText, openTexts, sealText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { respondentSight } from './own-door.ts';
import { ANSWER_WORDS, type Answer } from './own-words.ts';
import { packsGiven } from './pack-read.ts';
import type { Part } from './redact-spans.ts';
import { refusalOf } from './state.ts';
import { type Standing, takeStep } from './step.ts';

/** An allegation as it was laid before the therapist: with what is covered in it. */
export type GivenAllegation = { id: string; no: number; parts: Part[] };
/** What the therapist answers to one of them. */
export type AnswerTo = { answer: Answer; words: string };
/** A reply: to all of it, and to each allegation by its key. */
export type Reply = { words: string; answers: Record<string, AnswerTo> };
/** One that was sent. */
export type SentReply = Reply & { no: number; sentOn: string };

const DRAFT = 'reply:draft';
const TOO_LONG = 'Use at most 10,000 characters.';
const words = text(10_000, TOO_LONG);

/** The allegations that were laid before the therapist, as the newest pack that holds each has them. Never authorises. */
export function allegationsGiven(ctx: Pick<Ctx, 'db' | 'keys'>, standing: Standing): GivenAllegation[] {
	const given = packsGiven(ctx, standing, 'respondent').flatMap(({ items }) => items.filter(({ kind }) => kind === 'allegation'));
	const rows = prepared(ctx.db.sql, 'SELECT id, no FROM concern_allegation WHERE concern_id = ? ORDER BY no').all(standing.concern.id);
	return (rows as { id: string; no: number }[]).flatMap(({ id, no }) => {
		const item = given.find(({ sourceId }) => sourceId === id);
		return item ? [{ id, no, parts: item.parts }] : [];
	});
}

/** The form of a reply to some allegations: `do` says whether it is kept or sent. */
export function replyForm(allegations: readonly GivenAllegation[]) {
	const fields = allegations.flatMap(({ id }) => [
		[`answer-${id}`, z.enum(Object.keys(ANSWER_WORDS) as [Answer, ...Answer[]]).catch('no_answer')] as const,
		[`words-${id}`, words] as const,
	]);
	return z.object({ do: z.enum(['save', 'send'], 'Press one of the buttons.'), seen: z.coerce.number().int(), words, ...Object.fromEntries(fields) });
}

/** What the form of a reply holds. Pure. */
export function replyIn(allegations: readonly GivenAllegation[], typed: Record<string, unknown>): Reply {
	const answers = allegations.map(({ id }): [string, AnswerTo] => {
		return [id, { answer: (typed[`answer-${id}`] as Answer | undefined) ?? 'no_answer', words: String(typed[`words-${id}`] ?? '') }];
	});
	return { words: String(typed.words ?? ''), answers: Object.fromEntries(answers) };
}

/** Keeps a reply that is not sent yet: only the therapist's own area reads it. @throws NotFound; Conflict when there is nothing to reply to any more */
export function saveReply(ctx: Ctx, reference: string, reply: Reply): void {
	commit(ctx, { name: 'save a reply' }, (tx) => {
		const own = respondentSight(ctx, reference);
		refuseReply(own);
		sealText(tx, own.concern.id, DRAFT, JSON.stringify(reply));
		record(tx, 'concern.reply_saved', { type: 'concern', id: own.concern.id });
	});
}

/** Sends a reply, which the people of the case then read. @throws NotFound; Invalid when it says nothing; Conflict when it cannot be sent any more */
export function sendReply(ctx: Ctx, reference: string, { seen, reply }: { seen: number; reply: Reply }): void {
	commit(ctx, { name: 'send a reply' }, (tx) => {
		const own = respondentSight(ctx, reference);
		refuseReply(own);
		if (own.seen !== seen)
			throw new Conflict('Something has happened in this case since you opened the page. Your reply is kept below: look, and send it again.');
		if (isEmpty(reply)) throw new Invalid('words', 'Write what you reply, or answer one of the allegations.');
		const no = putReply(tx, own, reply);
		takeStep(tx, own, 'replied', { side: 'respondent', personId: null }, { reply: no });
		dropText(tx, own.concern.id, DRAFT);
	});
}

/** The reply that is kept and not sent, or null. Never authorises: for the therapist's own area alone. */
export function draftReply(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): Reply | null {
	const found = openText(ctx, concernId, DRAFT);
	return found === null ? null : (JSON.parse(found) as Reply);
}

/** The replies that were sent, oldest first. Never authorises: for an opened case, or the therapist's own area. */
export function repliesOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): SentReply[] {
	const rows = prepared(ctx.db.sql, REPLIES).all(concernId) as { id: string; no: number; sentOn: string }[];
	return rows.map(({ id, no, sentOn }) => {
		const answers = prepared(ctx.db.sql, ANSWERS).all(id) as { allegationId: string; answer: Answer }[];
		const places = answers.map(({ allegationId }) => `reply:${no}:${allegationId}`);
		const found = openTexts(ctx, concernId, [`reply:${no}`, ...places]);
		const said = answers.map(({ allegationId, answer }): [string, AnswerTo] => [
			allegationId,
			{ answer, words: found.get(`reply:${no}:${allegationId}`) ?? '' },
		]);
		return { no, sentOn, words: found.get(`reply:${no}`) ?? '', answers: Object.fromEntries(said) };
	});
}

function isEmpty({ words: all, answers }: Reply): boolean {
	return all === '' && Object.values(answers).every(({ answer, words: said }) => answer === 'no_answer' && said === '');
}

function refuseReply({ state }: Standing): void {
	const refusal = refusalOf(state, 'replied');
	if (refusal !== null) throw new Conflict(`A reply cannot be sent now. ${refusal} You can still write to us.`);
}

function putReply(tx: Tx, own: Standing, reply: Reply): number {
	const { db, ctx } = tx;
	const { id } = own.concern;
	const no = prepared(db.sql, 'SELECT 1 + coalesce(max(no), 0) FROM concern_reply WHERE concern_id = ?').pluck().get(id) as number;
	const replyId = newId();
	prepared(db.sql, 'INSERT INTO concern_reply (id, concern_id, no, sent_at, sent_on) VALUES (?, ?, ?, ?, ?)').run(replyId, id, no, ctx.now, ctx.today);
	sealText(tx, id, `reply:${no}`, reply.words);
	const given = allegationsGiven(ctx, own).filter((one) => reply.answers[one.id] !== undefined);
	for (const { id: allegationId } of given) {
		const { answer, words: said } = reply.answers[allegationId] as AnswerTo;
		prepared(db.sql, 'INSERT INTO concern_reply_answer (reply_id, allegation_id, answer) VALUES (?, ?, ?)').run(replyId, allegationId, answer);
		if (said !== '') sealText(tx, id, `reply:${no}:${allegationId}`, said);
	}
	sealText(tx, id, `reply:${no}:all`, asText(reply, given));
	record(tx, 'concern.reply_sent', { type: 'concern', id });
	return no;
}

/** A reply as one text: what a pack for the other side is made from. */
function asText({ words: all, answers }: Reply, given: readonly GivenAllegation[]): string {
	const pieces = given.map(({ id, no }) => {
		const { answer, words: said } = answers[id] as AnswerTo;
		return `Allegation ${no}: ${ANSWER_WORDS[answer].toLowerCase()}${said === '' ? '' : `\n${said}`}`;
	});
	return [all, ...pieces].filter(Boolean).join('\n\n');
}

const REPLIES = 'SELECT id, no, sent_on AS sentOn FROM concern_reply WHERE concern_id = ? ORDER BY no';
const ANSWERS = 'SELECT allegation_id AS allegationId, answer FROM concern_reply_answer WHERE reply_id = ?';

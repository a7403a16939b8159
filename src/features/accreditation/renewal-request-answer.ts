import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { nameOfPerson } from '#features/cpd/index.ts';
import { requestLimits } from './renewal-request-ask.ts';
import type { WordInput } from './renewal-request-forms.ts';
import { sayWordLink, stateOfWordLink } from './renewal-request-link.ts';
import { type WordRequest, wordRequestById } from './renewal-request-queries.ts';
import { endWordRequest, WORD_CHANGED } from './renewal-request-settle.ts';
import { renewalById } from './renewal-step.ts';
import { statementOn } from './request-words.ts';

/** The answer to the first question, by the link in hand. @returns what the page shows next. @throws Conflict */
export function answerWordFirst(ctx: Ctx, row: WordRequest, can: 'yes' | 'no' | 'wrong' | 'time'): string {
	if (can === 'yes') return 'step=write';
	if (can === 'time') {
		commit(ctx, { name: 'moreTimeForWord' }, (tx) => giveWordTime(tx, live(tx, row.id)));
		return 'done=time';
	}
	commit(ctx, { name: 'declineWord' }, (tx) => endWordRequest(tx, live(tx, row.id), { ending: can === 'no' ? 'declined' : 'wrong_person' }));
	return 'done=no';
}

function giveWordTime(tx: Tx, row: WordRequest): void {
	if (row.moreTimeAt !== null) throw new Conflict('You were given more time already. If you need longer, please write to us.');
	const dueOn = addDays(row.dueOn, requestLimits(tx.db, renewalById(tx.ctx, row.renewalId)).extensionDays);
	const text = 'UPDATE renewal_request SET more_time_at = ?, due_on = ?, version = version + 1 WHERE id = ? AND version = ? AND ended_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, dueOn, row.id, row.version).changes !== 1) throw new Conflict(WORD_CHANGED);
	record(tx, 'renewal.request_more_time', { type: 'renewal', id: row.renewalId }, { request: row.id, dueOn });
}

/** Says a word by the link in hand, signed under the words of the day. It uses the link up: sent twice it is sent once. @throws Conflict; Invalid */
export function giveWord(ctx: Ctx, row: WordRequest, { answer, words, signedName }: WordInput): void {
	if (wordRequestById(ctx.db, row.id).ending === 'answered') return;
	if (answer === 'has_concerns' && words === '') throw new Invalid('words', 'Say what it is, so that an assessor can ask about it.');
	const said = { answer, words, signedName, statement: statementOf(ctx) };
	commit(ctx, { name: 'giveWord' }, (tx) => endWordRequest(tx, live(tx, row.id), { ending: 'answered', said }));
}

/** What somebody who is asked sees. `over`: why there is nothing to do any more, or that it is done. */
export type WordPage = { member: string; dueOn: string; statement: string; mayAskTime: boolean; over: string | null };

/** The page of a request whose link is in hand. */
export function wordPage(ctx: Ctx, row: WordRequest): WordPage {
	const { personId } = renewalById(ctx, row.renewalId).renewal;
	const state = stateOfWordLink(ctx, row);
	const thanks = row.ending === 'answered' ? 'Thank you: we have your answer.' : 'Thank you for telling us.';
	const over = state === 'live' ? null : state === 'used' ? `${thanks} There is nothing more to do, and you can close this page.` : sayWordLink(state);
	return { member: nameOfPerson(ctx.db, personId), dueOn: sayDay(row.dueOn), statement: statementOf(ctx), mayAskTime: row.moreTimeAt === null, over };
}

/** The words above the signature: those of a reference. */
function statementOf(ctx: Ctx): string {
	return statementOn(ctx.db, 'reference', ctx.today).words;
}

function live(tx: Tx, id: string): WordRequest {
	const row = wordRequestById(tx.db, id);
	const state = stateOfWordLink(tx.ctx, row);
	if (state !== 'live') throw new Conflict(sayWordLink(state));
	return row;
}

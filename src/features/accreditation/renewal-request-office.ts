import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { writeToAsked } from './renewal-request-ask.ts';
import { takesWords } from './renewal-request-link.ts';
import { wordRequestById, wordRequestsOn } from './renewal-request-queries.ts';
import { endWordRequest, type SaidWord } from './renewal-request-settle.ts';
import { officerRenewal } from './renewal-sight.ts';
import { statementOn } from './request-words.ts';

export type Letter = { seen: number; name: string } & Pick<SaidWord, 'answer' | 'words'>;

/** Types in what a letter in the post brought: of somebody who was asked by a link, whose request it answers, or of anybody. @throws NotFound, Conflict */
export function typeLetter(ctx: Ctx, reference: string, { seen, name, answer, words }: Letter): void {
	const sight = officerRenewal(ctx, reference, seen);
	if (!takesWords(sight)) throw new Conflict('This was decided: a word is of no use any more.');
	const { id: renewalId } = sight.renewal;
	const byHand = personOf(ctx).personId;
	const statement = `Received on paper. ${statementOn(ctx.db, 'reference', ctx.today).words}`;
	commit(ctx, { name: 'typeLetter' }, (tx) => {
		const same = wordRequestsOn(tx.db, renewalId).filter(({ toName }) => toName.toLowerCase() === name.toLowerCase());
		if (same.some((row) => row.ending === 'answered')) throw new Conflict('They have answered already.');
		const open = same.find(({ endedAt }) => endedAt === null);
		const id = open?.id ?? newId();
		const text = 'INSERT INTO renewal_request (id, renewal_id, to_name, asked_by, asked_at, due_on) VALUES (?, ?, ?, ?, ?, ?)';
		if (!open) prepared(tx.db.sql, text).run(id, renewalId, name, byHand, ctx.now, ctx.today);
		endWordRequest(tx, wordRequestById(tx.db, id), { ending: 'answered', said: { answer, words, signedName: name, statement }, byHand });
	});
}

/** Writes once more to somebody who was asked, at a corrected address: the earlier link ends. @throws NotFound, Conflict; Invalid beside the field */
export function writeAgain(ctx: Ctx, reference: string, { seen, request, email }: { seen: number; request: string; email: string }): void {
	const sight = officerRenewal(ctx, reference, seen);
	if (!takesWords(sight)) throw new Conflict('This was decided: a word is of no use any more.');
	const row = wordRequestsOn(ctx.db, sight.renewal.id).find(({ id, endedAt }) => id === request && endedAt === null);
	if (!row) throw new Invalid('request', 'Choose somebody who has not answered.');
	commit(ctx, { name: 'writeAgain' }, (tx) => writeToAsked(tx, sight, { id: row.id, email }));
}

import { record } from '#core/audit.ts';
import type { Tx } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { post, postTo } from './apply-post.ts';
import { wordCancelled, wordEnded } from './renewal-request-mails.ts';
import type { WordRequest } from './renewal-request-queries.ts';
import { renewalById } from './renewal-step.ts';

export type SaidWord = { answer: 'supports' | 'has_concerns' | 'cannot_say'; words: string; signedName: string; statement: string };
/** How a request came to its end. `byHand`: who typed what a letter in the post brought. */
export type WordEnding = { ending: NonNullable<WordRequest['ending']>; said?: SaidWord; byHand?: string };

export const WORD_CHANGED = 'Something about this request has just changed. Open the page again to see where it stands.';

/** Brings a request to its end, once, and tells the member what came of it, never what was said. Joins and never authorises. @throws Conflict for whoever comes second */
export function endWordRequest(tx: Tx, row: WordRequest, { ending, said, byHand }: WordEnding): void {
	const text = `UPDATE renewal_request SET ended_at = ?, ending = ?, answer = ?, words = ?, signed_name = ?, statement = ?, by_hand_by = ?, version = version + 1
		WHERE id = ? AND version = ? AND ended_at IS NULL`;
	const values = [said?.answer ?? null, said?.words ?? '', said?.signedName ?? '', said?.statement ?? '', byHand ?? null];
	if (prepared(tx.db.sql, text).run(tx.ctx.now, ending, ...values, row.id, row.version).changes !== 1) throw new Conflict(WORD_CHANGED);
	record(tx, 'renewal.request_ended', { type: 'renewal', id: row.renewalId }, { request: row.id, ending, ...(byHand ? { byHand: true } : {}) });
	const { settings } = tx.ctx;
	if (ending === 'cancelled') {
		if (row.toEmail !== null && row.sentAt !== null && row.failedAt === null) post(tx, wordCancelled(settings, row, row.toEmail));
		return;
	}
	postTo(tx, renewalById(tx.ctx, row.renewalId).renewal.personId, (to) => wordEnded(settings, { id: row.id, ending }, to));
}

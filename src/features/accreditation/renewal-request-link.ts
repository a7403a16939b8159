import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, readCookie, setCookie } from '#features/accounts/index.ts';
import { type WordRequest, wordRequestByHash } from './renewal-request-queries.ts';
import { type RenewalStanding, renewalById } from './renewal-step.ts';
import type { RequestLinkState } from './request-link.ts';

const IN_HAND_MS = 4 * 3_600_000;

/** Until when a word is of use: while nobody has decided. */
export function takesWords({ phase }: Pick<RenewalStanding, 'phase'>): boolean {
	return ['window_open', 'late', 'reactivatable', 'submitted', 'in_assessment', 'information', 'panel'].includes(phase);
}

/** Can it still be answered by its link? Never authorises. */
export function stateOfWordLink(ctx: Ctx, row: WordRequest): RequestLinkState {
	if (row.ending === 'cancelled') return 'over';
	if (row.ending === 'expired') return 'expired';
	if (row.ending !== null) return 'used';
	if (ctx.today > row.dueOn) return 'expired';
	return takesWords(renewalById(ctx, row.renewalId)) ? 'live' : 'over';
}

const SAID: Record<Exclude<RequestLinkState, 'live'>, string> = {
	used: 'This was answered already. Thank you: there is nothing more to do.',
	expired: 'The last day for this has passed. If you still want to answer, please write to us.',
	over: 'This is not needed any more. Thank you for your time.',
};

/** What is said of a link that does not work. */
export function sayWordLink(state: Exclude<RequestLinkState, 'live'>): string {
	return SAID[state];
}

/** Whether a link works: all that its page says before it is posted, since mail scanners open links too. Changes nothing. @throws NotFound */
export function wordLinkAt(ctx: Ctx, token: string): RequestLinkState {
	return stateOfWordLink(ctx, found(ctx, token));
}

/** Exchanges the token for a cookie of four hours; again until it was used, each exchange ending the one before. @throws NotFound, Conflict */
export function openWordLink(ctx: Ctx, cookies: Cookies, token: string): void {
	const secret = newToken();
	commit(ctx, { name: 'openWordLink' }, (tx) => {
		const row = found(ctx, token);
		const state = stateOfWordLink(ctx, row);
		if (state !== 'live') throw new Conflict(SAID[state]);
		const text = 'UPDATE renewal_request SET exchange_hash = ?, exchanged_at = ?, opened_at = coalesce(opened_at, ?) WHERE id = ?';
		prepared(tx.db.sql, text).run(hashToken(secret), ctx.now, ctx.now, row.id);
		record(tx, 'renewal.request_opened', { type: 'renewal', id: row.renewalId }, { request: row.id, isFirst: row.openedAt === null });
	});
	setCookie(ctx, cookies, 'word', secret, IN_HAND_MS / 1000);
}

/** The request whose link this browser exchanged within the last four hours. @throws NotFound when there is none */
export function wordInHand(ctx: Ctx, cookies: Cookies): WordRequest {
	const secret = readCookie(ctx, cookies, 'word');
	const row = secret ? wordRequestByHash(ctx.db, 'exchange', hashToken(secret)) : null;
	const isFresh = row !== null && row.exchangedAt !== null && ctx.now >= row.exchangedAt && ctx.now - row.exchangedAt < IN_HAND_MS;
	if (!isFresh) throw new NotFound('This page opens from the link in our message, for four hours. Please open the link once more.');
	return row;
}

function found(ctx: Ctx, token: string): WordRequest {
	const row = /^[\w-]{43}$/.test(token) ? wordRequestByHash(ctx.db, 'token', hashToken(token)) : null;
	if (!row) throw new NotFound('This link is not one of ours, or a newer message has taken its place. Check that you have all of it.');
	return row;
}

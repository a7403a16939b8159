import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, readCookie, setCookie } from '#features/accounts/index.ts';
import { moveFor } from './phases.ts';
import { type RequestRow, requestByHash } from './request-queries.ts';
import { standingOf } from './step.ts';

export type RequestLinkState = 'live' | 'used' | 'expired' | 'over';

/** How long somebody has for the page that follows: a report is not written in half an hour, and what is kept stays longer. */
const IN_HAND_MS = 4 * 3_600_000;

/**
 * Whether a link still works: all that its page may say before it is posted, since mail scanners open links too. Changes nothing.
 * @throws NotFound for what is no link of ours, or one that a newer message took the place of
 */
export function requestLinkAt(ctx: Ctx, token: string): RequestLinkState {
	return stateOfLink(ctx, found(ctx, token));
}

/**
 * Exchanges the token for a cookie of four hours. It can be exchanged again until it was used, since people press twice and come back; each
 * exchange ends the one before. @throws NotFound, Conflict
 */
export function openRequestLink(ctx: Ctx, cookies: Cookies, token: string): void {
	const secret = newToken();
	commit(ctx, { name: 'openRequestLink' }, (tx) => {
		const row = found(ctx, token);
		const state = stateOfLink(ctx, row);
		if (state !== 'live') throw new Conflict(SAID[state]);
		const text = 'UPDATE accreditation_request SET exchange_hash = ?, exchanged_at = ?, opened_at = coalesce(opened_at, ?) WHERE id = ?';
		prepared(tx.db.sql, text).run(hashToken(secret), ctx.now, ctx.now, row.id);
		record(tx, 'accreditation.request_opened', { type: 'application', id: row.applicationId }, { request: row.id, isFirst: row.openedAt === null });
	});
	setCookie(ctx, cookies, 'request', secret, IN_HAND_MS / 1000);
}

/**
 * The request whose link this browser exchanged within the last four hours; it may have come to its end since then.
 * @throws NotFound when there is none, or a newer one took its place
 */
export function requestInHand(ctx: Ctx, cookies: Cookies): RequestRow {
	const secret = readCookie(ctx, cookies, 'request');
	const row = secret ? requestByHash(ctx.db, 'exchange', hashToken(secret)) : null;
	const isFresh = row !== null && row.exchangedAt !== null && ctx.now >= row.exchangedAt && ctx.now - row.exchangedAt < IN_HAND_MS;
	if (!isFresh)
		throw new NotFound('This page opens from the link in our message, for four hours. Please open the link once more: what you kept is still there.');
	return row;
}

const SAID: Record<Exclude<RequestLinkState, 'live'>, string> = {
	used: 'This was answered already. Thank you: there is nothing more to do.',
	expired: 'The last day for this has passed. If you still want to answer, please write to us.',
	over: 'This is not needed any more: the application was decided or taken back, or somebody else was asked. Thank you for your time.',
};

/** What is said of a link that does not work. */
export function sayRequestLink(state: Exclude<RequestLinkState, 'live'>): string {
	return SAID[state];
}

/** Can a request still be answered by its link? Never authorises. */
export function stateOfLink(ctx: Ctx, row: RequestRow): RequestLinkState {
	if (row.ending === 'answered' || row.ending === 'declined' || row.ending === 'wrong_person') return 'used';
	if (row.ending === 'cancelled') return 'over';
	if (row.ending === 'expired' || ctx.today > row.dueOn) return 'expired';
	return moveFor(standingOf(ctx.db, row.applicationId).state.phase, 'request_settled') === null ? 'over' : 'live';
}

function found(ctx: Ctx, token: string): RequestRow {
	const row = /^[\w-]{43}$/.test(token) ? requestByHash(ctx.db, 'token', hashToken(token)) : null;
	if (!row) throw new NotFound('This link is not one of ours, or a newer message has taken its place. Check that you have all of it.');
	return row;
}

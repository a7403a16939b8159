import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { supervisionLink } from '#db/schema/index.ts';
import { type Cookies, readCookie, setCookie } from '#features/accounts/index.ts';
import { supervisionRules } from './supervision-rules.ts';

export type SupervisionLink = typeof supervisionLink.$inferSelect;
export type SupervisionLinkState = 'live' | 'used' | 'expired' | 'withdrawn';

const DAY_MS = 86_400_000;
/** How long a supervisor has for the page that follows. */
const IN_HAND_MS = 30 * 60_000;

/** Makes a link for a relation's supervisor; the one before it ends. Joins a transaction. @returns the token, for the mail only */
export function issueSupervisionLink(tx: Tx, relationId: string, purpose: SupervisionLink['purpose']): string {
	const token = newToken();
	const { now, today } = tx.ctx;
	const earlier = 'UPDATE supervision_link SET withdrawn_at = ? WHERE relation_id = ? AND purpose = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	prepared(tx.db.sql, earlier).run(now, relationId, purpose);
	const insert = 'INSERT INTO supervision_link (token_hash, purpose, relation_id, created_at, sent_month, expires_at) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, insert).run(hashToken(token), purpose, relationId, now, today.slice(0, 7), now + supervisionRules(tx.db, today).linkDays * DAY_MS);
	return token;
}

/**
 * Whether a link still works: all that its page may say before it is posted, since mail scanners open links too. Changes nothing.
 * @throws NotFound for what is no link of ours
 */
export function supervisionLinkAt(ctx: Ctx, token: string): SupervisionLinkState {
	return stateOf(found(ctx, token), ctx.now);
}

/**
 * Exchanges the token for a cookie of half an hour. It can be exchanged again until it was used, since people press twice; each exchange
 * ends the one before. @throws NotFound, Conflict
 */
export function openSupervisionLink(ctx: Ctx, cookies: Cookies, token: string): void {
	const secret = newToken();
	commit(ctx, { name: 'openSupervisionLink' }, (tx) => {
		const link = found(ctx, token);
		const state = stateOf(link, ctx.now);
		if (state !== 'live') throw new Conflict(SAID[state]);
		const text = 'UPDATE supervision_link SET exchange_hash = ?, exchanged_at = ? WHERE token_hash = ?';
		prepared(tx.db.sql, text).run(hashToken(secret), ctx.now, link.tokenHash);
		record(tx, 'supervision.link_opened', { type: 'supervision', id: link.relationId }, { purpose: link.purpose });
	});
	setCookie(ctx, cookies, 'supervision', secret, IN_HAND_MS / 1000);
}

/**
 * The link that this browser exchanged within the last half hour; it may have been used since then.
 * @throws NotFound when there is none, or a newer one took its place
 */
export function supervisionLinkInHand(ctx: Ctx, cookies: Cookies): SupervisionLink {
	const secret = readCookie(ctx, cookies, 'supervision');
	const link = secret ? (prepared(ctx.db.sql, `${READ} WHERE exchange_hash = ?`).get(hashToken(secret)) as SupervisionLink | undefined) : undefined;
	const isFresh = link !== undefined && link.exchangedAt !== null && ctx.now >= link.exchangedAt && ctx.now - link.exchangedAt < IN_HAND_MS;
	if (!isFresh || link.withdrawnAt !== null)
		throw new NotFound('This page opens from the link in our message, for half an hour. Please open the link once more.');
	return link;
}

/** Uses a link up, once. Joins a transaction. @throws Conflict */
export function useSupervisionLink(tx: Tx, link: SupervisionLink): void {
	const text = 'UPDATE supervision_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, link.tokenHash).changes !== 1) throw new Conflict(SAID.used);
}

const SAID: Record<Exclude<SupervisionLinkState, 'live'>, string> = {
	used: 'This link was used already: each works once. If something more waits, the next message brings a new one.',
	expired: 'This link is too old. The one you supervise can have a new one sent.',
	withdrawn: 'A newer message has taken the place of this link, or it is not needed any more.',
};

/** What is said of a link that does not work. */
export function saySupervisionLink(state: Exclude<SupervisionLinkState, 'live'>): string {
	return SAID[state];
}

function found(ctx: Ctx, token: string): SupervisionLink {
	const isToken = /^[\w-]{43}$/.test(token);
	const link = isToken ? (prepared(ctx.db.sql, `${READ} WHERE token_hash = ?`).get(hashToken(token)) as SupervisionLink | undefined) : undefined;
	if (!link) throw new NotFound('This link is not one of ours. Check that you have all of it.');
	return link;
}

function stateOf(link: SupervisionLink, now: number): SupervisionLinkState {
	if (link.usedAt !== null) return 'used';
	if (link.withdrawnAt !== null) return 'withdrawn';
	return now >= link.expiresAt || now < link.createdAt - 60_000 ? 'expired' : 'live';
}

const READ = `SELECT token_hash AS tokenHash, purpose, relation_id AS relationId, created_at AS createdAt, sent_month AS sentMonth,
	expires_at AS expiresAt, exchange_hash AS exchangeHash, exchanged_at AS exchangedAt, used_at AS usedAt, withdrawn_at AS withdrawnAt
	FROM supervision_link`;

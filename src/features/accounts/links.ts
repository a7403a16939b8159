import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { accountLink } from '#db/schema/index.ts';
import { type Cookies, dropCookie, readCookie, setCookie } from './cookies.ts';

type Row = typeof accountLink.$inferSelect;
export type LinkPurpose = Row['purpose'];
/** What a link is about. `accountId` and `personId` where there are such; `email`: the address that it proves, or puts back. */
export type Link = Pick<Row, 'tokenHash' | 'purpose' | 'accountId' | 'personId' | 'email' | 'emailChangeId'>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIFE_MS: Record<LinkPurpose, number> = { join: DAY_MS, claim: 14 * DAY_MS, reset: HOUR_MS, new_email: DAY_MS, keep_email: 14 * DAY_MS };
/** How long someone has for the page that follows. */
const IN_HAND_MS = 30 * 60_000;

/** Makes a link, and ends those of the same kind that were sent before: one is live at a time. Joins a transaction. @returns its token, for the mail only. */
export function issueLink(tx: Tx, link: Omit<Link, 'tokenHash'>): string {
	const token = newToken();
	const { now } = tx.ctx;
	const { purpose, accountId, personId, email, emailChangeId } = link;
	const earlier = `UPDATE account_link SET withdrawn_at = ? WHERE purpose = ? AND used_at IS NULL AND withdrawn_at IS NULL
		AND CASE WHEN ? IS NOT NULL THEN account_id = ? WHEN ? IS NOT NULL THEN person_id = ? ELSE email = ? END`;
	prepared(tx.db.sql, earlier).run(now, purpose, accountId, accountId, personId, personId, email);
	const insert = `INSERT INTO account_link (token_hash, purpose, account_id, person_id, email, email_change_id, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;
	prepared(tx.db.sql, insert).run(hashToken(token), purpose, accountId, personId, email, emailChangeId, now, now + LIFE_MS[purpose]);
	return token;
}

/** Ends the live links of some kinds to an account. Joins a transaction. */
export function withdrawLinks(tx: Tx, accountId: string, ...purposes: readonly LinkPurpose[]): void {
	const text = 'UPDATE account_link SET withdrawn_at = ? WHERE account_id = ? AND purpose = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	for (const purpose of purposes) prepared(tx.db.sql, text).run(tx.ctx.now, accountId, purpose);
}

export type LinkState = 'live' | 'used' | 'expired' | 'withdrawn';

/** What a link is for and whether it still works: all that its page may say before it is posted. @throws NotFound */
export function linkAt(ctx: Ctx, token: string): { purpose: LinkPurpose; state: LinkState } {
	const row = rowBy(ctx, 'token_hash', token);
	if (!row) throw new NotFound('This link is not one of ours, or was deleted. Check that you have all of it, or ask for a new one.');
	return { purpose: row.purpose, state: stateOf(row, ctx.now) };
}

/**
 * Exchanges the token of a link for a cookie of half an hour. The link can be exchanged again until what it is for has been done, since
 * browsers and people press twice; each exchange ends the one before. @throws NotFound, Conflict
 */
export function openLink(ctx: Ctx, cookies: Cookies, token: string): LinkPurpose {
	const secret = newToken();
	const { purpose } = commit(ctx, { name: 'open a link' }, (tx) => {
		const row = liveRow(ctx, token);
		prepared(tx.db.sql, 'UPDATE account_link SET exchange_hash = ?, exchanged_at = ? WHERE token_hash = ?').run(hashToken(secret), ctx.now, row.tokenHash);
		record(tx, 'account.link_opened', subjectOf(row), { purpose: row.purpose });
		return row;
	});
	setCookie(ctx, cookies, 'link', secret, IN_HAND_MS / 1000);
	return purpose;
}

/** The live link behind a token, for those that are done at once. @throws NotFound, Conflict */
export function liveLink(ctx: Ctx, token: string, purpose: LinkPurpose): Link {
	const row = liveRow(ctx, token);
	if (row.purpose !== purpose) throw new NotFound('This link is for something else.');
	return row;
}

/** The link that this browser has exchanged within the last half hour. @throws NotFound when there is none for this purpose. */
export function linkInHand(ctx: Ctx, cookies: Cookies, purpose: LinkPurpose): Link {
	const secret = readCookie(ctx, cookies, 'link');
	const row = secret ? rowBy(ctx, 'exchange_hash', secret) : undefined;
	const isFresh = row !== undefined && row.exchangedAt !== null && ctx.now - row.exchangedAt < IN_HAND_MS && ctx.now >= row.exchangedAt;
	if (!isFresh || row.purpose !== purpose || row.usedAt !== null || row.withdrawnAt !== null)
		throw new NotFound('This page opens from the link in our message, for half an hour. Open the link once more, or ask for a new one.');
	return row;
}

/** Uses a link up, once. Joins a transaction. @throws Conflict */
export function useLink(tx: Tx, link: Link): void {
	const text = 'UPDATE account_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, link.tokenHash).changes !== 1) throw new Conflict(SAID.used);
}

/** Takes the cookie of an exchanged link back. */
export function putLinkDown(ctx: Ctx, cookies: Cookies): void {
	dropCookie(ctx, cookies, 'link');
}

const SAID: Record<Exclude<LinkState, 'live'>, string> = {
	used: 'This link was used already. Each works once.',
	expired: 'This link is too old. Please ask for a new one.',
	withdrawn: 'A newer message has taken the place of this link, or it is not needed any more.',
};

/** What is said of a link that does not work. */
export function sayState(state: Exclude<LinkState, 'live'>): string {
	return SAID[state];
}

function liveRow(ctx: Ctx, token: string): Row {
	const { state } = linkAt(ctx, token);
	if (state !== 'live') throw new Conflict(SAID[state]);
	return rowBy(ctx, 'token_hash', token) as Row;
}

function stateOf(row: Row, now: number): LinkState {
	if (row.usedAt !== null) return 'used';
	if (row.withdrawnAt !== null) return 'withdrawn';
	return now >= row.expiresAt || now < row.createdAt - 60_000 ? 'expired' : 'live';
}

const READ = `SELECT token_hash AS tokenHash, purpose, account_id AS accountId, person_id AS personId, email, email_change_id AS emailChangeId,
	created_at AS createdAt, expires_at AS expiresAt, exchange_hash AS exchangeHash, exchanged_at AS exchangedAt, used_at AS usedAt,
	withdrawn_at AS withdrawnAt FROM account_link`;

function rowBy(ctx: Ctx, column: 'token_hash' | 'exchange_hash', secret: string): Row | undefined {
	const where = column === 'token_hash' ? `${READ} WHERE token_hash = ?` : `${READ} WHERE exchange_hash = ?`;
	return prepared(ctx.db.sql, where).get(hashToken(secret)) as Row | undefined;
}

function subjectOf(row: Row): { type: string; id: string } {
	if (row.accountId) return { type: 'account', id: row.accountId };
	return row.personId ? { type: 'person', id: row.personId } : { type: 'account_link', id: row.tokenHash };
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import type { trainingLink } from '#db/schema/index.ts';
import { type Cookies, readCookie, setCookie } from '#features/accounts/index.ts';
import { signingRules } from './rules.ts';

export type TrainingLink = typeof trainingLink.$inferSelect;
export type TrainingLinkState = 'live' | 'used' | 'expired' | 'withdrawn';

const DAY_MS = 86_400_000;
/** How long a supervisor has for the page that follows. */
const IN_HAND_MS = 30 * 60_000;

/** Makes a link to a case for its supervisor; the one before it ends. Joins a transaction. @returns the token, for the mail only */
export function issueTrainingLink(tx: Tx, caseId: string): { token: string; expiresAt: number } {
	const token = newToken();
	const { now, today } = tx.ctx;
	withdrawTrainingLinks(tx, caseId);
	const expiresAt = now + signingRules(tx.db, today).linkDays * DAY_MS;
	const insert = 'INSERT INTO training_link (token_hash, case_id, created_at, expires_at) VALUES (?, ?, ?, ?)';
	prepared(tx.db.sql, insert).run(hashToken(token), caseId, now, expiresAt);
	return { token, expiresAt };
}

/** Ends whatever link to a case still works. Joins a transaction and records nothing of its own. */
export function withdrawTrainingLinks(tx: Tx, caseId: string): void {
	const text = 'UPDATE training_link SET withdrawn_at = ? WHERE case_id = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	prepared(tx.db.sql, text).run(tx.ctx.now, caseId);
}

/**
 * Whether a link still works: all that its page may say before it is posted, since mail scanners open links too. Changes nothing.
 * @throws NotFound for what is no link of ours
 */
export function trainingLinkAt(ctx: Ctx, token: string): TrainingLinkState {
	return stateOf(found(ctx, token), ctx.now);
}

/**
 * Exchanges the token for a cookie of half an hour. It can be exchanged again until it was used, since people press twice; each exchange
 * ends the one before. @throws NotFound, Conflict
 */
export function openTrainingLink(ctx: Ctx, cookies: Cookies, token: string): void {
	const secret = newToken();
	commit(ctx, { name: 'openTrainingLink' }, (tx) => {
		const link = found(ctx, token);
		const state = stateOf(link, ctx.now);
		if (state !== 'live') throw new Conflict(SAID[state]);
		const text = 'UPDATE training_link SET exchange_hash = ?, exchanged_at = ? WHERE token_hash = ?';
		prepared(tx.db.sql, text).run(hashToken(secret), ctx.now, link.tokenHash);
		record(tx, 'training.link_opened', { type: 'training_case', id: link.caseId });
	});
	setCookie(ctx, cookies, 'training', secret, IN_HAND_MS / 1000);
}

/**
 * The link that this browser exchanged within the last half hour; it may have been used since then.
 * @throws NotFound when there is none, or a newer one took its place
 */
export function trainingLinkInHand(ctx: Ctx, cookies: Cookies): TrainingLink {
	const secret = readCookie(ctx, cookies, 'training');
	const link = secret ? (prepared(ctx.db.sql, `${READ} WHERE exchange_hash = ?`).get(hashToken(secret)) as TrainingLink | undefined) : undefined;
	const isFresh = link !== undefined && link.exchangedAt !== null && ctx.now >= link.exchangedAt && ctx.now - link.exchangedAt < IN_HAND_MS;
	if (!isFresh || link.withdrawnAt !== null)
		throw new NotFound('This page opens from the link in our message, for half an hour. Please open the link once more.');
	return link;
}

/** Uses a link up, once. Joins a transaction. @throws Conflict */
export function useTrainingLink(tx: Tx, link: TrainingLink): void {
	const text = 'UPDATE training_link SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND withdrawn_at IS NULL';
	if (prepared(tx.db.sql, text).run(tx.ctx.now, link.tokenHash).changes !== 1) throw new Conflict(SAID.used);
}

/** When a link to a case was last sent, and until when it works; null when none was. Never authorises. */
export function lastLinkOf(ctx: Ctx, caseId: string): { sentAt: number; expiresAt: number; isLive: boolean; isOpened: boolean } | null {
	const row = prepared(ctx.db.sql, `${READ} WHERE case_id = ? ORDER BY created_at DESC LIMIT 1`).get(caseId) as TrainingLink | undefined;
	if (!row) return null;
	return { sentAt: row.createdAt, expiresAt: row.expiresAt, isLive: stateOf(row, ctx.now) === 'live', isOpened: row.exchangedAt !== null };
}

const SAID: Record<Exclude<TrainingLinkState, 'live'>, string> = {
	used: 'This link was used already: each works once. If something more is needed, a new message brings a new one.',
	expired: 'This link is too old. The one you supervise can have a new one sent.',
	withdrawn: 'A newer message has taken the place of this link, or it is not needed any more.',
};

/** What is said of a link that does not work. */
export function sayTrainingLink(state: Exclude<TrainingLinkState, 'live'>): string {
	return SAID[state];
}

function found(ctx: Ctx, token: string): TrainingLink {
	const isToken = /^[\w-]{43}$/.test(token);
	const link = isToken ? (prepared(ctx.db.sql, `${READ} WHERE token_hash = ?`).get(hashToken(token)) as TrainingLink | undefined) : undefined;
	if (!link) throw new NotFound('This link is not one of ours. Check that you have all of it.');
	return link;
}

function stateOf(link: TrainingLink, now: number): TrainingLinkState {
	if (link.usedAt !== null) return 'used';
	if (link.withdrawnAt !== null) return 'withdrawn';
	return now >= link.expiresAt || now < link.createdAt - 60_000 ? 'expired' : 'live';
}

const READ = `SELECT token_hash AS tokenHash, case_id AS caseId, created_at AS createdAt, expires_at AS expiresAt, exchange_hash AS exchangeHash,
	exchanged_at AS exchangedAt, used_at AS usedAt, withdrawn_at AS withdrawnAt FROM training_link`;

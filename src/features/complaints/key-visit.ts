import { bookkeep, bookkeepWhereWritable } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { hashToken, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, dropCookie, readCookie, setCookie } from '#features/accounts/index.ts';

const MINUTE_MS = 60_000;
/** Half an hour without a page, twelve hours at most: the browser may be somebody else's next. */
const IDLE_MS = 30 * MINUTE_MS;
const LONGEST_MS = 12 * 60 * MINUTE_MS;
/** Clocks of machines that work together differ by less; one that was set back does not. */
const SKEW_MS = 5 * MINUTE_MS;

/** Opens a concern in this browser, until it is left. It is no session of a member. */
export function beginVisit(ctx: Ctx, cookies: Cookies, concernId: string): void {
	const token = newToken();
	bookkeep(ctx.db, () => {
		forgetVisits(ctx);
		const text = 'INSERT INTO concern_visit (id_hash, concern_id, begun_at, seen_at) VALUES (?, ?, ?, ?)';
		prepared(ctx.db.sql, text).run(hashToken(token), concernId, ctx.now, ctx.now);
	});
	setCookie(ctx, cookies, 'visit', token);
}

/** The concern that is open in this browser, or null: never opened, left, or half an hour without a page. */
export function visitOf(ctx: Ctx, cookies: Cookies): string | null {
	const token = readCookie(ctx, cookies, 'visit');
	if (token === undefined) return null;
	const text = 'SELECT concern_id AS concernId, seen_at AS seenAt, begun_at AS begunAt FROM concern_visit WHERE id_hash = ?';
	const found = prepared(ctx.db.sql, text).get(hashToken(token)) as { concernId: string; seenAt: number; begunAt: number } | undefined;
	if (!found) return null;
	// It ends here, so that a clock that is set back does not bring it back.
	if (hasEnded(found, ctx.now)) {
		bookkeepWhereWritable(ctx.db, () => prepared(ctx.db.sql, END).run(hashToken(token)));
		return null;
	}
	if (ctx.now - found.seenAt > MINUTE_MS) bookkeepWhereWritable(ctx.db, () => prepared(ctx.db.sql, SEEN).run(ctx.now, hashToken(token)));
	return found.concernId;
}

function hasEnded({ seenAt, begunAt }: { seenAt: number; begunAt: number }, now: number): boolean {
	return now >= seenAt + IDLE_MS || now >= begunAt + LONGEST_MS || Math.max(seenAt, begunAt) > now + SKEW_MS;
}

/** Shuts it in this browser. */
export function endVisit(ctx: Ctx, cookies: Cookies): void {
	const token = readCookie(ctx, cookies, 'visit');
	if (token !== undefined) bookkeep(ctx.db, () => prepared(ctx.db.sql, END).run(hashToken(token)));
	dropCookie(ctx, cookies, 'visit');
}

/** Forgets what nobody holds open any more. Joins a write. */
export function forgetVisits({ db, now }: Ctx): void {
	prepared(db.sql, 'DELETE FROM concern_visit WHERE seen_at <= ? OR begun_at <= ?').run(now - IDLE_MS, now - LONGEST_MS);
}

const END = 'DELETE FROM concern_visit WHERE id_hash = ?';
const SEEN = 'UPDATE concern_visit SET seen_at = ? WHERE id_hash = ?';

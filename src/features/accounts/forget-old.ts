import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';

const DAY_MS = 86_400_000;

/** Forgets what nobody can use any more: ended sessions, answered challenges, links of a month ago, browsers of a year ago. @returns how many rows went. */
export function forgetOldAccess(ctx: Ctx): number {
	const { sql } = ctx.db;
	const { now } = ctx;
	return bookkeep(
		ctx.db,
		() =>
			prepared(sql, 'DELETE FROM session WHERE created_at < ?').run(now - 2 * DAY_MS).changes +
			prepared(sql, 'DELETE FROM passkey_challenge WHERE expires_at < ?').run(now).changes +
			prepared(sql, 'DELETE FROM account_link WHERE expires_at < ?').run(now - 30 * DAY_MS).changes +
			prepared(sql, 'DELETE FROM device WHERE last_seen_at < ?').run(now - 365 * DAY_MS).changes,
	);
}

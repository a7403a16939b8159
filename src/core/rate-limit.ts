import { and, eq, gt, gte, lt, lte, or, sql } from 'drizzle-orm';
import type { Db } from '#db/client.ts';
import { rateWindow } from '#db/schema/index.ts';

/** At most `most` uses by `key` in any stretch of `windowMs` milliseconds. A key holds no personal data: hash an address first. */
export type Limit = { key: string; most: number; windowMs: number };

/** Uses are counted in slices of a twelfth of the window: a use may count up to one slice too long, never too short. */
const SLICES = 12;
const LONGEST_WINDOW_MS = 24 * 3_600_000;

/**
 * Counts one use against every limit, or against none when one of them is used up. It survives a restart: the counts are rows.
 * Must be called inside a write, so that a use is counted only if the act it belongs to is kept.
 * @param now milliseconds UTC.
 * @returns the limit that is used up, or null when the use is allowed and counted.
 */
export function useOnce<L extends Limit>(db: Db, now: number, limits: readonly L[]): L | null {
	if (!db.sql.inTransaction) throw new Error('A use is counted inside a write.');
	const exhausted = limits.find((limit) => usesOf(db, now, limit) >= limit.most);
	if (exhausted) return exhausted;
	for (const limit of limits) count(db, now, limit);
	return null;
}

/** Takes back a use that was counted at the same `now`. Must be called inside a write. */
export function giveBack(db: Db, now: number, limits: readonly Limit[]): void {
	for (const limit of limits) {
		const isThisSlice = eq(rateWindow.key, `${nameOf(limit)}|${sliceAt(now, limit)}`);
		db.orm
			.update(rateWindow)
			.set({ hits: sql`max(${rateWindow.hits} - 1, 0)` })
			.where(isThisSlice)
			.run();
	}
}

/** How often a key was used in the window that ends now. */
export function usesOf(db: Db, now: number, limit: Limit): number {
	const { key, startedAt, hits } = rateWindow;
	const isThisKey = and(gte(key, `${nameOf(limit)}|`), lt(key, `${nameOf(limit)}}`));
	// A clock that was set back must not lock anyone out: uses further ahead than one window do not count.
	const isInWindow = and(gt(startedAt, now - limit.windowMs - sliceOf(limit)), lte(startedAt, now + limit.windowMs));
	const row = db.orm
		.select({ uses: sql<number>`coalesce(sum(${hits}), 0)` })
		.from(rateWindow)
		.where(and(isThisKey, isInWindow))
		.get();
	return row?.uses ?? 0;
}

/**
 * When the next use of a key is allowed, milliseconds UTC: `now` when it is allowed already. Uses leave the count slice by slice, the oldest first.
 */
export function freeAgainAt(db: Db, now: number, limit: Limit): number {
	const { key, startedAt, hits } = rateWindow;
	const isThisKey = and(gte(key, `${nameOf(limit)}|`), lt(key, `${nameOf(limit)}}`));
	const reach = limit.windowMs + sliceOf(limit);
	const isInWindow = and(gt(startedAt, now - reach), lte(startedAt, now + limit.windowMs));
	const rows = db.orm.select({ startedAt, hits }).from(rateWindow).where(and(isThisKey, isInWindow)).orderBy(startedAt).all();
	let uses = rows.reduce((sum, row) => sum + row.hits, 0);
	for (const row of rows) {
		if (uses < limit.most) break;
		uses -= row.hits;
		if (uses < limit.most) return row.startedAt + reach;
	}
	return now;
}

/** Forgets uses that no window can hold any more. Returns how many rows went. */
export function forgetOldUses(db: Db, now: number): number {
	const { startedAt } = rateWindow;
	const isOld = or(lt(startedAt, now - 2 * LONGEST_WINDOW_MS), gt(startedAt, now + 2 * LONGEST_WINDOW_MS));
	return db.orm.delete(rateWindow).where(isOld).run().changes;
}

function count(db: Db, now: number, limit: Limit): void {
	const startedAt = sliceAt(now, limit);
	const { key, hits } = rateWindow;
	db.orm
		.insert(rateWindow)
		.values({ key: `${nameOf(limit)}|${startedAt}`, startedAt, hits: 1 })
		.onConflictDoUpdate({ target: key, set: { hits: sql`${hits} + 1` } })
		.run();
}

function sliceAt(now: number, limit: Limit): number {
	return now - (now % sliceOf(limit));
}

function sliceOf(limit: Limit): number {
	return Math.ceil(limit.windowMs / SLICES);
}

function nameOf(limit: Limit): string {
	return `${limit.key}/${limit.windowMs}`;
}

import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayInstant } from '#core/dates.ts';
import { freeAgainAt, giveBack, type Limit, useOnce } from '#core/rate-limit.ts';
import { TooBusy } from '#features/accounts/index.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Counts a try before it is looked at, whether or not there is such a key. After a quarter of an hour there are
 * new ones, but for a key that was tried sixty times in a day: the refusal says when.
 * @throws TooBusy after too many
 */
export function countTry(ctx: Ctx, keyHash: string): readonly Limit[] {
	// The longest first: what is said must hold for all of them.
	const limits: Limit[] = [
		{ key: `case-key:${keyHash.slice(0, 32)}`, most: 60, windowMs: DAY_MS },
		{ key: `case-key:${keyHash.slice(0, 32)}`, most: 10, windowMs: QUARTER_MS },
	];
	if (ctx.clientKey !== null) limits.push({ key: `case-key-from:${ctx.clientKey}`, most: 15, windowMs: QUARTER_MS });
	use(ctx, limits, MANY_TODAY);
	return limits;
}

/** The try was right: it does not count. */
export function forgiveTry(ctx: Ctx, limits: readonly Limit[]): void {
	bookkeep(ctx.db, () => giveBack(ctx.db, ctx.now, limits));
}

/** Counts a beginning. @throws TooBusy after too many from one place */
export function countBeginning(ctx: Ctx): void {
	if (ctx.clientKey !== null) use(ctx, [{ key: `concern-begun-from:${ctx.clientKey}`, most: 10, windowMs: DAY_MS }], MANY_BEGUN);
}

function use(ctx: Ctx, limits: readonly Limit[], said: (at: string) => string): void {
	const exhausted = bookkeep(ctx.db, () => useOnce(ctx.db, ctx.now, limits));
	if (!exhausted) return;
	const at = Math.ceil(freeAgainAt(ctx.db, ctx.now, exhausted) / MINUTE_MS) * MINUTE_MS;
	throw new TooBusy(exhausted.windowMs === DAY_MS ? said(sayInstant(at)) : TOO_MANY, Math.ceil((at - ctx.now) / 1000));
}

const STOPPED = 'There were many tries that did not fit, so we stopped for a while to keep what you wrote safe. Nothing is lost.';
const TOO_MANY = `${STOPPED} Wait 20 minutes, then try again with the key as you wrote it down.`;
const MANY_TODAY = (at: string) => `${STOPPED} You can try again from ${at}, with the key as you wrote it down. If you cannot wait, call us.`;
const MANY_BEGUN = (at: string) => `Many were begun from this connection. Open one that you began with its key, begin anew from ${at}, or call us.`;

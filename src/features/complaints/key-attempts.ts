import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { giveBack, type Limit, useOnce } from '#core/rate-limit.ts';
import { TooBusy } from '#features/accounts/index.ts';

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Counts a try before it is looked at, whether or not there is such a key. After a quarter of an hour there are new ones.
 * @throws TooBusy after too many
 */
export function countTry(ctx: Ctx, keyHash: string): readonly Limit[] {
	const limits: Limit[] = [
		{ key: `case-key:${keyHash.slice(0, 32)}`, most: 10, windowMs: QUARTER_MS },
		{ key: `case-key:${keyHash.slice(0, 32)}`, most: 60, windowMs: DAY_MS },
	];
	if (ctx.clientKey !== null) limits.push({ key: `case-key-from:${ctx.clientKey}`, most: 15, windowMs: QUARTER_MS });
	use(ctx, limits, TOO_MANY);
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

function use(ctx: Ctx, limits: readonly Limit[], said: string): void {
	const exhausted = bookkeep(ctx.db, () => useOnce(ctx.db, ctx.now, limits));
	if (exhausted) throw new TooBusy(said, exhausted.windowMs / 1000);
}

const TOO_MANY =
	'There were many tries that did not fit, so we stopped for a while to keep what you wrote safe. Nothing is lost. Wait 20 minutes, then try again with the key as you wrote it down.';
const MANY_BEGUN = 'Many were begun from this connection today. Open one that you began with its key, try again tomorrow, or call us.';

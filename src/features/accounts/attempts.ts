import { createHmac } from 'node:crypto';
import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { giveBack, type Limit, useOnce, usesOf } from '#core/rate-limit.ts';
import { TooBusy } from './too-busy.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** Five wrong ones, then waits that grow: until the quarter of an hour, the hour, the day is over. */
const TIERS = [
	{ most: 5, windowMs: QUARTER_MS },
	{ most: 10, windowMs: 60 * MINUTE_MS },
	{ most: 20, windowMs: 24 * 60 * MINUTE_MS },
];
const CLIENT = { most: 30, windowMs: QUARTER_MS };
const EVERYWHERE = { key: 'wrong-everywhere', most: Number.MAX_SAFE_INTEGER, windowMs: QUARTER_MS };
/** So many wrong ones in a quarter of an hour, whoever they were for, are an attack. */
const ALARM_AT = 300;

/** What is tried: signing in with a password, giving a code, proving again who one is. */
export type Attempt = { limits: readonly Limit[]; isAlarm: boolean };

/**
 * Counts an attempt before it is looked at, so that many at once do not slip through; `forgive` takes it back when it was right.
 * A browser that its owner has used before is counted by itself: strangers who guess cannot keep the owner out.
 * @param who a mailbox key or an account's key: only a keyed hash of it is stored, and it is counted whether or not it exists.
 * @throws TooBusy when there were too many.
 */
export function attempt(ctx: Ctx, what: 'sign-in' | 'second-step' | 'prove', who: string, deviceId: string | null): Attempt {
	const subject = createHmac('sha256', ctx.keys.secret)
		.update(`${what} ${who} ${deviceId ?? ''}`)
		.digest('hex')
		.slice(0, 32);
	const limits: Limit[] = TIERS.map((tier) => ({ key: `${what}:${subject}`, ...tier }));
	if (deviceId === null && ctx.clientKey !== null) limits.push({ key: `${what}-from:${ctx.clientKey}`, ...CLIENT });
	return bookkeep(ctx.db, () => {
		const exhausted = useOnce(ctx.db, ctx.now, limits);
		if (exhausted) throw new TooBusy(TOO_MANY, exhausted.windowMs / 1000);
		useOnce(ctx.db, ctx.now, [EVERYWHERE]);
		return { limits: [...limits, EVERYWHERE], isAlarm: isAlarming(ctx) };
	});
}

/** The attempt was right, or never came to be looked at: it does not count. Joins the write that is running, or is one of its own. */
export function forgive(ctx: Ctx, { limits }: Attempt): void {
	const write = () => giveBack(ctx.db, ctx.now, limits);
	if (ctx.db.sql.inTransaction) write();
	else bookkeep(ctx.db, write);
}

const TOO_MANY =
	'There were too many attempts. Wait a while, then try again. With a browser that you have signed in with before, or with a passkey, you can go on now.';

/** True once in a quarter of an hour in which there were too many wrong ones. */
function isAlarming(ctx: Ctx): boolean {
	if (usesOf(ctx.db, ctx.now, EVERYWHERE) < ALARM_AT) return false;
	return useOnce(ctx.db, ctx.now, [{ key: 'wrong-everywhere-alarm', most: 1, windowMs: QUARTER_MS }]) === null;
}

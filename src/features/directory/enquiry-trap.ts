import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';

/** Nobody reads and fills the form in less; machines do. */
const FASTEST_MS = 3000;
const OLDEST_MS = 24 * 3_600_000;

export type TrapAnswer = 'fine' | 'too-fast' | 'too-old';

/** The value of the hidden field `started`: when the form was shown, signed, so that it cannot be made up. */
export function startedMark(ctx: Pick<Ctx, 'now' | 'keys'>): string {
	return `${ctx.now}.${signature(ctx, String(ctx.now))}`;
}

/** Judges the time between showing and sending. A missing or forged mark counts as too old: sending the page again mends both. */
export function checkStarted(ctx: Pick<Ctx, 'now' | 'keys'>, mark: string): TrapAnswer {
	const [instant = '', signed = ''] = mark.split('.');
	const expected = Buffer.from(signature(ctx, instant));
	const given = Buffer.from(signed);
	if (!/^\d{1,15}$/.test(instant) || given.length !== expected.length || !timingSafeEqual(given, expected)) return 'too-old';
	const passed = ctx.now - Number(instant);
	if (passed < FASTEST_MS) return 'too-fast';
	return passed > OLDEST_MS ? 'too-old' : 'fine';
}

function signature(ctx: Pick<Ctx, 'keys'>, instant: string): string {
	return createHmac('sha256', ctx.keys.secret).update(`enquiry started ${instant}`).digest('base64url');
}

import { createHmac } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';
import type { Limit } from '#core/rate-limit.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a person reads when a message is held back. They lose nothing that they typed. */
export const REFUSALS = {
	'too-fast': 'That was very quick. Please check your message, wait a few seconds and send it again.',
	'too-old': 'This page was open for a long time. Your message is still here: please send it again.',
	hour: 'You have sent several messages in the last hour. Your message is still here: please try again in an hour.',
	day: 'You have sent many messages today. Your message is still here: please try again tomorrow.',
	address: 'Many messages with this e-mail address were sent today. Please try again tomorrow.',
	therapist: 'This therapist has had many messages today. Please try again tomorrow, or write to another therapist.',
} as const;

/** A limit and what is said when it is used up. */
export type SendingLimit = Limit & { refusal: string };

/** The limits one message counts against: by sender (5 an hour, 20 a day), by the address it gives (10 a day), by therapist (30 a day). */
export function sendingLimits(ctx: Ctx, personId: string, email: string): SendingLimit[] {
	const limits: SendingLimit[] = [{ key: `enquiry-to:${personId}`, most: 30, windowMs: DAY_MS, refusal: REFUSALS.therapist }];
	// Our acknowledgements must not be a way to fill a stranger's letter box.
	if (email) limits.push({ key: `enquiry-address:${hashed(ctx, email)}`, most: 10, windowMs: DAY_MS, refusal: REFUSALS.address });
	if (ctx.clientKey === null) return limits;
	const key = `enquiry-from:${ctx.clientKey}`;
	return [{ key, most: 5, windowMs: HOUR_MS, refusal: REFUSALS.hour }, { key, most: 20, windowMs: DAY_MS, refusal: REFUSALS.day }, ...limits];
}

function hashed(ctx: Ctx, email: string): string {
	return createHmac('sha256', ctx.keys.secret).update(`enquiry address ${email.toLowerCase()}`).digest('hex').slice(0, 32);
}

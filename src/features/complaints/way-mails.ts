import { createHmac } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Mail } from '#core/outbox.ts';

/** Days after which the address may go from the outbox, whatever became of the message. */
const PURGE_DAYS = 7;

/**
 * The only message that anybody who raised a concern is ever sent: that there is one, and nothing of what it is (issue 5 §1). No name of ours, no
 * link, no reference; its sender is neutral too (`src/core/mail-message.ts`). @param about what it tells of: the same twice is sent once
 */
export function referenceMail(ctx: Pick<Ctx, 'keys' | 'today'>, to: string, about: string): Mail {
	return {
		kind: 'reference.message',
		to,
		subject: 'A message about your reference',
		text: 'There is a message about your reference.\n\nYou can read it where you keep it, with your key and your passphrase. There is no hurry, unless you know of a date.\n\nPlease do not answer this mail: nobody reads what comes back to it.',
		// Nothing that leads from an address to a case.
		dedupeKey: `reference.message:${createHmac('sha256', ctx.keys.secret).update(`reference mail ${about}`).digest('hex').slice(0, 32)}`,
		purgeOn: addDays(ctx.today, PURGE_DAYS),
	};
}

/** A draft that nobody has touched is about to be removed. Only to an address that its writer called safe. */
export function draftReminderMail(ctx: Pick<Ctx, 'keys' | 'today'>, to: string, about: string, left: { days: number }): Mail {
	return {
		...referenceMail(ctx, to, about),
		kind: 'reference.reminder',
		text: `What you began to write is kept for ${left.days === 1 ? 'one more day' : `${left.days} more days`}. After that it is removed, and nobody can bring it back.\n\nYou can open it where you began it, with your key and your passphrase. If you do not want to go on you need not do anything.\n\nPlease do not answer this mail: nobody reads what comes back to it.`,
	};
}

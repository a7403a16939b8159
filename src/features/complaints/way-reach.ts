import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { queueMail } from '#core/outbox.ts';
import { openText } from '#core/vault.ts';
import { prepared } from '#db/prepared.ts';
import { referenceMail } from './way-mails.ts';
import { keepTold } from './way-unreached.ts';

/** How somebody who raised a concern can be reached safely, as they wrote it: at the place `contact` of the vault. */
export type Reach = { name?: string; email?: string; telephone?: string; voicemail?: string; times?: string; post?: string; needs?: string };

/** How the complainant can be reached, or nothing. Never authorises. */
export function reachOf(ctx: Pick<Ctx, 'db' | 'keys'>, concernId: string): Reach {
	const words = openText(ctx, concernId, 'contact');
	return words === null ? {} : (JSON.parse(words) as Reach);
}

/**
 * Tells the complainant that there is something to read, where they gave an address that is safe for it; else nothing happens. In a write of its
 * own, so that nothing in the record leads from the address to the case (which message it was stands in the vault): call it after the commit of the act. @param about what it tells of, once
 */
export function tellComplainant(ctx: Ctx, concernId: string, about: string): boolean {
	const { email } = reachOf(ctx, concernId);
	if (!email) return false;
	tell(ctx, { email, concernId }, `${concernId} ${about}`);
	return true;
}

function tell(ctx: Ctx, { email, concernId }: { email: string; concernId: string }, about: string): void {
	const mail = referenceMail(ctx, email, about);
	if (prepared(ctx.db.sql, 'SELECT 1 FROM outbox WHERE dedupe_key = ?').get(mail.dedupeKey) !== undefined) return;
	commit(ctx, { name: 'send a message' }, (tx) => {
		queueMail(tx, mail);
		keepTold(tx, concernId, mail.dedupeKey);
		record(tx, 'concern.told', { type: 'mail', id: mail.dedupeKey });
	});
}

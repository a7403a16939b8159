import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hashToken } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { prepared } from '#db/prepared.ts';
import { cannotHelp } from './enquiry-mails.ts';

export type EnquiryAnswer = 'replied' | 'cannot_help';

/** What the page behind the link may show: nothing about who wrote or what. */
export type EnquiryState = { reference: string; answer: EnquiryAnswer | null };

/**
 * The enquiry of a link, for showing the two buttons. Reading changes nothing: mail scanners open links.
 * @throws NotFound when the link is not known or the enquiry's text has gone.
 */
export function enquiryFor(ctx: Ctx, token: string): EnquiryState {
	const { reference, answer } = find(ctx, token);
	return { reference, answer };
}

/**
 * Notes what the therapist did. The same answer twice is one; another answer corrects the first.
 * @throws NotFound as `enquiryFor`.
 */
export function answerEnquiry(ctx: Ctx, token: string, answer: EnquiryAnswer): EnquiryState {
	const before = find(ctx, token);
	if (before.answer === answer) return { reference: before.reference, answer };
	return commit(ctx, { name: 'answerEnquiry' }, (tx) => {
		prepared(tx.db.sql, 'UPDATE enquiry SET answer = ?, answered_at = ? WHERE id = ? AND purged_at IS NULL').run(answer, ctx.now, before.id);
		record(tx, 'enquiry.answered', { type: 'enquiry', id: before.id }, { reference: before.reference, answer, before: before.answer });
		if (answer === 'cannot_help') tellEnquirer(tx, before);
		return { reference: before.reference, answer };
	});
}

type Found = { id: string; reference: string; answer: EnquiryAnswer | null; email: string | null; purgeOn: string };

function find(ctx: Ctx, token: string): Found {
	const text = `SELECT id, reference, answer, sender_email AS email, purge_on AS purgeOn FROM enquiry
		WHERE token_hash = ? AND purged_at IS NULL AND purge_on > ?`;
	const found = /^[\w-]{43}$/.test(token) ? (prepared(ctx.db.sql, text).get(hashToken(token), ctx.today) as Found | undefined) : undefined;
	if (!found) throw new NotFound('This link is no longer in use. Links work for 30 days.');
	return found;
}

function tellEnquirer(tx: Tx, enquiry: Found): void {
	if (enquiry.email) queueMail(tx, cannotHelp(tx.ctx.settings, enquiry, enquiry.email));
}

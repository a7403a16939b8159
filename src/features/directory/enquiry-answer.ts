import { and, eq, gt, isNull } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hashToken } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { enquiry } from '#db/schema/index.ts';
import { cannotHelp } from './enquiry-mails.ts';

type Row = typeof enquiry.$inferSelect;
export type EnquiryAnswer = NonNullable<Row['answer']>;

/** What the page behind the link may show: nothing about who wrote or what. */
export type EnquiryState = Pick<Row, 'reference' | 'answer'>;

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
		const isKept = and(eq(enquiry.id, before.id), isNull(enquiry.purgedAt));
		tx.db.orm.update(enquiry).set({ answer, answeredAt: ctx.now }).where(isKept).run();
		record(tx, 'enquiry.answered', { type: 'enquiry', id: before.id }, { reference: before.reference, answer, before: before.answer });
		if (answer === 'cannot_help') tellEnquirer(tx, before);
		return { reference: before.reference, answer };
	});
}

type Found = Pick<Row, 'id' | 'reference' | 'answer' | 'senderEmail' | 'purgeOn'>;

function find(ctx: Ctx, token: string): Found {
	const found = /^[\w-]{43}$/.test(token) ? keptByToken(ctx, hashToken(token)) : undefined;
	if (!found) throw new NotFound('This link is no longer in use. Links work for 30 days.');
	return found;
}

function keptByToken({ db, today }: Ctx, tokenHash: string): Found | undefined {
	const { id, reference, answer, senderEmail, purgeOn } = enquiry;
	return db.orm
		.select({ id, reference, answer, senderEmail, purgeOn })
		.from(enquiry)
		.where(and(eq(enquiry.tokenHash, tokenHash), isNull(enquiry.purgedAt), gt(purgeOn, today)))
		.get();
}

function tellEnquirer(tx: Tx, found: Found): void {
	if (found.senderEmail) queueMail(tx, cannotHelp(tx.ctx.settings, found, found.senderEmail));
}

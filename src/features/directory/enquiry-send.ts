import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import { hashToken, newId, newReference, newToken } from '#core/ids.ts';
import { queueMail } from '#core/outbox.ts';
import { useOnce } from '#core/rate-limit.ts';
import { addWorkingDays, holidaysOf } from '#core/working-days.ts';
import { enquiry } from '#db/schema/index.ts';
import type { EnquiryInput } from './enquiry-form.ts';
import { REFUSALS, sendingLimits } from './enquiry-limits.ts';
import { acknowledgement, mailToTherapist } from './enquiry-mails.ts';
import { type Recipient, recipientAt } from './enquiry-policy.ts';
import { checkStarted } from './enquiry-trap.ts';

/** The text of an enquiry is deleted after this many days; only counts stay. */
export const KEPT_DAYS = 30;
/** Working days a therapist has to answer before the enquirer is told. */
export const ANSWER_WORKING_DAYS = 5;

/** `answerByOn` is the last day of the five working days; `isToldByMail` says whether we can tell the sender if nobody answers. */
export type EnquirySent = { reference: string; answerByOn: string; isToldByMail: boolean };

/**
 * Passes a message on to a therapist: stores it, queues the mail to the therapist and the acknowledgement, counts it.
 * The same form sent twice gives the same answer and sends nothing again; a filled honeypot gets a made-up one.
 * @throws NotFound, Conflict (see `recipientAt`). @throws Invalid, with everything typed still good, when sent too fast, too late or too often.
 */
export function sendEnquiry(ctx: Ctx, slug: string, input: EnquiryInput): EnquirySent {
	const repeatKey = repeatKeyOf(ctx, slug, input);
	const earlier = sentBefore(ctx, repeatKey);
	if (earlier) return earlier;
	const recipient = recipientAt(ctx, slug);
	if (input.website !== '') return { reference: newReference('ENQ'), ...followUp(ctx, input) };
	refuseMachines(ctx, input);
	try {
		return commit(ctx, { name: 'sendEnquiry' }, (tx) => keep(tx, recipient, input, repeatKey));
	} catch (error) {
		// Two copies of one form may arrive at once; the second meets the first one's repeat key.
		const raced = sentBefore(ctx, repeatKey);
		if (raced) return raced;
		throw error;
	}
}

function keep(tx: Tx, recipient: Recipient, input: EnquiryInput, repeatKey: string): EnquirySent {
	const { ctx } = tx;
	const exhausted = useOnce(tx.db, ctx.now, sendingLimits(ctx, recipient.personId, input.email));
	if (exhausted) throw new Invalid('message', exhausted.refusal);
	const fresh = { id: newId(), reference: newReference('ENQ'), token: newToken(), purgeOn: addDays(ctx.today, KEPT_DAYS), ...followUp(ctx, input) };
	insert(tx, recipient.personId, input, { ...fresh, repeatKey });
	queueMail(tx, mailToTherapist(ctx.settings, fresh, input, recipient.address));
	if (input.email) queueMail(tx, acknowledgement(ctx.settings, fresh, input.email));
	record(tx, 'enquiry.sent', { type: 'enquiry', id: fresh.id }, { reference: fresh.reference, person: recipient.personId, replyBy: input.replyBy });
	return { reference: fresh.reference, answerByOn: fresh.answerByOn, isToldByMail: fresh.isToldByMail };
}

type NewEnquiry = { id: string; reference: string; token: string; answerByOn: string; purgeOn: string; repeatKey: string };

function insert(tx: Tx, personId: string, input: EnquiryInput, fresh: NewEnquiry): void {
	const { id, reference, repeatKey, purgeOn } = fresh;
	const sender = { senderName: input.name, senderEmail: input.email || null, senderPhone: input.phone || null };
	const written = { replyBy: input.replyBy, safeTimes: input.safeTimes || null, message: input.message };
	const keys = { id, reference, personId, tokenHash: hashToken(fresh.token), repeatKey };
	const dates = { createdAt: tx.ctx.now, answerDueOn: fresh.answerByOn, purgeOn };
	tx.db.orm
		.insert(enquiry)
		.values({ ...keys, ...sender, ...written, ...dates })
		.run();
}

function refuseMachines(ctx: Ctx, input: EnquiryInput): void {
	const answer = checkStarted(ctx, input.started);
	if (answer !== 'fine') throw new Invalid('message', REFUSALS[answer]);
}

function followUp(ctx: Ctx, input: EnquiryInput): { answerByOn: string; isToldByMail: boolean } {
	return { answerByOn: addWorkingDays(holidaysOf(ctx.db), ctx.today, ANSWER_WORKING_DAYS), isToldByMail: input.email !== '' };
}

function sentBefore(ctx: Ctx, repeatKey: string): EnquirySent | null {
	const { reference, answerDueOn, senderEmail } = enquiry;
	const row = ctx.db.orm.select({ reference, answerDueOn, senderEmail }).from(enquiry).where(eq(enquiry.repeatKey, repeatKey)).get();
	return row ? { reference: row.reference, answerByOn: row.answerDueOn, isToldByMail: row.senderEmail !== null } : null;
}

/**
 * Keyed over the form's own key and what was typed: a double click is a repeat, a text changed after "back" is a new message
 * and must not be swallowed.
 */
function repeatKeyOf(ctx: Ctx, slug: string, input: EnquiryInput): string {
	const { started: _, website: __, ...typed } = input;
	return createHmac('sha256', ctx.keys.secret)
		.update(JSON.stringify(['enquiry repeat', slug, typed, input.repeatKey || ctx.today]))
		.digest('hex');
}

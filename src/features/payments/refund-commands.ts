import { eq } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { sayPence } from '#core/money.ts';
import { allow, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { payment, refund } from '#db/schema/index.ts';
import { tellOfRefund } from './mail-commands.ts';
import { canKeepBooks } from './policy.ts';
import { providerThatTook } from './providers.ts';
import { invoiceById } from './queries.ts';
import { carryOutChoice, decideOnRefund, type OnRefunded, type RefundChoice } from './refunded.ts';
import { nameOf } from './take-payment.ts';

/** `reference`: what shows that the money went back; only for a transfer or cheque, a provider gives its own. */
export type NewRefund = { paymentId: string; pence: number; reason: string; reference: string; repeatKey: string };
/** `membership`: whether what was paid for stays or ends; null where it was left open, or nothing hangs on it. */
type Refund = NewRefund & { membership: RefundChoice | null };

type Payment = typeof payment.$inferSelect;

/**
 * Gives a payment back, in part or in full: through the provider that took it, or noted after a transfer of our own. Never more than
 * was paid. A second call with the same `repeatKey` gives nothing more back. What it means for the membership is written down with it.
 * @throws Forbidden (also on one's own invoice), SignInRequired (recent proof), NotFound, Invalid, Conflict when the provider cannot be reached.
 */
export async function refundPayment(ctx: Ctx, { membership, ...input }: Refund, onRefunded: OnRefunded): Promise<void> {
	const paid = ctx.db.orm.select().from(payment).where(eq(payment.id, input.paymentId)).get();
	const invoice = paid && invoiceById(ctx.db, paid.invoiceId);
	if (!paid || !invoice) throw new NotFound('There is no such payment.');
	allow(canKeepBooks(ctx.actor, invoice.personId), 'Somebody else has to refund this: it is your own invoice, or your role does not allow it.');
	requireProof(ctx, true);
	if (isDone(ctx, input.repeatKey)) return;
	const left = paid.pence - refundedPence(ctx, paid.id);
	if (input.pence > left)
		throw new Invalid('amount', left === 0 ? 'All of it has been given back already.' : `Only ${sayPence(left)} of it can be given back.`);
	const decided = decideOnRefund(ctx, invoice, { pence: input.pence, membership }, onRefunded);
	const reference = await giveBack(ctx, paid, input);
	// The provider's own message may have been faster.
	const known = onFile(ctx, paid.id, reference);
	if (known !== null && (decided === null || hasChoice(ctx, known))) return;
	commit(ctx, { name: 'refund payment', reason: input.reason }, (tx) => {
		carryOutChoice(tx, known ?? writeRefund(tx, { ...input, reference }), invoice, { decided, onRefunded });
	});
}

/** Writes a refund down and tells the person. Joins a transaction and never authorises; the database refuses more than was paid. @returns its key */
export function writeRefund(tx: Tx, { paymentId, pence, reason, reference, repeatKey }: NewRefund): string {
	const id = newId();
	const { now: recordedAt, today: refundedOn, actor } = tx.ctx;
	tx.db.orm
		.insert(refund)
		.values({ id, paymentId, pence, reason, reference, repeatKey, refundedOn, recordedAt, recordedBy: nameOf(actor) })
		.run();
	record(tx, 'payments.payment_refunded', { type: 'payment', id: paymentId }, { refundId: id, pence }, { reason, reference });
	tellOfRefund(tx, { refundId: id, paymentId, pence });
	return id;
}

async function giveBack(ctx: Ctx, paid: Payment, { pence, repeatKey, reference }: NewRefund): Promise<string> {
	if (paid.provider === 'offline') {
		if (reference === '') throw new Invalid('reference', 'Enter the reference of your transfer: it shows that the money went back.');
		return reference;
	}
	const provider = providerThatTook(ctx, paid.provider);
	if (!provider) throw new Conflict('Who took this payment is not connected any more. Refund it there, and note it as looked at.');
	try {
		return await provider.refund({ reference: paid.reference, pence, repeatKey });
	} catch {
		throw new Conflict('The provider could not give it back just now. Nothing was changed here. Try again in a few minutes.');
	}
}

function refundedPence({ db }: Ctx, paymentId: string): number {
	return prepared(db.sql, 'SELECT coalesce(sum(pence), 0) FROM refund WHERE payment_id = ?').pluck().get(paymentId) as number;
}

function isDone({ db }: Ctx, repeatKey: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM refund WHERE repeat_key = ?').get(repeatKey) !== undefined;
}

/** The refund that a provider's message has written down already, or null. */
function onFile({ db }: Ctx, paymentId: string, reference: string): string | null {
	const text = "SELECT r.id FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.provider <> 'offline' AND p.id = ? AND r.reference = ?";
	return (prepared(db.sql, text).pluck().get(paymentId, reference) as string | undefined) ?? null;
}

function hasChoice({ db }: Ctx, refundId: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM refund_choice WHERE refund_id = ?').get(refundId) !== undefined;
}

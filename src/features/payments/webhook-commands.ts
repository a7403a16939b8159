import { eq, sql } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { bookkeep, commit, type Tx } from '#core/commit.ts';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { checkout, paymentEvent } from '#db/schema/index.ts';
import { type Judgement, judge, type Known } from './judge.ts';
import { tellOfFailure } from './mail-commands.ts';
import type { ProviderEvent, ProviderName } from './provider.ts';
import { providerNamed } from './providers.ts';
import { writeRefund } from './refund-commands.ts';
import type { OnSettled } from './settled.ts';
import { takePayment } from './take-payment.ts';

type Checkout = typeof checkout.$inferSelect;
type Found = Known & { checkout: Checkout | null; payment: { id: string; invoiceId: string; pence: number; heldPence: number } | null };

/** What became of a message: `refused` when nobody we know signed it. */
export type Taken = 'refused' | 'repeated' | 'taken';

/**
 * Takes in what a provider sends: the signature is checked before anything else, a message counts once, and nothing is believed that does
 * not fit what we asked for. @throws NotFound when that provider is not in use.
 */
export function takeMessage(ctx: Ctx, providerName: string, message: { body: string; headers: Headers }, onSettled: OnSettled): Taken {
	const provider = providerNamed(ctx, providerName);
	const event = provider.readMessage(message.body, message.headers, ctx.now);
	if (!event) return 'refused';
	if (countAgain(ctx, provider.name, event)) return 'repeated';
	const system = ctxFor(ctx, { kind: 'system', name: `payments:${provider.name}` }, ctx.now, { id: ctx.requestId, clientKey: null });
	try {
		commit(system, { name: 'take provider message' }, (tx) => takeOnce(tx, provider.name, event, onSettled));
		return 'taken';
	} catch (error) {
		// Another process took the same message in between.
		if (error instanceof Conflict && countAgain(ctx, provider.name, event)) return 'repeated';
		throw error;
	}
}

/** @returns true when the message came before: that is counted, and changes nothing. */
function countAgain({ db }: Ctx, provider: ProviderName, { id }: ProviderEvent): boolean {
	const text = 'UPDATE payment_event SET times_received = times_received + 1 WHERE provider = ? AND provider_event_id = ?';
	return bookkeep(db, () => prepared(db.sql, text).run(provider, id).changes) > 0;
}

function takeOnce(tx: Tx, provider: ProviderName, event: ProviderEvent, onSettled: OnSettled): void {
	const isKnown = 'SELECT 1 FROM payment_event WHERE provider = ? AND provider_event_id = ?';
	if (prepared(tx.db.sql, isKnown).get(provider, event.id)) throw new Conflict('This message came before.');
	const found = find(tx, provider, event);
	const judgement = judge(event, found);
	const odd = apply(tx, provider, { event, found, judgement }, onSettled);
	const id = write(tx, provider, event, { found, judgement: { ...judgement, look: judgement.look ?? odd } });
	record(tx, 'payments.message_taken', { type: 'payment_event', id }, { provider, kind: event.kind, takenFor: judgement.takenFor });
}

function find({ db }: Tx, provider: ProviderName, event: ProviderEvent): Found {
	const opened = event.checkoutId === null ? undefined : db.orm.select().from(checkout).where(eq(checkout.id, event.checkoutId)).get();
	const text = `SELECT id, invoice_id AS invoiceId, pence, pence - (SELECT coalesce(sum(r.pence), 0) FROM refund r WHERE r.payment_id = payment.id) AS heldPence
		FROM payment WHERE provider = ? AND reference = ?`;
	const paid = prepared(db.sql, text).get(provider, event.reference) as Found['payment'] | undefined;
	const refunded = 'SELECT 1 FROM refund r JOIN payment p ON p.id = r.payment_id WHERE p.provider = ? AND r.reference = ?';
	const isRefundKnown = prepared(db.sql, refunded).get(provider, event.refundReference) !== undefined;
	return { checkout: opened?.provider === provider ? opened : null, payment: paid ?? null, isRefundKnown };
}

type Case = { event: ProviderEvent; found: Found; judgement: Judgement };

/** @returns why finance should look at what was done; null when all is plain. */
function apply(tx: Tx, provider: ProviderName, { event, found, judgement }: Case, onSettled: OnSettled): string | null {
	const { checkout: opened, payment: paid } = found;
	if (judgement.takenFor === 'payment' && opened) return takePaid(tx, provider, event, opened, onSettled);
	if (judgement.takenFor === 'failure' && opened) {
		tx.db.orm.update(checkout).set({ failedAt: event.happenedAt }).where(eq(checkout.id, opened.id)).run();
		tellOfFailure(tx, opened.invoiceId, opened.id);
	}
	if (judgement.takenFor === 'end' && opened) end(tx, opened.id, event.means === 'cancelled' ? 'cancelled' : 'expired');
	if (judgement.takenFor === 'refund' && paid) {
		const { refundReference, pence } = event as { refundReference: string; pence: number };
		writeRefund(tx, {
			paymentId: paid.id,
			pence,
			reason: 'Given back at the provider',
			reference: refundReference,
			repeatKey: `${provider}:${refundReference}`,
		});
	}
	return null;
}

function takePaid(tx: Tx, provider: ProviderName, event: ProviderEvent, opened: Checkout, onSettled: OnSettled): string | null {
	end(tx, opened.id, 'paid');
	const reference = event.reference as string;
	const paid = { invoiceId: opened.invoiceId, checkoutId: opened.id, provider, way: 'card', reference, pence: opened.pence } as const;
	return takePayment(tx, { ...paid, receivedOn: londonDay(event.happenedAt), repeatKey: `${provider}:${reference}` }, onSettled).look;
}

function end(tx: Tx, id: string, outcome: NonNullable<Checkout['outcome']>): void {
	tx.db.orm
		.update(checkout)
		.set({ endedAt: sql`coalesce(${checkout.endedAt}, ${tx.ctx.now})`, outcome })
		.where(eq(checkout.id, id))
		.run();
}

function write(tx: Tx, provider: ProviderName, event: ProviderEvent, { found, judgement }: Omit<Case, 'event'>): string {
	const id = newId();
	const { id: providerEventId, kind, happenedAt, reference, pence, currency } = event;
	const invoiceId = found.checkout?.invoiceId ?? found.payment?.invoiceId ?? null;
	const named = { provider, providerEventId, kind, happenedAt, reference, pence, currency, invoiceId, checkoutId: found.checkout?.id ?? null };
	tx.db.orm
		.insert(paymentEvent)
		.values({ id, ...named, ...judgement, receivedAt: tx.ctx.now })
		.run();
	return id;
}

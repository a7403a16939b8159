import { eq } from 'drizzle-orm';
import { record } from '#core/audit.ts';
import { bookkeep, commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { checkout } from '#db/schema/index.ts';
import { paths } from '#paths';
import { canPay } from './policy.ts';
import type { PaymentProvider } from './provider.ts';
import { providerOf } from './providers.ts';
import { type Invoice, invoiceNumbered } from './queries.ts';

type Checkout = typeof checkout.$inferSelect;

/** Providers keep a page for a day at most; ours are offered for a little less. */
const OPEN_MS = 23 * 3_600_000;
const STILL_USEFUL_MS = 15 * 60_000;

/** The payment page that is open for an invoice now, for what is owed now; null when one has yet to be opened. */
export function openCheckoutFor(ctx: Ctx, invoice: Invoice): { url: string } | null {
	const open = usable(ctx, invoice, providerOf(ctx)?.name ?? null);
	return open?.url ? { url: open.url } : null;
}

/**
 * Opens a payment page for what is owed on one's own invoice, or finds the one already open: pressing twice opens one.
 * @returns the address of the page. @throws NotFound, Forbidden, Conflict when nothing is owed or the provider cannot be reached.
 */
export async function openCheckout(ctx: Ctx, invoiceNumber: string): Promise<string> {
	const invoice = invoiceNumbered(ctx, invoiceNumber);
	allow(canPay(ctx.actor, invoice.personId), 'Only the person it was issued to can pay an invoice here.');
	const provider = providerOf(ctx);
	if (!provider) throw new Conflict('Invoices are paid by bank transfer or cheque. The invoice says how.');
	if (invoice.owedPence === 0) throw new Conflict('Nothing is owed on this invoice.');
	const open = usable(ctx, invoice, provider.name) ?? begin(ctx, invoice, provider.name);
	return open.url ?? (await reach(ctx, provider, invoice, open));
}

function usable({ db, now }: Ctx, { id, owedPence }: Invoice, provider: string | null): Checkout | undefined {
	const text = `SELECT id FROM checkout WHERE invoice_id = ? AND provider = ? AND pence = ? AND ended_at IS NULL AND expires_at > ? ORDER BY opened_at DESC LIMIT 1`;
	const found = prepared(db.sql, text)
		.pluck()
		.get(id, provider, owedPence, now + STILL_USEFUL_MS) as string | undefined;
	return found ? db.orm.select().from(checkout).where(eq(checkout.id, found)).get() : undefined;
}

/** On file before the provider hears of it, so that no message can come before we know what it is about. */
function begin(ctx: Ctx, { id: invoiceId, owedPence: pence }: Invoice, provider: Checkout['provider']): Checkout {
	return commit(ctx, { name: 'open payment page' }, (tx) => {
		const id = newId();
		const values = { id, invoiceId, provider, pence, openedAt: ctx.now, expiresAt: ctx.now + OPEN_MS };
		record(tx, 'payments.checkout_opened', { type: 'invoice', id: invoiceId }, { checkoutId: id, provider, pence });
		return tx.db.orm.insert(checkout).values(values).returning().get();
	});
}

async function reach(ctx: Ctx, provider: PaymentProvider, { number }: Invoice, { id, pence, expiresAt }: Checkout): Promise<string> {
	const back = (done: string) => `${ctx.settings.publicOrigin}${paths.myInvoice(number, `done=${done}`)}`;
	const label = `Invoice ${number}, ${ctx.settings.organisation.name}`;
	try {
		const returnTo = { paid: back('returned'), cancelled: back('cancelled') };
		const { url, reference } = await provider.startCheckout({ id, pence, expiresAt, invoiceNumber: number, label, returnTo });
		bookkeep(ctx.db, () => ctx.db.orm.update(checkout).set({ url, providerReference: reference }).where(eq(checkout.id, id)).run());
		return url;
	} catch {
		throw new Conflict('The payment page cannot be reached just now. Nothing was taken. Try again in a few minutes, or pay by bank transfer.');
	}
}

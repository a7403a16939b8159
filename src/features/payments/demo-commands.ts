import { eq } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { sayPence } from '#core/money.ts';
import { checkout } from '#db/schema/index.ts';
import { type DemoChoice, demoMessage } from './provider-demo.ts';
import { providerNamed } from './providers.ts';
import { invoiceById, invoiceNumbered } from './queries.ts';
import type { OnSettled } from './settled.ts';
import { takeMessage } from './webhook-commands.ts';

/** What the demonstration's payment page shows. */
export type DemoCheckout = { id: string; invoiceNumber: string; sum: string; pence: number; isEnded: boolean };

/** The checkout of a payment page of the demonstration: only the payer's own. @throws NotFound */
export function demoCheckout(ctx: Ctx, id: string): DemoCheckout {
	providerNamed(ctx, 'demo');
	const found = ctx.db.orm.select().from(checkout).where(eq(checkout.id, id)).get();
	const number = found?.provider === 'demo' ? invoiceById(ctx.db, found.invoiceId)?.number : undefined;
	if (!found || !number) throw new NotFound('There is no such payment page.');
	invoiceNumbered(ctx, number);
	return { id, invoiceNumber: number, sum: sayPence(found.pence), pence: found.pence, isEnded: found.endedAt !== null };
}

/** Does what a payment provider would: sends us a signed message about what the payer chose, by the way that every message comes in. */
export function chooseOnDemoPage(ctx: Ctx, shown: DemoCheckout, choice: DemoChoice, onSettled: OnSettled): void {
	takeMessage(ctx, 'demo', demoMessage(ctx.keys, shown, choice, ctx.now), onSettled);
}

import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { voidInvoice } from './invoice-commands.ts';
import { canKeepBooks } from './policy.ts';
import { invoiceNumbered } from './queries.ts';

/**
 * Finance takes an invoice back. @param seenVersion the version on the page that was decided on
 * @throws NotFound, Forbidden (also on one's own invoice), Conflict when it moved on, is void, or money is held on it.
 */
export function voidByOffice(ctx: Ctx, number: string, seenVersion: number, reason: string): void {
	const invoice = invoiceNumbered(ctx, number);
	allow(canKeepBooks(ctx.actor, invoice.personId), 'Somebody else has to void this: it is your own invoice, or your role does not allow it.');
	if (invoice.version !== seenVersion) throw new Conflict('This invoice has changed since you opened the page. Look at it again.');
	commit(ctx, { name: 'void invoice', reason }, (tx) => voidInvoice(tx, invoice.id, reason));
}

import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { sayPence } from '#core/money.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { noteOdd } from './look-commands.ts';
import { canKeepBooks } from './policy.ts';
import { invoiceById } from './queries.ts';
import type { OnSettled } from './settled.ts';
import { owedPence } from './standing.ts';
import { takePayment } from './take-payment.ts';

/** Money that came outside the website. `receivedOn`: the day on the bank statement. `repeatKey`: one form, one payment. */
export type OfflinePayment = {
	invoiceId: string;
	way: 'bank_transfer' | 'cheque';
	reference: string;
	pence: number;
	receivedOn: string;
	repeatKey: string;
};

/**
 * Records a transfer or a cheque, in full or in part. More than is owed is refused: what is too much goes back to the payer, since
 * nobody keeps an account with us. A second call with the same `repeatKey` changes nothing.
 * @throws Forbidden (also on one's own invoice), NotFound, Invalid, Conflict when the invoice is void or nothing is owed.
 */
export function recordOfflinePayment(ctx: Ctx, input: OfflinePayment, onSettled: OnSettled): void {
	const found = invoiceById(ctx.db, input.invoiceId);
	if (!found) throw new NotFound('There is no such invoice.');
	allow(canKeepBooks(ctx.actor, found.personId), 'Somebody else has to record this: it is your own invoice, or your role does not allow it.');
	if (input.receivedOn > ctx.today) throw new Invalid('receivedOn', 'Enter the day the money came: it cannot be in the future.');
	if (wasRecorded(ctx, input.repeatKey)) return;
	commit(ctx, { name: 'record payment' }, (tx) => {
		const now = invoiceById(tx.db, input.invoiceId);
		if (!now || now.isVoid) throw new Conflict(`Invoice ${found.number} has been voided: nothing is owed on it.`);
		const owed = owedPence(now);
		if (owed === 0) throw new Conflict(`Invoice ${found.number} is paid already.`);
		if (input.pence > owed) throw new Invalid('amount', `Only ${sayPence(owed)} is owed. Record that, and send the rest back to the payer.`);
		const { id, look } = takePayment(tx, { ...input, provider: 'offline', checkoutId: null }, onSettled);
		if (look) noteOdd(tx, { ...input, key: `payment:${id}`, kind: 'payment', look });
	});
}

function wasRecorded({ db }: Ctx, repeatKey: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM payment WHERE repeat_key = ?').get(repeatKey) !== undefined;
}

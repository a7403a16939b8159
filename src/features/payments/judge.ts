import type { checkout, paymentEvent } from '#db/schema/index.ts';
import type { ProviderEvent } from './provider.ts';

/** What the books know about the things that a message names. */
export type Known = {
	checkout: Pick<typeof checkout.$inferSelect, 'pence' | 'outcome'> | null;
	/** The payment with the message's reference; `heldPence` is what was not given back yet. */
	payment: { pence: number; heldPence: number } | null;
	/** A refund with the message's refund reference is on file. */
	isRefundKnown: boolean;
};

/** What to take a message for, and why finance should look at it: null when all is plain. */
export type Judgement = Pick<typeof paymentEvent.$inferSelect, 'takenFor' | 'look'>;

const plainly = (takenFor: Judgement['takenFor']): Judgement => ({ takenFor, look: null });
const odd = (look: string): Judgement => ({ takenFor: 'nothing', look });

/**
 * Decides what a signed message changes. Whatever comes late, twice or out of order changes nothing more; what does not fit what we
 * asked for changes nothing and is shown to finance.
 */
export function judge(event: ProviderEvent, known: Known): Judgement {
	switch (event.means) {
		case 'paid':
			return judgePaid(event, known);
		case 'failed':
			return plainly(known.checkout && known.checkout.outcome !== 'paid' ? 'failure' : 'nothing');
		case 'cancelled':
		case 'expired':
			return plainly(known.checkout && known.checkout.outcome === null ? 'end' : 'nothing');
		case 'refunded':
			return judgeRefund(event, known);
		case 'given_back_in_all':
			return judgeSum(event, known);
		case 'disputed':
			return odd('The payer’s bank, or the provider, disputes this payment. See what the provider says, and decide.');
		case 'nothing':
			return plainly('nothing');
	}
}

function judgePaid({ reference, currency, pence }: ProviderEvent, { checkout, payment }: Known): Judgement {
	if (payment) return plainly('nothing');
	if (!checkout || !reference) return odd('A payment that belongs to no payment page of ours.');
	if (currency !== 'gbp') return odd('Paid in another currency than pounds. Nothing was recorded.');
	if (pence !== checkout.pence) return odd('Paid another amount than we asked for. Nothing was recorded.');
	return plainly('payment');
}

function judgeRefund({ refundReference, currency, pence }: ProviderEvent, { payment, isRefundKnown }: Known): Judgement {
	if (isRefundKnown) return plainly('nothing');
	if (!payment || !refundReference) return odd('A refund of a payment that is not in the books.');
	if (currency !== 'gbp' || pence === null || pence <= 0 || pence > payment.heldPence) return odd('A refund of more than we hold, or in another currency.');
	return { takenFor: 'refund', look: 'Refunded at the provider, not here. It was recorded: note why it was given back.' };
}

/** The provider's sum of all refunds of a payment: only a check of our own. */
function judgeSum({ pence }: ProviderEvent, { payment }: Known): Judgement {
	if (!payment) return odd('A refund of a payment that is not in the books.');
	return payment.pence - payment.heldPence === pence ? plainly('nothing') : odd('The provider has given back another sum in all than our books say.');
}

import { addDays, sayDay } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import type { Mail } from '#core/outbox.ts';
import { paths } from '#paths';
import type { Settings } from '#settings';

/** What every mail about an invoice needs. Subjects name nobody and no sum. `today` decides when the text is deleted. */
export type InvoiceMailFacts = { to: string; today: string; number: string; settings: Settings };

const KEPT_DAYS = 90;

/** A new invoice: the sum, by when, and how. */
export function invoiceMail(
	facts: InvoiceMailFacts & { id: string; lines: readonly { label: string; pence: number }[]; totalPence: number; dueOn: string },
): Mail {
	const { number, settings, lines, totalPence, dueOn, id } = facts;
	return mail(facts, `payments.invoice`, id, `Invoice ${number} from ${settings.organisation.name}`, [
		`Here is invoice ${number}.`,
		[...lines.map(({ label, pence }) => `${label}: ${sayPence(pence)}`), `To pay: ${sayPence(totalPence)} by ${sayDay(dueOn)}`].join('\n'),
		`See it and pay:\n${address(facts)}`,
		bank(facts),
		'If you think it is wrong, or you cannot pay it just now, write to us: we can often help.',
	]);
}

/** Thanks for a payment, and what is left. */
export function receiptMail(facts: InvoiceMailFacts & { paymentId: string; pence: number; owedPence: number }): Mail {
	const { number, pence, owedPence, paymentId } = facts;
	return mail(facts, 'payments.receipt', paymentId, `We have your payment for invoice ${number}`, [
		'Thank you: your payment has arrived.',
		`Paid: ${sayPence(pence)}\n${owedPence > 0 ? `Still to pay: ${sayPence(owedPence)}` : 'The invoice is paid in full.'}`,
		`Your receipt:\n${address(facts)}`,
	]);
}

/** Money given back. */
export function refundMail(facts: InvoiceMailFacts & { refundId: string; pence: number; way: string }): Mail {
	const { number, pence, refundId, way } = facts;
	return mail(facts, 'payments.refund', refundId, `A refund for invoice ${number}`, [
		'We have given money back to you.',
		`Refunded: ${sayPence(pence)}\nFrom: what you paid on invoice ${number}`,
		way === 'card' ? 'It goes back to the card you paid with, and can take up to ten days to show there.' : 'It was sent to you by bank transfer or cheque.',
		`The invoice as it stands:\n${address(facts)}`,
	]);
}

/** A payment that did not go through. */
export function failureMail(facts: InvoiceMailFacts & { checkoutId: string }): Mail {
	return mail(facts, 'payments.failed', facts.checkoutId, `Your payment for invoice ${facts.number} did not go through`, [
		'A payment did not go through. No money was taken.',
		'This is often the bank asking for one more check. You can try again, use another card, or pay by bank transfer.',
		`Try again:\n${address(facts)}`,
		bank(facts),
	]);
}

function mail({ to, today, settings }: InvoiceMailFacts, kind: string, key: string, subject: string, parts: readonly string[]): Mail {
	const text = [...parts.filter(Boolean), `${settings.organisation.name}\n${settings.organisation.email}`].join('\n\n');
	return { kind, to, subject, text, dedupeKey: `${kind}:${key}`, purgeOn: addDays(today, KEPT_DAYS) };
}

function address({ settings, number }: InvoiceMailFacts): string {
	return `${settings.publicOrigin}${paths.myInvoice(number)}`;
}

function bank({ settings, number }: InvoiceMailFacts): string {
	const { bankDetails } = settings.payments;
	return bankDetails ? `By bank transfer: ${bankDetails}. Use ${number} as the reference.` : '';
}

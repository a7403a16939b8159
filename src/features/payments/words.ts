import { sayDay, sayInstant } from '#core/dates.ts';
import { sayPence } from '#core/money.ts';
import { type InvoiceDetail, type PaymentView, type RefundView, WAYS } from './detail-queries.ts';
import type { Look } from './office-queries.ts';
import type { Invoice } from './queries.ts';
import { STANDING_WORDS } from './standing.ts';

/** How an invoice stands in a few words: `To pay by 22 December 2026`, `Overdue since …`. */
export function sayStanding(invoice: Invoice): string {
	const { standing, dueOn, owedPence, totalPence, refundedPence } = invoice;
	if (standing === 'open') return `To pay by ${sayDay(dueOn)}`;
	if (standing === 'part_paid') return `${sayPence(owedPence)} left to pay by ${sayDay(dueOn)}`;
	if (standing === 'overdue') return `${owedPence < totalPence ? `${sayPence(owedPence)} left, overdue` : 'Overdue'} since ${sayDay(dueOn)}`;
	if (standing === 'refunded') return `Paid; ${sayPence(refundedPence)} given back`;
	return STANDING_WORDS[standing];
}

/** A row of the table of invoices in somebody's own area. */
export function ownRow(invoice: Invoice, href: string): (string | { text: string; href: string })[] {
	return [{ text: invoice.number, href }, sayDay(invoice.issuedOn), sayPence(invoice.totalPence), sayStanding(invoice)];
}

/** The rows of an invoice's lines with its sum. */
export function lineRows({ lines, totalPence }: InvoiceDetail): string[][] {
	return [...lines.map(({ label, pence }) => [label, sayPence(pence)]), ['To pay in all', sayPence(totalPence)]];
}

/** Everything that came and went, with the references for finance. */
export function moneyRows({ payments, refunds }: InvoiceDetail, isForOffice: boolean): string[][] {
	const came = payments.map((p) => [sayDay(p.receivedOn), `Paid by ${WAYS[p.way].toLowerCase()}`, sayPence(p.pence), p.reference]);
	const went = refunds.map((r) => [
		sayDay(r.refundedOn),
		isForOffice ? `Given back: ${r.reason}${sayChoice(r)}` : 'Given back',
		sayPence(-r.pence),
		r.reference,
	]);
	return [...came, ...went].map((row) => (isForOffice ? row : row.slice(0, 3)));
}

function sayChoice({ membership, endsOn }: RefundView): string {
	if (membership === null) return '';
	return endsOn === null ? ' (the membership stays)' : ` (the membership ends: ${sayDay(endsOn)} is the first day without it)`;
}

/** What a refund may mean for a membership, each in a sentence. `endsOn`: the first day without it, should it end. */
export function refundChoices(endsOn: string): { value: string; label: string; hint: string }[] {
	return [
		{ value: 'stays', label: 'It stays', hint: 'They keep what the fee paid for, such as after a mistake of ours or as goodwill. Nothing more is owed.' },
		{
			value: 'ends',
			label: 'It ends',
			hint: `From ${sayDay(endsOn)} they are no member: not on the register, their listing hidden. They are told by mail. To come back they apply again.`,
		},
	];
}

/** A payment in one line, for choosing. */
export function sayPayment({ way, pence, receivedOn }: PaymentView): string {
	return `${sayPence(pence)} by ${WAYS[way].toLowerCase()} on ${sayDay(receivedOn)}`;
}

/** The first cells of the row of something odd. */
export function lookRow(look: Look): string[] {
	return [sayInstant(look.receivedAt), look.look, sayNamed(look), look.invoiceNumber ?? '–'];
}

/** What is known of something odd, for its own page. */
export function lookFacts(look: Look): { key: string; value: string }[] {
	return [
		{ key: 'Told by', value: PROVIDERS[look.provider] ?? look.provider },
		{ key: 'Their word for it', value: look.kind },
		{ key: 'Happened', value: sayInstant(look.happenedAt) },
		{ key: 'Reached us', value: sayInstant(look.receivedAt) },
		{ key: 'Amount', value: sayNamed(look) },
		{ key: 'Reference', value: look.reference ?? '–' },
		...(look.lookNote === null ? [] : [{ key: 'What was found', value: look.lookNote }]),
	];
}

const PROVIDERS: Record<string, string> = { stripe: 'Stripe', demo: 'The demonstration', offline: 'The office' };

/** The amount as it was named, in whatever currency. */
function sayNamed({ pence, currency }: Look): string {
	if (pence === null) return '–';
	return currency === 'gbp' ? sayPence(pence) : `${pence} (${currency ?? 'no currency'}, smallest unit)`;
}

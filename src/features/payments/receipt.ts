import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { sayPence } from '#core/money.ts';
import { type Block, makePdf, type PdfText } from '#core/pdf.ts';
import { type InvoiceDetail, invoiceDetail } from './detail-queries.ts';
import { lineRows, moneyRows } from './words.ts';

/** The receipt for what was paid on an invoice, as a tagged PDF. @throws NotFound for one the actor may not know of, or with nothing paid. */
export async function receiptPdf(ctx: Ctx, number: string): Promise<{ name: string; content: Buffer }> {
	const invoice = invoiceDetail(ctx, number);
	if (invoice.payments.length === 0) throw new NotFound('Nothing has been paid on this invoice yet.');
	const content = await makePdf(receiptText(ctx, invoice), { now: ctx.now, sourceDir: ctx.settings.sourceDir });
	return { name: `receipt-${number}.pdf`, content };
}

/** What a receipt says. */
export function receiptText(ctx: Pick<Ctx, 'today' | 'settings'>, invoice: InvoiceDetail): PdfText {
	const { name, address, companyNumber } = ctx.settings.organisation;
	return {
		title: `Receipt for invoice ${invoice.number}`,
		author: name,
		footer: `${name} · company number ${companyNumber}`,
		blocks: [
			{ kind: 'heading', level: 1, text: 'Receipt' },
			{ kind: 'facts', caption: 'About this receipt', rows: factsOf(ctx.today, invoice) },
			table('What it is for', ['For', 'Amount'], lineRows(invoice)),
			table('What was paid', ['Day', 'What', 'Amount'], moneyRows(invoice, false)),
			{ kind: 'paragraph', look: 'strong', text: sumOf(invoice) },
			{ kind: 'paragraph', look: 'small', text: `${name}, ${address}` },
		],
	};
}

function factsOf(today: string, { number, issuedOn, personName, voidedOn }: InvoiceDetail): [string, string][] {
	const made: [string, string][] = [
		['Received from', personName],
		['Invoice', number],
		['Issued', sayDay(issuedOn)],
		['This receipt is of', sayDay(today)],
	];
	return voidedOn === null ? made : [...made, ['Void since', sayDay(voidedOn)]];
}

function sumOf({ paidPence, refundedPence, owedPence }: InvoiceDetail): string {
	const back = refundedPence > 0 ? `, of which ${sayPence(refundedPence)} was given back` : '';
	return `Paid ${sayPence(paidPence)} in all${back}. ${owedPence > 0 ? `${sayPence(owedPence)} is still to be paid.` : 'Nothing is owed.'}`;
}

function table(caption: string, labels: readonly string[], rows: readonly (readonly string[])[]): Block {
	const shares: Record<string, number> = { For: 4, What: 3, Day: 2, Amount: 1 };
	const columns = labels.map((label) => ({ label, share: shares[label] ?? 1, isNumber: label === 'Amount' }));
	return { kind: 'table', caption, columns, rows };
}

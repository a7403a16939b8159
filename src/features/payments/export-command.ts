import { stringify } from 'csv-stringify/sync';
import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { plainPence } from '#core/money.ts';
import { allow, requireProof } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { canSeePayments } from './policy.ts';

const COLUMNS = ['day', 'invoice', 'for', 'name', 'way', 'reference', 'paid', 'refunded', 'reason'];

type Row = { day: string; invoice: string; purpose: string; name: string; way: string; reference: string; paid: number; refunded: number; reason: string };

/**
 * Payments and refunds of some days as CSV, for the accounts: amounts in pounds, two decimals, never negative; a cell that a spreadsheet would take for
 * a formula is made text. The export is itself an event. @throws Forbidden, SignInRequired (recent proof), Invalid
 */
export function exportPayments(ctx: Ctx, { fromOn, toOn }: { fromOn: string; toOn: string }): { name: string; content: string } {
	allow(canSeePayments(ctx.actor));
	requireProof(ctx, true);
	if (toOn < fromOn) throw new Invalid('toOn', 'The last day must not be before the first.');
	return commit(ctx, { name: 'export payments' }, (tx) => {
		const rows = prepared(tx.db.sql, SELECT).all(fromOn, toOn, fromOn, toOn) as Row[];
		record(tx, 'payments.exported', { type: 'export', id: `${fromOn}/${toOn}` }, { fromOn, toOn, rows: rows.length });
		return { name: `payments-${fromOn}-to-${toOn}.csv`, content: stringify([COLUMNS, ...rows.map(cellsOf)], { escape_formulas: true, bom: true }) };
	});
}

function cellsOf({ day, invoice, purpose, name, way, reference, paid, refunded, reason }: Row): string[] {
	return [day, invoice, purpose, name, way, reference, paid ? plainPence(paid) : '', refunded ? plainPence(refunded) : '', reason];
}

const SELECT = `SELECT p.received_on AS day, i.number AS invoice, i.purpose, n.given_names || ' ' || n.family_name AS name, p.way, p.reference, p.pence AS paid,
		0 AS refunded, '' AS reason, p.recorded_at AS at
	FROM payment p JOIN invoice i ON i.id = p.invoice_id JOIN person_name n ON n.person_id = i.person_id AND n.to_on IS NULL
	WHERE p.received_on BETWEEN ? AND ?
	UNION ALL
	SELECT r.refunded_on, i.number, i.purpose, n.given_names || ' ' || n.family_name, p.way, r.reference, 0, r.pence, r.reason, r.recorded_at
	FROM refund r JOIN payment p ON p.id = r.payment_id JOIN invoice i ON i.id = p.invoice_id JOIN person_name n ON n.person_id = i.person_id AND n.to_on IS NULL
	WHERE r.refunded_on BETWEEN ? AND ?
	ORDER BY 1, 10`;

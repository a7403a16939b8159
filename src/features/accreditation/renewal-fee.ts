import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, sayDay } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { sayPence } from '#core/money.ts';
import { feesOn, issueInvoice } from '#features/payments/index.ts';
import { type FeeStanding, feeOf, feeStanding } from './apply-fee.ts';
import type { Renewal } from './renewal-step.ts';
import { routeOf, standardSet } from './standards.ts';

/** What re-accreditation costs its member today, in pence; a reduced fee takes the same share off as off a membership. */
export function renewalFeePence(ctx: Ctx, renewal: Renewal): number {
	return feeOf(ctx, renewal.personId, routeFor(ctx, renewal)).pence;
}

/** Issues the invoice of a re-accreditation that is being sent; none where it costs nothing. Joins a transaction and never authorises. */
export function issueRenewalFee(tx: Tx, renewal: Renewal): void {
	if (feeStanding(tx.ctx, renewal.id).state !== 'none') return;
	const route = routeFor(tx.ctx, renewal);
	const { pence, lines } = feeOf(tx.ctx, renewal.personId, route);
	if (pence <= 0) return;
	const dueOn = addDays(tx.ctx.today, feesOn(tx.db, tx.ctx.today).dueDays);
	const named = lines.map((line, index) => (index === 0 ? { ...line, label: route.title.slice(0, 200) } : line));
	issueInvoice(tx, { personId: renewal.personId, purpose: 'application', subjectId: renewal.id, lines: named, dueOn });
}

/** Refuses to confirm while the fee is owed: it counts as sent, and waits. @throws Conflict */
export function refuseUnpaidRenewal(ctx: Ctx, { id, reference }: Renewal): void {
	const { state, number } = feeStanding(ctx, id);
	if (state === 'owed')
		throw new Conflict(
			`The fee of ${reference} (${number}) has not been paid yet. It is confirmed once it is paid, or once finance has taken the invoice back.`,
		);
}

/** How the fee stands, in words; null where it costs nothing. */
export function sayRenewalFee({ state, pence, number, dueOn }: FeeStanding): string | null {
	if (state === 'none') return null;
	if (state === 'waived') return 'Waived';
	if (state === 'paid') return `${sayPence(pence)}, paid (${number})`;
	return `${sayPence(pence)}, to be paid by ${sayDay(dueOn ?? '')} (${number})`;
}

/** SQL: the fee of a re-accreditation `r` is owed. */
export const FEE_OWED = `EXISTS (SELECT 1 FROM invoice i WHERE i.purpose = 'application' AND i.subject_id = r.id AND i.voided_at IS NULL AND i.settled_at IS NULL)`;

function routeFor({ db }: Pick<Ctx, 'db'>, renewal: Pick<Renewal, 'standardsVersion' | 'route'>) {
	return routeOf(standardSet(db, renewal.standardsVersion).standards, renewal.route);
}

import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { sayPence } from '#core/money.ts';
import { prepared } from '#db/prepared.ts';
import { feesOn, hasConcession, invoiceFor, issueInvoice, voidInvoice } from '#features/payments/index.ts';
import type { Route } from './standards.ts';

/**
 * How the fee of an application stands. `none`: the route costs nothing, or a reduced fee covers it all. `waived`: finance took the invoice back.
 * An application counts as sent whatever its fee; it is not found complete before the fee is paid or waived.
 */
export type FeeStanding = { state: 'none' | 'owed' | 'paid' | 'waived'; pence: number; number: string | null; dueOn: string | null };

/** What a route costs a person today, in pence, with the lines of the invoice. A reduced fee takes the same share off as off a membership. */
export function feeOf(ctx: Ctx, personId: string, route: Pick<Route, 'feePence' | 'title'>): { pence: number; lines: { label: string; pence: number }[] } {
	const lines = [{ label: `Application: ${route.title}`.slice(0, 200), pence: route.feePence }];
	if (!hasConcession(ctx.db, personId, ctx.today)) return { pence: route.feePence, lines };
	const off = Math.ceil((route.feePence * feesOn(ctx.db, ctx.today).concessionPercent) / 100);
	return { pence: route.feePence - off, lines: [...lines, { label: 'Reduced fee', pence: -off }] };
}

/** What a route costs whoever is signed in, in words, where a reduced fee makes it another sum than the route says; else null. */
export function feeOwnOf(ctx: Ctx, route: Route): string | null {
	if (ctx.actor.kind !== 'person') return null;
	const { pence } = feeOf(ctx, ctx.actor.personId, route);
	return pence === route.feePence ? null : `${sayPence(pence)}, with your reduced fee`;
}

/** Issues the invoice of an application that is being sent. Sent again after it came back, the first invoice stands. Joins and never authorises. */
export function issueFee(tx: Tx, applicationId: string, personId: string, route: Route): void {
	if (feeStanding(tx.ctx, applicationId).state !== 'none') return;
	const { pence, lines } = feeOf(tx.ctx, personId, route);
	if (pence <= 0) return;
	const dueOn = addDays(tx.ctx.today, feesOn(tx.db, tx.ctx.today).dueDays);
	issueInvoice(tx, { personId, purpose: 'application', subjectId: applicationId, lines, dueOn });
}

/** How the fee stands. Never authorises. */
export function feeStanding(ctx: Ctx, applicationId: string): FeeStanding {
	const invoice = invoiceFor(ctx, 'application', applicationId);
	if (invoice === null) {
		const isVoid = prepared(ctx.db.sql, "SELECT 1 FROM invoice WHERE purpose = 'application' AND subject_id = ?").get(applicationId) !== undefined;
		return { state: isVoid ? 'waived' : 'none', pence: 0, number: null, dueOn: null };
	}
	const { number, totalPence: pence, dueOn, isSettled } = invoice;
	return { state: isSettled ? 'paid' : 'owed', pence, number, dueOn };
}

/** Refuses to find an application complete while its fee is owed. @throws Conflict */
export function refuseUnpaid(ctx: Ctx, applicationId: string): void {
	const { state, number } = feeStanding(ctx, applicationId);
	if (state === 'owed')
		throw new Conflict(`The fee (${number}) has not been paid yet. It is accepted once it is paid, or once finance has taken the invoice back.`);
}

/** Takes the invoice of an application that was taken back out of the books; what was paid in part is left to finance. Joins and never authorises. */
export function dropFee(tx: Tx, applicationId: string): void {
	const invoice = invoiceFor(tx.ctx, 'application', applicationId);
	if (invoice && !invoice.isSettled && invoice.paidPence - invoice.refundedPence <= 0) voidInvoice(tx, invoice.id, 'The application was taken back.');
}

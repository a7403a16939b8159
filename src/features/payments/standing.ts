/** How an invoice stands. `refunded`: it was paid in full once, and some or all of that was given back since. */
export type Standing = 'open' | 'part_paid' | 'overdue' | 'paid' | 'refunded' | 'void';

/** What the standing of an invoice follows from. Money is pence; `isSettled`: it was paid in full once; `dueOn` is the last day in time. */
export type InvoiceFacts = { totalPence: number; paidPence: number; refundedPence: number; dueOn: string; isVoid: boolean; isSettled: boolean };

/** How an invoice stands on a day: nothing but the facts decides. */
export function standingOf(facts: InvoiceFacts, day: string): Standing {
	if (facts.isVoid) return 'void';
	const held = heldPence(facts);
	if (facts.isSettled) return held >= facts.totalPence ? 'paid' : 'refunded';
	if (day > facts.dueOn) return 'overdue';
	return held > 0 ? 'part_paid' : 'open';
}

/** What is still to be paid, never negative. Once paid in full nothing is owed any more, even when some was given back: that was decided. */
export function owedPence(facts: Omit<InvoiceFacts, 'dueOn'>): number {
	return facts.isVoid || facts.isSettled ? 0 : facts.totalPence - heldPence(facts);
}

/** What we hold: paid less given back. */
export function heldPence(facts: Pick<InvoiceFacts, 'paidPence' | 'refundedPence'>): number {
	return facts.paidPence - facts.refundedPence;
}

export const STANDING_WORDS: Record<Standing, string> = {
	open: 'To pay',
	part_paid: 'Part paid',
	overdue: 'Overdue',
	paid: 'Paid',
	refunded: 'Refunded',
	void: 'Void',
};

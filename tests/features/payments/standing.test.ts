import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { penceFrom, plainPence, sayPence } from '#core/money.ts';
import { type InvoiceFacts, owedPence, standingOf } from '#features/payments/standing.ts';

const facts = (changes: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
	totalPence: 7500,
	paidPence: 0,
	refundedPence: 0,
	dueOn: '2026-12-22',
	isVoid: false,
	isSettled: false,
	...changes,
});

describe('an invoice', () => {
	test.each([
		['open', {}, '2026-12-22', 7500],
		['overdue', {}, '2026-12-23', 7500],
		['part_paid', { paidPence: 100 }, '2026-12-22', 7400],
		['overdue', { paidPence: 100 }, '2026-12-23', 7400],
		['open', { paidPence: 100, refundedPence: 100 }, '2026-12-22', 7500],
		['paid', { paidPence: 7500, isSettled: true }, '2027-12-23', 0],
		['paid', { paidPence: 15_000, refundedPence: 7500, isSettled: true }, '2026-12-01', 0],
		['refunded', { paidPence: 7500, refundedPence: 1, isSettled: true }, '2027-12-23', 0],
		['void', { isVoid: true }, '2027-12-23', 0],
		['void', { isVoid: true, paidPence: 7500 }, '2026-12-01', 0],
	] as const)('is %s with %j on %s', (standing, changes, day, owed) => {
		expect([standingOf(facts(changes), day), owedPence(facts(changes))]).toEqual([standing, owed]);
	});
});

describe('an amount', () => {
	test.each([
		['75', 7500],
		['75.5', 7550],
		['£1,075.50', 107_550],
		[' 0.07 ', 7],
		['1000000', 100_000_000],
	])('typed as %j is read', (typed, pence) => {
		expect(penceFrom(typed)).toBe(pence);
	});

	test.each(['', '-1', '+1', '1e3', '2,5', '1.234', '.5', '1,00', '1000000.01', '75p', 'NaN', '٧٥', '1 000', '1,0000'])('typed as %j is none', (typed) => {
		expect(penceFrom(typed)).toBeNull();
	});

	test('that is written comes back the same', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 100_000_000 }), (pence) => {
				expect([penceFrom(plainPence(pence)), penceFrom(sayPence(pence))]).toEqual([pence, pence]);
			}),
		);
		expect(plainPence(-5)).toBe('-0.05');
	});
});

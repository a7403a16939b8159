import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDays, addMonths } from '#core/dates.ts';
import { begunMonths, type FeeCategory, type Fees, feeFor, feesOn, splitByMonths, yearlyFee } from '#features/payments/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
beforeEach(() => {
	register = registerIn('2026-11-22');
});
afterEach(() => register.close());

const CATEGORIES = ['trainee', 'basic', 'plus', 'organisation'] as const satisfies FeeCategory[];
const pence = fc.integer({ min: 0, max: 1_000_000 });
const anyFees: fc.Arbitrary<Fees> = fc.record({
	categories: fc.record({ trainee: pence, basic: pence, plus: pence, organisation: pence }),
	concessionPercent: fc.integer({ min: 0, max: 100 }),
	proRata: fc.constant('months' as const),
	dueDays: fc.constant(30),
});
const day = fc.integer({ min: 0, max: 3000 }).map((n) => addDays('2024-01-01', n));
const asked = fc.record({ category: fc.constantFrom(...CATEGORIES), concession: fc.boolean(), fromOn: day });

describe('the fees', () => {
	test('of the first rule set are the defaults to be confirmed', () => {
		expect(feesOn(register.ctx.db, '2026-11-22').categories).toEqual({ trainee: 4500, basic: 7500, plus: 9500, organisation: 6000 });
	});

	test('of a later rule set are in force from its day on', () => {
		const later = JSON.stringify({ ...feesOn(register.ctx.db, '2026-11-22'), concessionPercent: 30 });
		register.ctx.db.sql.prepare("INSERT INTO rule_set (kind, version, from_on, data) VALUES ('fees', '2027-1', '2027-01-01', ?)").run(later);
		expect(['2026-12-31', '2027-01-01'].map((on) => feesOn(register.ctx.db, on).concessionPercent)).toEqual([50, 30]);
	});

	test.each([
		['basic', false, '2026-01-01', '2026-12-31', 7500],
		['basic', true, '2026-01-01', '2026-12-31', 3750],
		['plus', false, '2026-01-01', '2026-01-31', 791],
		['plus', false, '2026-01-01', '2026-02-01', 1583],
		['plus', true, '2026-01-31', '2026-02-27', 395],
		['trainee', false, '2026-01-01', '2025-12-31', 0],
	] as const)('%s, concession %s, from %s to %s: %i pence', (category, concession, fromOn, toOn, expected) => {
		expect(feeFor({ category, concession, fromOn, toOn }, feesOn(register.ctx.db, fromOn))).toBe(expected);
	});

	test('are whole pence, never negative, never less for longer, and a year costs a year', () => {
		fc.assert(
			fc.property(anyFees, asked, fc.integer({ min: 0, max: 800 }), (fees, one, days) => {
				const fee = (toOn: string) => feeFor({ ...one, toOn }, fees);
				const end = addDays(one.fromOn, days);
				expect(Number.isSafeInteger(fee(end)) && fee(end) >= 0 && fee(addDays(end, 1)) >= fee(end)).toBe(true);
				expect(fee(addDays(addMonths(one.fromOn, 12), -1))).toBe(yearlyFee(one.category, one.concession, fees));
				expect(feeFor({ ...one, concession: true, toOn: end }, fees)).toBeLessThanOrEqual(feeFor({ ...one, concession: false, toOn: end }, fees));
			}),
		);
	});

	test('split over months come to the whole exactly, each part less than a penny off', () => {
		fc.assert(
			fc.property(pence, fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 12 }), (sum, months) => {
				const all = months.reduce((a, b) => a + b, 0);
				fc.pre(all > 0);
				const parts = splitByMonths(sum, months);
				expect(parts.reduce((a, b) => a + b, 0)).toBe(sum);
				for (const [i, part] of parts.entries()) {
					expect(part).toBeGreaterThanOrEqual(0);
					expect(Math.abs(part - (sum * (months[i] ?? 0)) / all)).toBeLessThan(1);
				}
			}),
		);
	});

	test('count a month as soon as it has begun', () => {
		expect(begunMonths('2026-01-31', '2026-02-27')).toBe(1);
		expect(begunMonths('2026-01-31', '2026-02-28')).toBe(2);
		expect(begunMonths('2024-02-29', '2025-02-27')).toBe(12);
	});
});

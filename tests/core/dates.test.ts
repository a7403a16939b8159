import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, addMonths, daysBetween, isDay } from '#core/dates.ts';

const DAY = 86_400_000;
const FIRST = Date.UTC(1900, 0, 1);
const COUNT = (Date.UTC(2200, 0, 1) - FIRST) / DAY;
/** The nth day since 1900, written by the platform. */
const dayOf = (n: number) => new Date(FIRST + n * DAY).toISOString().slice(0, 10);
const nth = fc.integer({ min: 0, max: COUNT - 1 });

describe('days', () => {
	it('are those of the calendar from 1900 to 2199, and nothing else', () => {
		const written = fc.tuple(fc.integer({ min: 1890, max: 2210 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }));
		const real = new Set(Array.from({ length: COUNT }, (_, n) => dayOf(n)));
		for (const day of real) if (!isDay(day)) expect(day).toBe('a day');
		fc.assert(
			fc.property(written, ([y, m, d]) => {
				const text = `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
				expect(isDay(text)).toBe(real.has(text));
			}),
		);
		for (const text of ['', '2026-1-1', '2026-02-30', '1900-02-29', ' 2026-01-01', '2026-01-01T00:00']) expect(isDay(text)).toBe(false);
	});

	it('move by whole days as the calendar does, either way', () => {
		fc.assert(fc.property(nth, nth, (a, b) => addDays(dayOf(a), b - a) === dayOf(b) && daysBetween(dayOf(a), dayOf(b)) === b - a));
		expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
		expect(() => addDays('soon', 1)).toThrow(RangeError);
	});

	it('move by months to the same date, or to the last of a shorter month', () => {
		expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
		expect(addMonths('2024-01-31', 1)).toBe('2024-02-29');
		expect(addMonths('2026-03-15', -15)).toBe('2024-12-15');
		const later = fc.integer({ min: -60, max: 60 });
		fc.assert(fc.property(nth, later, (n, months) => isDay(addMonths(addDays('1950-01-01', n % 80_000), months))));
	});
});

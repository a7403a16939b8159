import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { rotationOf, TURNS, turnIn, turnText, turnValues } from '#features/directory/rotation.ts';

const FIRST_DAY = '2026-01-01';
const TWENTY = Array.from({ length: 20 }, (_, i) => i);
const LINES: [string, number[]][] = [
	['neighbours in the finder', TWENTY.map((i) => 5000 + i)],
	['people far apart', TWENTY.map((i) => 17 + 76_543 * i)],
	['the very first ones', TWENTY.map((i) => i + 1)],
];

/** How far the numbers of days on which each was first are from equal: about 19 for twenty people by chance, over 50 once in 10,000. */
function unevenness(people: number[], days: number): number {
	const firsts = new Map(people.map((no) => [no, 0]));
	for (let i = 0; i < days; i += 1) {
		const rotation = rotationOf(addDays(FIRST_DAY, i));
		const first = people.toSorted((a, b) => turnIn(rotation, a) - turnIn(rotation, b))[0] ?? 0;
		firsts.set(first, (firsts.get(first) ?? 0) + 1);
	}
	const equal = days / people.length;
	return [...firsts.values()].reduce((sum, count) => sum + (count - equal) ** 2 / equal, 0);
}

test.each(LINES)('over 200 days, and over twenty years, each of twenty is first about equally often: %s', (_, people) => {
	expect(unevenness(people, 200)).toBeLessThan(50);
	expect(unevenness(people, 7300)).toBeLessThan(50);
});

test('the order of one day says nothing about the next: of two people either is as often before the other', () => {
	const before = Array.from({ length: 2000 }, (_, i) => rotationOf(addDays(FIRST_DAY, i))).map((rotation) => turnIn(rotation, 41) < turnIn(rotation, 42));
	expect(before.filter(Boolean).length).toBeGreaterThan(900);
	expect(before.filter(Boolean).length).toBeLessThan(1100);
	const same = before.filter((isBefore, i) => i > 0 && isBefore === before[i - 1]).length;
	expect(same).toBeGreaterThan(900);
	expect(same).toBeLessThan(1100);
});

test('SQLite works out the same turns, for every number that the finder has room for', () => {
	const sql = new Database(':memory:');
	const rotation = fc.record({ factor: fc.nat(TURNS / 2 - 1).map((n) => n * 2 + 1), offset: fc.nat(TURNS - 1) });
	const property = fc.property(rotation, fc.nat(2 ** 21 - 1), (given, no) => {
		const values = turnValues(given);
		expect(
			sql
				.prepare(`SELECT ${turnText(String(no))}`)
				.pluck()
				.get(...values),
		).toBe(turnIn(given, no));
	});
	fc.assert(property, { numRuns: 500, examples: [[{ factor: TURNS - 1, offset: TURNS - 1 }, 2 ** 21 - 1]] });
	sql.close();
});

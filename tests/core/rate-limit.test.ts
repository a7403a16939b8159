import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bookkeep } from '#core/commit.ts';
import { forgetOldUses, type Limit, useOnce, usesOf } from '#core/rate-limit.ts';
import { type Db, openDatabase } from '#db/client.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-20T12:00:00Z');
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;

beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const limit = (most: number, windowMs = HOUR): Limit => ({ key: 'k', most, windowMs });
const use = (now: number, ...limits: Limit[]) => bookkeep(db, () => useOnce(db, now, limits)) === null;

describe('a limit', () => {
	it('lets the stated number through, then no more until the window has passed', () => {
		expect([1, 2, 3, 4].map(() => use(NOW, limit(3)))).toEqual([true, true, true, false]);
		expect(use(NOW + 0.99 * HOUR, limit(3))).toBe(false);
		expect(use(NOW + 1.1 * HOUR, limit(3))).toBe(true);
	});

	it('counts for each key alone', () => {
		expect(use(NOW, limit(1))).toBe(true);
		expect(use(NOW, { ...limit(1), key: 'k2' })).toBe(true);
		expect(use(NOW, { ...limit(1), key: 'k|' })).toBe(true);
		expect(use(NOW, limit(1))).toBe(false);
	});

	it('is kept whole when another one is used up: a refused use is counted nowhere', () => {
		const [narrow, wide] = [
			{ ...limit(1), key: 'narrow' },
			{ ...limit(9), key: 'wide' },
		];
		use(NOW, narrow, wide);
		for (let i = 0; i < 5; i += 1) expect(use(NOW, wide, narrow)).toBe(false);
		expect(usesOf(db, NOW, wide)).toBe(1);
	});

	it('survives a restart', () => {
		use(NOW, limit(1));
		db.sql.close();
		db = openDatabase(`${folder.path}/register.db`);
		expect(use(NOW + 1000, limit(1))).toBe(false);
	});

	it('goes with the write it belongs to', () => {
		expect(() =>
			bookkeep(db, () => {
				useOnce(db, NOW, [limit(1)]);
				throw new Error('no');
			}),
		).toThrow('no');
		expect(use(NOW, limit(1))).toBe(true);
		expect(() => useOnce(db, NOW, [limit(1)])).toThrow(/inside a write/);
	});

	it('locks nobody out when a clock was set back by a year', () => {
		use(NOW, limit(1));
		expect(use(NOW - 365 * 24 * HOUR, limit(1))).toBe(true);
	});

	it('never lets more than the stated number through in any window, whenever they come', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.integer({ min: 0, max: 15 * 60_000 }), { maxLength: 60 }), (most, gaps) => {
				db.sql.exec('DELETE FROM rate_window');
				const taken: number[] = [];
				let now = NOW;
				for (const gap of gaps) if (use((now += gap), limit(most))) taken.push(now);
				return taken.every((t) => taken.filter((u) => u > t - HOUR && u <= t).length <= most);
			}),
			{ numRuns: 60 },
		);
	});

	it('leaves no rows behind for ever', () => {
		for (let i = 0; i < 10; i += 1) use(NOW + i * HOUR, { ...limit(9, 24 * HOUR), key: `k${i}` });
		expect(bookkeep(db, () => forgetOldUses(db, NOW + 100 * HOUR))).toBe(10);
	});
});

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { addDays } from '#core/dates.ts';
import { COUNT_CAP } from '#features/directory/filter.ts';
import { milesBetween, type Point } from '#features/directory/index.ts';
import { countNear, nearest } from '#features/directory/nearest.ts';
import { type Rotation, rotationOf, turnIn } from '#features/directory/rotation.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { addTherapist } from './people.ts';

const TODAY = '2026-11-22';
const CENTRE: Point = { latitude: 51.5, longitude: -0.1 };
const MILE = 1 / 69.05;
/** So many that the finder first reads one turn in thirty for a page of 16. */
const HIGHEST = 1_900_000;

type Place = Point & { no: number; place: number };
type Asked = { within: number; wanted: number; rotation: Rotation };

let register: TestRegister;
beforeEach(() => {
	register = registerIn(TODAY);
	addTherapist(register.ctx, { places: [] });
	register.ctx.db.sql.prepare('UPDATE finder SET no = ?').run(HIGHEST);
});
afterEach(() => register.close());

/** So many people, each with one place between two distances (miles) from the centre, all around it. */
function people(first: number, count: number, from: number, to: number, place: number): Place[] {
	return Array.from({ length: count }, (_, i) => {
		const [miles, angle] = [from + ((to - from) * ((i * 7) % count)) / count, i * 2.4];
		const longitude = CENTRE.longitude + (Math.sin(angle) * miles * MILE) / Math.cos((CENTRE.latitude * Math.PI) / 180);
		return { no: first + i, place, latitude: CENTRE.latitude + Math.cos(angle) * miles * MILE, longitude };
	});
}

/** Puts places into the finder, and gives them back as it holds them. */
function kept(places: Place[]): Place[] {
	const { sql } = register.ctx.db;
	const insert = sql.prepare('INSERT INTO finder_place (id, south, north, west, east) VALUES (?, ?, ?, ?, ?)');
	sql.exec('DELETE FROM finder_place');
	sql.transaction(() => {
		for (const p of places) insert.run((BigInt(p.no) << 42n) | (BigInt(p.place) << 40n), p.latitude, p.latitude, p.longitude, p.longitude);
	})();
	return sql.prepare('SELECT id >> 42 AS no, (id >> 40) & 3 AS place, south AS latitude, west AS longitude FROM finder_place').all() as Place[];
}

/** By looking at every place. */
function inTruth(places: Place[], { within, wanted, rotation }: Asked): [number, number][] {
	const near = new Map<number, { place: number; miles: number }>();
	for (const p of places) {
		const miles = milesBetween(CENTRE, p);
		if (miles <= within && miles < (near.get(p.no)?.miles ?? Number.POSITIVE_INFINITY)) near.set(p.no, { place: p.place, miles });
	}
	return [...near]
		.sort(([a, x], [b, y]) => Math.round(x.miles) - Math.round(y.miles) || turnIn(rotation, a) - turnIn(rotation, b) || a - b)
		.slice(0, wanted)
		.map(([no, { place }]) => [no, place]);
}

function inFinder(asked: Asked): [number, number][] {
	const { found } = nearest(register.ctx.db.sql, { point: CENTRE, filter: { masks: [], feeBand: null }, ...asked });
	return found.map((n) => [n.no, n.place]);
}

const DENSE = people(1000, 3000, 0, 0.45, 0);
const CASES: [string, Place[]][] = [
	['nobody', []],
	['a dense mile, of which few rows are read', DENSE],
	['a mile where too few come early, so that all of it is read', people(1000, 300, 0, 0.45, 0)],
	['a few, then a dense mile', [...people(1, 10, 0, 0.4, 0), ...people(1000, 3000, 0.6, 1.4, 0)]],
	['a few in the first miles, then a dense one', [...people(1, 4, 0, 0.4, 0), ...people(20, 6, 0.6, 1.4, 0), ...people(1000, 3000, 1.6, 2.4, 0)]],
	['several places in one dense mile', [...DENSE, ...people(1000, 3000, 0, 0.45, 1), ...people(2000, 2000, 0, 0.45, 3)]],
	[
		'the few of the first mile are in the dense one too',
		[...people(1000, 10, 0, 0.4, 1), ...people(1000, 2000, 0.6, 1.4, 0), ...people(1500, 2000, 1.1, 1.4, 2), ...people(1000, 900, 2, 4, 3)],
	],
	['a dense mile at the very edge', [...people(1, 3, 0, 3, 0), ...people(1000, 3000, 4.6, 5.2, 0)]],
];

test.each(CASES)('the nearest are those whom looking at everyone finds, in that order, page after page, day after day: %s', (_, given) => {
	const places = kept(given);
	for (const wanted of [16, 31, 151])
		for (const within of [5, 15])
			for (const days of [0, 1, 2, 3, 50]) {
				const asked = { within, wanted, rotation: rotationOf(addDays(TODAY, days)) };
				expect(inFinder(asked), JSON.stringify(asked)).toEqual(inTruth(places, asked));
			}
});

test('a dense mile is not read whole: how many there are in all is then left to be counted', () => {
	kept(DENSE);
	const { total } = nearest(register.ctx.db.sql, { point: CENTRE, filter: { masks: [], feeBand: null }, within: 0.5, wanted: 16, rotation: rotationOf(TODAY) });
	expect(total).toBeNull();
});

test.each([COUNT_CAP - 1, COUNT_CAP, COUNT_CAP + 1])('%i people are counted truly around the cap, each once however many places they have', (count) => {
	const inner = people(1, count, 0, 2, 0);
	const isMore = count > COUNT_CAP;
	for (const places of [inner, people(1, count, 4, 4.9, 0), [...inner, ...people(1, count, 0, 4, 1)], [...inner, ...people(1000, 50, 5.1, 6, 0)]]) {
		kept(places);
		expect(countNear(register.ctx.db.sql, CENTRE, 5, { masks: [], feeBand: null }, COUNT_CAP)).toMatchObject(isMore ? { isMore } : { count, isMore });
	}
});

test('whatever the crowd around a place, the nearest are those whom looking at everyone finds', { timeout: 60_000 }, () => {
	const crowd = fc.record({
		first: fc.integer({ min: 1, max: 3000 }),
		count: fc.constantFrom(0, 3, 12, 40, 400, 1500),
		from: fc.double({ min: 0, max: 6, noNaN: true }),
		depth: fc.double({ min: 0.01, max: 3, noNaN: true }),
	});
	const asked = fc.record({
		within: fc.constantFrom(5, 10),
		wanted: fc.constantFrom(1, 5, 16, 31),
		rotation: fc.nat(5000).map((days) => rotationOf(addDays(TODAY, days))),
	});
	const property = fc.property(fc.array(crowd, { minLength: 1, maxLength: 4 }), fc.array(asked, { minLength: 4, maxLength: 4 }), (crowds, searches) => {
		const places = kept(crowds.flatMap(({ first, count, from, depth }, place) => people(first, count, from, from + depth, place)));
		for (const one of searches) expect(inFinder(one)).toEqual(inTruth(places, one));
	});
	fc.assert(property, { numRuns: 60, seed: 5 });
});

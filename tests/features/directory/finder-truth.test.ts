import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { newId } from '#core/ids.ts';
import {
	CONSENT_FIELDS,
	EMPTY_QUERY,
	FEE_CAPS,
	type FinderQuery,
	facetsOf,
	finderDifferences,
	OPTIONS,
	PAGE_SIZE,
	type Point,
	searchFinder,
	WITHIN_MILES,
} from '#features/directory/index.ts';
import { noonOn } from '#tests/helpers/ctx.ts';
import { at } from '#tests/helpers/enquiry.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { addTherapist, change, type Someone } from './people.ts';
import { everyoneInTruth, namedInTruth, searchInTruth } from './truth.ts';

const TODAY = '2026-11-22';
const PEOPLE = 70;
const QUERIES = 120;
const SEEDS = [11, 12];

const TICKED = OPTIONS.filter((o) => !['in_person', 'online', 'taking', 'woman', 'man', 'non-binary', 'step_free'].includes(o.code)).map((o) => o.code);
/** Around Bracknell, close and far, some on the very same spot. */
const point = fc.oneof(
	fc.constantFrom<Point>({ latitude: 51.41, longitude: -0.75 }, { latitude: 51.45, longitude: -0.97 }),
	fc.record({ latitude: fc.double({ min: 50.9, max: 52, noNaN: true }), longitude: fc.double({ min: -1.6, max: 0.1, noNaN: true }) }),
);
const place = fc
	.tuple(point, fc.boolean(), fc.option(fc.constantFrom('Oak House', 'The Ann Practice'), { nil: null }))
	.map(([p, stepFree, practiceName]) => ({ ...p, stepFree, practiceName }));
const someone: fc.Arbitrary<Partial<Someone>> = fc.record({
	givenNames: fc.constantFrom('Ann', 'Annabel', 'Siân', 'Bob'),
	familyName: fc.constantFrom('Lee', 'O’Leary', 'Ann', 'Leeson'),
	level: fc.constantFrom('practitioner', 'supervisor', 'trainer'),
	kinds: fc.constantFrom(['adult'], ['adult', 'adolescent']),
	gender: fc.constantFrom('woman', 'man', 'non-binary', null),
	places: fc.array(place, { minLength: 1, maxLength: 3 }),
	listing: fc.record({
		online: fc.boolean(),
		inPerson: fc.constantFrom(true, true, false),
		feeFromPence: fc.constantFrom(null, 4000, 4001, 6000, 9900, 12_000, 15_000),
		availability: fc.constantFrom('taking', 'full', 'not_said'),
		availabilityConfirmedOn: fc.constantFrom(null, TODAY, addDays(TODAY, -60), '2025-01-01'),
		publishedOn: fc.constantFrom('2024-02-01', '2024-02-01', '2024-02-01', TODAY, addDays(TODAY, 2)),
		withdrawnOn: fc.constantFrom(null, null, null, null, TODAY, addDays(TODAY, 1)),
		options: fc.uniqueArray(fc.constantFrom(...TICKED), { maxLength: 12 }),
	}),
	consents: fc.constantFrom(CONSENT_FIELDS),
}) as fc.Arbitrary<Partial<Someone>>;

const ORDER = 'INSERT INTO register_order (id, person_id, kind, from_on, public_text) VALUES (?, ?, ?, ?, ?)';
type Fate = (ctx: Ctx, personId: string) => void;
/** What can befall someone; each in one act, with the finder told as the commands do. */
const FATES: Fate[] = [
	() => undefined,
	() => undefined,
	(ctx, id) => change(ctx, id, "UPDATE membership_period SET paid_to_on = '2025-01-01' WHERE person_id = ?", id),
	(ctx, id) => change(ctx, id, "UPDATE membership_period SET ended_on = ?, end_reason = 'resigned' WHERE person_id = ?", addDays(TODAY, 1), id),
	(ctx, id) => change(ctx, id, "UPDATE award_term SET to_on = '2025-06-01' WHERE award_id IN (SELECT id FROM award WHERE person_id = ?)", id),
	(ctx, id) => change(ctx, id, 'UPDATE person SET died_on = ? WHERE id = ?', TODAY, id),
	...(['suspension', 'removal', 'interim_suspension', 'conditions', 'warning'] as const).flatMap((kind): Fate[] =>
		[TODAY, addDays(TODAY, 1), '2026-01-01'].map((from) => (ctx, id) => change(ctx, id, ORDER, newId(), id, kind, from, 'text')),
	),
	(ctx, id) => change(ctx, id, "UPDATE listing_consent SET withdrawn_at = 1 WHERE person_id = ? AND field = 'listing'", id),
	(ctx, id) => change(ctx, id, 'UPDATE listing SET online = 1 - online, fee_from_pence = 5000 WHERE person_id = ?', id),
	(ctx, id) => change(ctx, id, 'UPDATE practice_place SET step_free = 1 - step_free, latitude = latitude + 0.01 WHERE person_id = ?', id),
];

const query: fc.Arbitrary<{ query: FinderQuery; point: Point | null }> = fc
	.record({
		online: fc.constantFrom(false, false, false, true),
		within: fc.constantFrom(...WITHIN_MILES),
		options: fc.uniqueArray(fc.constantFrom(...OPTIONS.map((o) => o.code)), { maxLength: 4 }),
		feeUpTo: fc.constantFrom(null, null, ...FEE_CAPS),
		point: fc.option(point, { freq: 3, nil: null }),
	})
	.map(({ online, within, options, feeUpTo, point: where }) => ({
		query: { ...EMPTY_QUERY, online, within, feeUpTo, options: new Set(options.filter((code) => !online || (code !== 'in_person' && code !== 'online'))) },
		point: online ? null : where,
	}));

let register: TestRegister | undefined;
afterEach(() => register?.close());

/** A register of invented people with invented fates. */
function invented(seed: number): { ctx: Ctx; ids: string[] } {
	register = registerIn(TODAY);
	const { ctx } = register;
	const fates = fc.sample(fc.constantFrom(...FATES), { numRuns: PEOPLE, seed });
	const ids = fc.sample(someone, { numRuns: PEOPLE, seed }).map((given) => addTherapist(ctx, given).personId);
	ids.forEach((id, i) => fates[i]?.(ctx, id));
	return { ctx, ids };
}

/** All pages of a search, one after the other. */
function allPages(ctx: Ctx, asked: FinderQuery, where: Point | null): { slugs: string[]; total: number; sizes: number[] } {
	const slugs: string[] = [];
	const sizes: number[] = [];
	for (let page = 1; ; page += 1) {
		const { results, total, hasNext } = searchFinder(ctx, { ...asked, page }, where);
		slugs.push(...results.map((r) => r.slug));
		sizes.push(results.length);
		if (!hasNext || page > 20) return { slugs, total: total.count, sizes };
	}
}

describe.each(SEEDS)('on the invented register %i', { timeout: 120_000 }, (seed) => {
	test('every search finds exactly whom looking at everyone finds, in that order, page after page, with true counts beside every filter', () => {
		const { ctx, ids } = invented(seed);
		expect(finderDifferences(ctx.db, TODAY)).toEqual([]);
		const everyone = everyoneInTruth(ctx);
		expect(everyone.length).toBeGreaterThan(15);
		expect(everyone.length).toBeLessThan(ids.length - 10);
		const count = (asked: FinderQuery, where: Point | null) => searchInTruth(ctx, everyone, asked, where).length;
		const property = fc.property(query, ({ query: asked, point: where }) => {
			const truth = searchInTruth(ctx, everyone, asked, where);
			const { slugs, total, sizes } = allPages(ctx, asked, where);
			expect(slugs).toEqual(truth);
			expect([total, ...sizes.slice(0, -1)]).toEqual([truth.length, ...sizes.slice(0, -1).map(() => PAGE_SIZE)]);
			const { counts, feeCounts, isAtLeast } = facetsOf(ctx, asked, where);
			const expected = OPTIONS.filter((o) => !asked.online || o.group !== 'how').map((o) => {
				const others = [...asked.options].filter((code) => OPTIONS.find((p) => p.code === code)?.group !== o.group);
				return [o.code, count({ ...asked, options: new Set([...others, o.code]) }, where)];
			});
			expect([isAtLeast, ...expected.map(([code]) => [code, counts.get(code as string)])]).toEqual([false, ...expected]);
			expect([...feeCounts]).toEqual(FEE_CAPS.map((cap) => [cap, count({ ...asked, feeUpTo: cap }, where)]));
		});
		fc.assert(property, { numRuns: QUERIES, seed });
		for (const typed of ['a', 'ann', 'ann l', 'lee', 'sian', 'oak', 'the ann', 'oleary', 'zz']) {
			const { slugs } = allPages(ctx, { ...EMPTY_QUERY, name: typed }, null);
			expect(slugs.sort(), typed).toEqual(namedInTruth(everyone, typed).sort());
		}
	});

	test('on any later day, before anything has been refreshed, nobody appears who must not, and nobody twice', () => {
		const { ctx } = invented(seed + 100);
		for (const days of [1, 2, 30, 400, 800]) {
			const then = at(ctx, noonOn(addDays(TODAY, days)));
			const allowed = new Set(everyoneInTruth(then).map((one) => one.slug));
			const property = fc.property(query, ({ query: asked, point: where }) => {
				const { slugs } = allPages(then, asked, where);
				expect(slugs.filter((slug) => !allowed.has(slug))).toEqual([]);
				expect(new Set(slugs).size).toBe(slugs.length);
			});
			fc.assert(property, { numRuns: 40, seed });
		}
	});

	test('after any changes the finder still says what the facts say', () => {
		const { ctx, ids } = invented(seed + 200);
		const changes = fc.sample(fc.tuple(fc.constantFrom(...ids), fc.constantFrom(...FATES)), { numRuns: 80, seed });
		for (const [id, befall] of changes) befall(ctx, id);
		expect(finderDifferences(ctx.db, TODAY)).toEqual([]);
		const slugs = everyoneInTruth(ctx).map((one) => one.slug);
		expect(allPages(ctx, EMPTY_QUERY, null).slugs.sort()).toEqual(slugs.sort());
		expect(ctx.db.sql.prepare('SELECT count(*) FROM finder_place').pluck().get()).toBe(
			everyoneInTruth(ctx).reduce((sum, one) => sum + (one.inPerson ? one.places.length : 0), 0),
		);
	});
});

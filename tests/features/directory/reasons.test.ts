import { afterAll, describe, expect, test } from 'vitest';
import { type FinderQuery, searchFinder } from '#features/directory/index.ts';
import { orderWords } from '#features/directory/order-words.ts';
import { reasonsFor } from '#features/directory/reasons.ts';
import { pageWords, resultsHeading } from '#features/directory/results-words.ts';
import { EMPTY_QUERY } from '#features/directory/search-query.ts';
import { sayAvailability, sayFee, sayKinds, sayMiles } from '#features/directory/words.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
const HERE = { latitude: 51.41, longitude: -0.75 };
const query = (changes: Partial<FinderQuery>): FinderQuery => ({ ...EMPTY_QUERY, place: 'RG12', ...changes });

describe('why someone is on the list', () => {
	addTherapist(ctx, { kinds: ['adult'], listing: { feeFromPence: 5500, options: ['adults', 'young', 'loss', 'alone'] }, places: [{ latitude: 51.47 }] });

	test('names the distance and the chosen options that are met, and no others', () => {
		const asked = query({ options: new Set(['loss', 'conflict', 'adults']), feeUpTo: 60 });
		const result = searchFinder(ctx, asked, HERE).results[0];
		expect(result && reasonsFor(result, asked, { label: 'RG12', rough: false })).toEqual([
			'about 4 miles from RG12',
			'works with adults',
			'helps after a loss',
			'a session costs from £55, within your £60',
		]);
	});

	test('never claims young people without the adolescent award, whatever was ticked', () => {
		expect(searchFinder(ctx, query({ options: new Set(['young']) }), HERE).results).toEqual([]);
	});
});

describe('words', () => {
	test('distances are whole miles and own up to being rough', () => {
		expect([0.2, 1.2, 4.4, 20.4].map((miles) => sayMiles(miles, false))).toEqual(['less than a mile', 'about 1 mile', 'about 4 miles', 'about 20 miles']);
		expect(sayMiles(20, true)).toBe('about 20 miles (we know this place only roughly)');
	});

	test('availability carries the day it was confirmed', () => {
		expect(sayAvailability({ kind: 'taking', confirmedOn: '2026-11-03' })).toBe('Taking new clients (confirmed 3 November 2026)');
		expect(sayAvailability({ kind: 'waiting', weeks: 1, confirmedOn: '2026-11-03' })).toBe('Waiting list of about 1 week (confirmed 3 November 2026)');
		expect(sayAvailability({ kind: 'away', untilOn: '2027-01-04', confirmedOn: '2026-11-03' })).toBe('Away until 4 January 2027 (confirmed 3 November 2026)');
		expect(sayAvailability({ kind: 'not_confirmed' })).toBe('No recent word on new clients: please ask');
	});

	test('fees are shown as people pay them', () => {
		expect([sayFee(null, null), sayFee(6000, null), sayFee(5000, 7050), sayFee(0, null)]).toEqual([null, '£60 a session', '£50 to £70.50 a session', 'No fee']);
	});

	test('adults come before special kinds of work', () => {
		expect(sayKinds(['adolescent', 'adult', 'bipolar'])).toBe('adults, young people and people with bipolar');
	});

	test('headings count, and do not promise more than was counted', () => {
		expect(resultsHeading(query({}), { count: 12, isMore: false }, 'RG12 8')).toBe('12 therapists near RG12 8');
		expect(resultsHeading(query({}), { count: 1, isMore: false }, 'RG12 8')).toBe('1 therapist near RG12 8');
		expect(resultsHeading(query({}), { count: 500, isMore: true }, null)).toBe('More than 500 therapists anywhere in the UK');
		expect(resultsHeading(query({ online: true }), { count: 0, isMore: false }, null)).toBe('No therapists who work online');
		expect(pageWords(query({ page: 2 }), { count: 40, isMore: false })).toBe(' (page 2 of 3)');
		expect(pageWords(query({ page: 2 }), { count: 500, isMore: true })).toBe(' (page 2)');
	});

	test('every order says that it cannot be bought', () => {
		for (const words of [orderWords(query({}), true), orderWords(query({}), false), orderWords(query({ name: 'x' }), false)])
			expect(words).toContain('Nobody can pay to be higher.');
	});
});

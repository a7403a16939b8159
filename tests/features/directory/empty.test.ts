import { afterAll, describe, expect, test } from 'vitest';
import { helpWhenEmpty } from '#features/directory/empty.ts';
import { searchFinder } from '#features/directory/index.ts';
import { EMPTY_QUERY } from '#features/directory/search-query.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist } from './people.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
const HERE = { latitude: 51.41, longitude: -0.75 };

// 20, 40 and 80 miles to the north; the nearest has no Welsh.
addTherapist(ctx, { places: [{ latitude: 51.7 }], listing: { options: ['adults'] } });
addTherapist(ctx, { places: [{ latitude: 51.99 }], listing: { options: ['adults', 'lang:cy'] } });
addTherapist(ctx, { places: [{ latitude: 52.56 }], listing: { options: ['adults', 'lang:cy'], online: true } });

describe('an empty result', () => {
	test('names the first wider distance that finds anyone, and the widest, with numbers that are true', () => {
		const query = { ...EMPTY_QUERY, place: 'RG12' };
		const help = helpWhenEmpty(ctx, query, HERE);
		expect(help.wider.map((w) => [w.query.within, w.total.count])).toEqual([
			[30, 1],
			[100, 3],
		]);
		for (const { query: wider, total } of help.wider) expect(searchFinder(ctx, wider, HERE).total).toEqual(total);
	});

	test('offers online with its number', () => {
		expect(helpWhenEmpty(ctx, { ...EMPTY_QUERY, place: 'RG12' }, HERE).online).toMatchObject({ query: { online: true, place: '' }, total: { count: 1 } });
	});

	test('names the filter that emptied it', () => {
		const help = helpWhenEmpty(ctx, { ...EMPTY_QUERY, place: 'RG12', within: 30, options: new Set(['adults', 'lang:cy']) }, HERE);
		expect(help.without).toMatchObject({ label: 'Welsh (Cymraeg)', total: { count: 1 } });
		expect([...(help.without?.query.options ?? [])]).toEqual(['adults']);
	});

	test('says so when only all filters together are the trouble', () => {
		const help = helpWhenEmpty(ctx, { ...EMPTY_QUERY, place: 'RG12', within: 30, options: new Set(['loss', 'lang:cy']) }, HERE);
		expect(help).toMatchObject({ without: null, withoutAny: { total: { count: 1 } } });
	});

	test('offers nothing that would be empty too', () => {
		const help = helpWhenEmpty(ctx, { ...EMPTY_QUERY, place: 'X', options: new Set(['supervision']) }, { latitude: 58, longitude: -5 });
		expect(help).toMatchObject({ wider: [], online: null, without: null, withoutAny: null });
	});
});

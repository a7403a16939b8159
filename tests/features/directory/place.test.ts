import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDefaultGazetteer, type Gazetteer, openGazetteer } from '#db/gazetteer/index.ts';
import { addressOfSearch, findPage } from '#features/directory/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { addTherapist } from './people.ts';

const folder = temporaryFolder();
const ctx = testCtx(emptyRegister(folder.path), '2026-11-22');
let gazetteer: Gazetteer;

beforeAll(() => {
	const file = join(folder.path, 'gazetteer.db');
	buildDefaultGazetteer(file, { now: 0 });
	gazetteer = openGazetteer(file);
	addTherapist(ctx, { givenNames: 'Zofia', familyName: 'Quellingham' });
	addTherapist(ctx, { givenNames: 'Grace', familyName: 'Bath' });
	addTherapist(ctx, { givenNames: 'Owen', familyName: 'Hebden', places: [{ practiceName: 'Willowgarth Rooms' }] });
});

afterAll(() => {
	gazetteer.close();
	folder.remove();
});

const typed = (place: string, more: Record<string, string> = {}) => addressOfSearch(ctx, gazetteer, new URLSearchParams({ place, ...more }));
const shown = (query: string) => findPage(ctx, gazetteer, new URLSearchParams(query));

describe('what people type becomes one address', () => {
	test.each([
		['rg12 8xx', 'place=RG12+8'],
		['RG128XX', 'place=RG12+8'],
		['rg12', 'place=RG12'],
		[' sw1a ', 'place=SW1A'],
		['bracknell', 'place=Bracknell'],
		['Caerdydd', 'place=Cardiff'],
		['Quellingham', 'name=Quellingham'],
		['zofia quell', 'name=zofia+quell'],
		['willowgarth', 'name=willowgarth'],
		['', ''],
	])('%s leads to ?%s', (text, query) => {
		expect(typed(text)).toBe(query);
	});

	test('a full postcode reaches no address, wherever it stands', () => {
		for (const text of ['rg12 8xx', 'Bracknell RG12 8XX', 'flat 2, RG128XX please', 'RG12-8XX', 'ＲＧ１２ ８ＸＸ']) {
			expect(decodeURIComponent(typed(text)), text).not.toMatch(/8\s*xx/i);
		}
		expect(shown('place=RG12+8XX')).toEqual({ kind: 'elsewhere', query: 'place=RG12+8' });
	});

	test('filters and a shortlist travel along', () => {
		expect(typed('RG12', { focus: 'loss', t: 'ann-lee-leeds' })).toBe('place=RG12&focus=loss&t=ann-lee-leeds');
	});

	test('online needs no place and no distance', () => {
		expect(typed('RG12', { online: '1', within: '50', how: 'in_person' })).toBe('online=1');
	});

	test('ten thousand characters, control characters and markup are cut down and do no harm', () => {
		for (const text of ['x'.repeat(10_000), '\u0000\u0007<script>alert(1)</script>', "'; DROP TABLE finder; --", '😀'.repeat(200), '\u202Etxet']) {
			const query = typed(text);
			expect(query.length).toBeLessThan(1000);
			expect(shown(query).kind, text.slice(0, 20)).toBe(query === '' ? 'list' : 'unsettled');
		}
	});
});

describe('a place that is not settled', () => {
	test('Newport asks which, the largest first', () => {
		const view = shown('place=Newport');
		expect(view.kind === 'unsettled' && view.answer.kind).toBe('which');
		expect(view.kind === 'unsettled' && view.answer.kind === 'which' && view.answer.options[0]?.label).toContain('Wales');
	});

	test('Hebdon Bridge suggests Hebden Bridge, although a therapist is called Hebden', () => {
		const view = shown('place=Hebdon+Bridge');
		expect(view.kind === 'unsettled' && view.answer.kind === 'suggest' && view.answer.options.map((p) => p.value)).toContain('Hebden Bridge');
	});

	test('what is known neither as a place nor as a name stays as typed', () => {
		const view = shown('place=Xyzzyplugh');
		expect(view).toMatchObject({ kind: 'unsettled', query: { place: 'Xyzzyplugh' }, answer: { kind: 'unknown' }, alsoNamed: 0 });
	});
});

describe('a name', () => {
	test('typed into an address as a place goes to the people of that name', () => {
		expect(shown('place=Quellingham')).toEqual({ kind: 'elsewhere', query: 'name=Quellingham' });
	});

	test('that is a place too shows the place first and says how many are called so', () => {
		expect(shown('place=Bath')).toMatchObject({ kind: 'list', alsoNamed: 1, place: { label: expect.stringContaining('Bath') } });
	});
});

describe('a list', () => {
	test('is called by what people asked for, although only the district is known', () => {
		expect(shown('place=RG12+8')).toMatchObject({ kind: 'list', heading: '3 therapists near RG12 8', canonical: 'place=RG12+8', isIndexed: true });
	});

	test('has one canonical address whatever order and surplus the typed one has', () => {
		expect(shown('utm=1&page=0&who=adults&place=RG12&who=adults&who=nobody&within=15')).toMatchObject({
			kind: 'list',
			canonical: 'place=RG12&who=adults',
			isIndexed: false,
		});
	});

	test('sends a page beyond the end to the last page', () => {
		expect(shown('place=RG12&page=9')).toEqual({ kind: 'elsewhere', query: 'place=RG12' });
	});
});

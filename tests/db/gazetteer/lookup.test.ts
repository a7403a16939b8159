import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
	buildDefaultGazetteer,
	coarsenPlace,
	containsFullPostcode,
	districtPoints,
	type Gazetteer,
	gazetteerChanged,
	gazetteerInfo,
	haversineMiles,
	lookUpPlace,
	openGazetteer,
	pointOfPostcode,
	townNear,
} from '#db/gazetteer/index.ts';
import { OTHER_NAMES } from '#db/gazetteer/other-names.ts';
import { slipsBetween } from '#db/gazetteer/spelling.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gazetteer-'));
const file = path.join(folder, 'gazetteer.db');
let gazetteer: Gazetteer;

beforeAll(() => {
	buildDefaultGazetteer(file, { now: 1_700_000_000_000 });
	gazetteer = openGazetteer(file);
});
afterAll(() => {
	gazetteer.close();
	rmSync(folder, { recursive: true });
});

const found = (typed: string): string => {
	const answer = lookUpPlace(gazetteer, typed);
	return answer.kind === 'found' ? answer.place.value : `${answer.kind}: ${'options' in answer ? answer.options.map((place) => place.value).join(', ') : ''}`;
};

describe('a place by its postcode', () => {
	test.each(['rg12 8xx', 'RG128XX', 'RG12', 'RG12 8', 'Bracknell RG12 8XX', 'RG12 Bracknell'])('%j without an official file is its district', (typed) => {
		expect(lookUpPlace(gazetteer, typed)).toMatchObject({
			kind: 'found',
			place: { precision: expect.stringMatching(/district|town/), district: 'RG12', rough: false },
		});
	});

	test.each(['E20', 'N1C', 'W1A 1AA', 'RG99'])('%j, which the table lacks, is roughly its area', (typed) => {
		expect(lookUpPlace(gazetteer, typed)).toMatchObject({ kind: 'found', place: { precision: 'area', rough: true } });
	});

	test('an area alone is rough; an area that does not exist is unknown and never shown in full', () => {
		expect(lookUpPlace(gazetteer, 'EH')).toMatchObject({
			kind: 'found',
			place: { precision: 'area', rough: true, nation: 'scotland' },
		});
		expect(lookUpPlace(gazetteer, 'BX1 1LT')).toEqual({ kind: 'unknown', text: 'BX1 1' });
	});

	test('districts that share one point in Guernsey are rough', () => {
		expect(lookUpPlace(gazetteer, 'GY6')).toMatchObject({ place: { rough: true, nation: 'crown-dependency' } });
	});
});

describe('a town by its name', () => {
	test.each([
		['Reading', 'Reading'],
		['bath', 'Bath'],
		['  LEEDS ', 'Leeds'],
		['St. Albans', 'St Albans'],
		['saint albans', 'St Albans'],
		['Stoke on Trent', 'Stoke-on-Trent'],
		['stoke-upon-trent', 'Stoke-on-Trent'],
		['kings lynn', "King's Lynn"],
		['King’s Lynn', "King's Lynn"],
		['HebdenBridge', 'Hebden Bridge'],
		['Hull', 'Kingston upon Hull'],
		['Londonderry', 'Derry'],
		['near Bath', 'Bath'],
		['Bath, Somerset', 'Bath'],
		['Caerdydd', 'Cardiff'],
		['Abertawe', 'Swansea'],
		['Casnewydd', 'Newport NP20'],
		['Wrecsam', 'Wrexham'],
		['Leith', 'Leith'],
		['Hay-on-Wye', 'Hay'],
		['Tunbridge Wells', 'Royal Tunbridge Wells'],
	])('%j is %s', (typed, value) => expect(found(typed)).toBe(value));

	test('every other name in the list leads to the town it stands for', () => {
		for (const line of OTHER_NAMES.trim().split('\n')) {
			const [name = '', target = ''] = line.split(' = ');
			const [town = ''] = target.split(' / ');
			expect(found(name), line).toContain(town);
		}
	});

	test('no answer holds a full postcode, whatever was typed with it', () => {
		for (const typed of ['xyzzy RG12 8XX', 'nowhere XX1 1AA', 'Bracknell, RG12 8XX', 'BX1 1LT'])
			expect(containsFullPostcode(JSON.stringify(lookUpPlace(gazetteer, typed))), typed).toBe(false);
	});
});

describe('a name that several places share', () => {
	test('Newport asks which, largest first, with labels that tell them apart', () => {
		const answer = lookUpPlace(gazetteer, 'Newport');
		expect(answer.kind).toBe('which');
		const labels = answer.kind === 'which' ? answer.options.map((place) => place.label) : [];
		expect(labels.slice(0, 3)).toEqual(['Newport, Wales (NP20)', 'Newport, Isle of Wight (PO30)', 'Newport, Shropshire (TF10)']);
		expect(new Set(labels).size).toBe(labels.length);
	});

	test('with a point, the nearest comes first', () => {
		const answer = lookUpPlace(gazetteer, 'Newport', { lat: 52.7, lon: -2.4 });
		expect(answer.kind === 'which' && answer.options[0]?.value).toBe('Newport TF10');
	});

	test.each([
		['Newport, Isle of Wight', 'Newport PO30'],
		['newport shropshire', 'Newport TF10'],
		['Newport NP19', 'Newport NP20'],
		['Richmond London', 'Richmond TW9'],
		['Bangor, Northern Ireland', 'Bangor BT19'],
		['Ashford, Kent', 'Ashford TN24'],
	])('%j settles it: %s', (typed, value) => expect(found(typed)).toBe(value));

	test.each(['Newcastle', 'Bangor', 'Kingston', 'Gillingham'])('%j is asked about', (typed) => expect(found(typed)).toMatch(/^which: /));

	test('a county alone offers its larger towns', () => {
		expect(lookUpPlace(gazetteer, 'cornwall')).toMatchObject({ kind: 'which', of: 'county', text: 'Cornwall' });
		expect(found('Isle of Wight')).toMatch(/^which: .*Newport PO30/);
	});

	test('a city far larger than its namesakes is taken, and they are offered beside it', () => {
		const answer = lookUpPlace(gazetteer, 'Preston');
		expect(answer).toMatchObject({ kind: 'found', place: { value: 'Preston PR1' } });
		expect(answer.kind === 'found' && answer.others.length).toBeGreaterThan(0);
	});
});

describe('every place in the gazetteer', () => {
	test('is found again from the value that stands in an address, and that value is as coarse as it may be', () => {
		const towns = gazetteer.prepare('SELECT value, label, lat, lon FROM town').all() as {
			value: string;
			label: string;
			lat: number;
			lon: number;
		}[];
		const lost = towns.filter(({ value }) => coarsenPlace(value) !== value || found(value) !== value);
		expect(lost).toEqual([]);
		expect(new Set(towns.map((town) => town.label)).size).toBe(towns.length);
	});

	test('covers all 124 areas and is drawn within these islands', () => {
		const points = districtPoints(gazetteer);
		expect(new Set(points.map((point) => point.area)).size).toBe(124);
		expect(points.every(({ lat, lon }) => lat > 49 && lat < 61 && lon > -8.5 && lon < 2)).toBe(true);
	});
});

describe('misspellings', () => {
	test.each([
		['Hebdon Bridge', 'Hebden Bridge'],
		['Edinbrugh', 'Edinburgh'],
		['Machester', 'Manchester'],
		['Aberistwyth', 'Aberystwyth'],
		['Birmingam', 'Birmingham'],
		['Glasow', 'Glasgow'],
		['Hebdon Bridge, Yorkshire', 'Hebden Bridge'],
	])('%j suggests %s first', (typed, value) => {
		const answer = lookUpPlace(gazetteer, typed);
		expect(answer.kind === 'suggest' && answer.options[0]?.value).toBe(value);
	});

	test('hopeless text is unknown', () => expect(found('qqqqqqqqq')).toBe('unknown: '));

	test('a swap counts as one slip, and counting stops at the limit', () => {
		expect(slipsBetween('edinbrugh', 'edinburgh', 3)).toBe(1);
		expect(slipsBetween('leeds', 'leeds', 2)).toBe(0);
		expect(slipsBetween('bath', 'glasgow', 2)).toBe(3);
	});

	test('no text makes it throw', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => void lookUpPlace(gazetteer, typed)),
			{ numRuns: 500 },
		);
		for (const typed of ['x'.repeat(10_000), "'; DROP TABLE town; --", '%', '\0', ',', ', Kent', 'مرحبا']) lookUpPlace(gazetteer, typed);
	});
});

describe('points', () => {
	test('a postcode without an official file is stored at its district', () => {
		expect(pointOfPostcode(gazetteer, 'rg128xx')).toMatchObject({
			postcode: 'RG12 8XX',
			sector: 'RG12 8',
			area: 'RG',
			nation: 'england',
			precision: 'district',
		});
		expect(pointOfPostcode(gazetteer, 'RG12')).toBeNull();
		expect(pointOfPostcode(gazetteer, 'XX1 1XX')).toBeNull();
	});

	test('the town near a point is named, and none is named out at sea', () => {
		expect(townNear(gazetteer, { lat: 53.741, lon: -2.013 })?.value).toBe('Hebden Bridge');
		expect(townNear(gazetteer, { lat: 58, lon: -15 })).toBeNull();
	});

	test('a town lies near the district in its label', () => {
		const newport = lookUpPlace(gazetteer, 'Newport NP20');
		const district = lookUpPlace(gazetteer, 'NP20');
		expect(newport.kind === 'found' && district.kind === 'found' && haversineMiles(newport.place, district.place)).toBeLessThan(3);
	});
});

describe('the file', () => {
	test('says when and from what it was built', () => {
		expect(gazetteerInfo(gazetteer)).toMatchObject({
			builtAt: 1_700_000_000_000,
			attribution: expect.stringContaining('GeoNames'),
		});
	});

	test('can be replaced while it is open: the old one stays readable, and the change is seen', () => {
		const other = path.join(folder, 'swap.db');
		buildDefaultGazetteer(other, { now: 1 });
		const before = openGazetteer(other);
		expect(gazetteerChanged(before)).toBe(false);
		buildDefaultGazetteer(other, { now: 2 });
		expect(gazetteerChanged(before)).toBe(true);
		expect(lookUpPlace(before, 'Bath').kind).toBe('found');
		before.close();
	});

	test('that is missing gives a message for people', () => {
		expect(() => openGazetteer(path.join(folder, 'none.db'))).toThrow(/There is no gazetteer/);
	});
});

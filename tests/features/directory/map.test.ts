import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildDefaultGazetteer, type Gazetteer, openGazetteer } from '#db/gazetteer/index.ts';
import { mapLand } from '#features/directory/make-map-land.ts';
import { mapOf } from '#features/directory/map.ts';
import { clipRing, type Ring } from '#features/directory/map-clip.ts';
import { MAP_HEIGHT, MAP_WIDTH } from '#features/directory/map-frame.ts';
import { ranges } from '#features/directory/map-pins.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';

const folder = temporaryFolder();
let gazetteer: Gazetteer;
beforeAll(() => {
	buildDefaultGazetteer(join(folder.path, 'g.db'), { now: 0 });
	gazetteer = openGazetteer(join(folder.path, 'g.db'));
});
afterAll(() => {
	gazetteer.close();
	folder.remove();
});

const around = (latitude: number, longitude: number, miles: number) =>
	Array.from({ length: 15 }, (_, i) => ({
		no: i + 1,
		name: `Person ${i + 1}`,
		latitude: latitude + (miles / 69) * Math.sin(i),
		longitude: longitude + (miles / 43) * Math.cos(i * 2),
	}));

describe('the map of results', () => {
	test('leads to every result once, with the number it has in the list', () => {
		const map = mapOf(gazetteer, { latitude: 51.41, longitude: -0.75 }, around(51.41, -0.75, 12));
		const numbers = map?.pins.flatMap((pin) => pin.label.match(/\d+(?= Person)/g) ?? []).map(Number);
		expect(numbers?.sort((a, b) => a - b)).toEqual(Array.from({ length: 15 }, (_, i) => i + 1));
	});

	test('shows several results at one point as one pin with their numbers', () => {
		const same = [1, 2, 3, 7].map((no) => ({ no, name: `Person ${no}`, latitude: 51.5, longitude: -0.7 }));
		expect(mapOf(gazetteer, { latitude: 51.41, longitude: -0.75 }, same)?.pins).toMatchObject([{ text: '1–3, 7', first: 1 }]);
	});

	test('keeps pins, towns and the place inside the drawing', () => {
		for (const [lat, lon, miles] of [
			[51.41, -0.75, 3],
			[50.1, -5.5, 30],
			[60.15, -1.1, 90],
			[51.5, -0.1, 0],
		] as const) {
			const map = mapOf(gazetteer, { latitude: lat, longitude: lon }, around(lat, lon, miles));
			for (const { x, y } of [...(map?.pins ?? []), ...(map?.towns ?? []), ...(map ? [map.here] : [])]) {
				expect(x > 0 && x < MAP_WIDTH && y > 0 && y < MAP_HEIGHT).toBe(true);
			}
		}
	});

	test('has land in Cornwall and stays under six kilobytes everywhere', () => {
		for (const [lat, lon, miles] of [
			[51.41, -0.75, 15],
			[50.2, -5.2, 30],
			[57.5, -5.5, 95],
			[52.5, -1.9, 95],
		] as const) {
			const map = mapOf(gazetteer, { latitude: lat, longitude: lon }, around(lat, lon, miles));
			expect(map?.land).toMatch(/^M-?\d+ -?\d+l[-\d ]+z/);
			expect(gzipSync(JSON.stringify(map)).length).toBeLessThan(6000);
		}
	});

	test('is not drawn for nobody', () => {
		expect(mapOf(gazetteer, { latitude: 51, longitude: 0 }, [])).toBeNull();
	});
});

describe('drawing', () => {
	test('the coast is what Natural Earth says', () => {
		const file = new URL('../../../src/features/directory/map-land.json', import.meta.url);
		expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(mapLand());
	});

	test('clipping keeps what is inside, cuts what crosses, drops what is outside', () => {
		const square: Ring = [
			[0, 0],
			[4, 0],
			[4, 4],
			[0, 4],
		];
		const frame = { west: 1, east: 9, south: 1, north: 9 };
		expect(clipRing(square, frame)).toEqual(
			expect.arrayContaining([
				[1, 1],
				[4, 1],
				[4, 4],
				[1, 4],
			]),
		);
		expect(
			clipRing(
				[
					[10, 10],
					[11, 10],
					[11, 11],
				],
				frame,
			),
		).toEqual([]);
		expect(
			clipRing(
				[
					[2, 2],
					[3, 2],
					[3, 3],
				],
				frame,
			),
		).toHaveLength(3);
	});

	test('numbers are written as people write them', () => {
		expect([[1], [1, 2], [1, 2, 3, 7], [1, 3, 5, 7]].map(ranges)).toEqual(['1', '1–2', '1–3, 7', '1, 3 …']);
	});
});

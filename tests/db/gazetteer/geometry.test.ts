import { describe, expect, test } from 'vitest';
import { boundingBox, haversineMiles, nationOf } from '#db/gazetteer/index.ts';
import { gridToOsgb36, gridToWgs84 } from '#db/gazetteer/osgb.ts';

const degrees = (d: number, m: number, s: number): number => d + m / 60 + s / 3600;

describe('grid references become latitude and longitude', () => {
	test("the Ordnance Survey's worked example comes out to a ten-thousandth of a second", () => {
		const point = gridToOsgb36(651409.903, 313177.27);
		expect(point.lat).toBeCloseTo(degrees(52, 39, 27.2531), 7);
		expect(point.lon).toBeCloseTo(degrees(1, 43, 4.5177), 7);
	});

	test('the shift to WGS 84 is within the 5 to 10 metres that a Helmert shift promises', () => {
		// Same point by OSTN15: 52°39'28.72"N 1°42'57.79"E, as the same guide gives it for its example in ETRS89.
		const metres = haversineMiles(gridToWgs84(651409.903, 313177.27), { lat: degrees(52, 39, 28.72), lon: degrees(1, 42, 57.79) }) * 1609.344;
		expect(metres).toBeLessThan(10);
	});

	test('a first line of the published directory agrees with its own latitude and longitude', () => {
		// AB1 0AA: eastings 385386, northings 801193; 57.101474, -2.242851.
		const metres = haversineMiles(gridToWgs84(385386, 801193), { lat: 57.101474, lon: -2.242851 }) * 1609.344;
		expect(metres).toBeLessThan(10);
	});
});

describe('distances', () => {
	const london = { lat: 51.5074, lon: -0.1278 };
	const edinburgh = { lat: 55.9533, lon: -3.1883 };

	test('London to Edinburgh is about 332 miles, there and back', () => {
		expect(haversineMiles(london, edinburgh)).toBeCloseTo(332, 0);
		expect(haversineMiles(edinburgh, london)).toBe(haversineMiles(london, edinburgh));
		expect(haversineMiles(london, london)).toBe(0);
	});

	test('a box of so many miles holds every point at that distance', () => {
		const box = boundingBox(edinburgh, 20);
		for (let angle = 0; angle < 360; angle += 1) {
			const point = { lat: edinburgh.lat + 0.28 * Math.sin(angle), lon: edinburgh.lon + 0.5 * Math.cos(angle) };
			if (haversineMiles(edinburgh, point) > 20) continue;
			expect(point.lat > box.south && point.lat < box.north && point.lon > box.west && point.lon < box.east).toBe(true);
		}
	});
});

describe('the nation of a code', () => {
	test.each([
		['RG12', 'england'],
		['EH', 'scotland'],
		['CF10', 'wales'],
		['BT1', 'northern-ireland'],
		['JE2', 'crown-dependency'],
		['CH1', 'england'],
		['CH7', 'wales'],
		['SY1', 'england'],
		['SY23', 'wales'],
		['HR3', 'wales'],
		['TD15', 'england'],
		['TD6', 'scotland'],
		['DG16', 'scotland'],
		['NP16', 'wales'],
	])('%s is in %s', (code, nation) => expect(nationOf(code)).toBe(nation));

	test('a code that does not exist has none', () => expect(nationOf('XX1')).toBeNull());
});

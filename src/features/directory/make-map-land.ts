import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { clipRing, type Ring } from './map-clip.ts';

/**
 * Makes map-land.json, the coast that the result map draws, from Natural Earth's 1:50 million countries (public domain) in the
 * package world-atlas: the islands and what lies across the sea from them. Run it by hand: `node src/features/directory/make-map-land.ts`.
 */
export function mapLand(): number[][] {
	const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
	const atlas = JSON.parse(readFileSync(file, 'utf8')) as Topology<{ countries: GeometryCollection }>;
	const wanted = atlas.objects.countries.geometries.filter((g) => COUNTRIES.includes(String(g.id)));
	return wanted.flatMap((geometry) => {
		const country = feature(atlas, geometry) as Feature<Polygon | MultiPolygon>;
		const polygons = country.geometry.type === 'MultiPolygon' ? country.geometry.coordinates : [country.geometry.coordinates];
		return polygons.map((rings) => steps(clipRing((rings[0] ?? []) as Ring, REGION))).filter((ring) => ring.length > 6);
	});
}

/** United Kingdom, Ireland, Isle of Man, Jersey, Guernsey, France, Belgium. */
const COUNTRIES = ['826', '372', '833', '832', '831', '250', '056'];
const REGION = { west: -11.5, east: 3.6, south: 48.5, north: 61.2 };

/** A ring as thousandths of a degree: the first point, then the step to each next one. Short numbers make a small file. */
function steps(ring: Ring): number[] {
	const out: number[] = [];
	let [x, y] = [0, 0];
	for (const [lon, lat] of ring) {
		const [nextX, nextY] = [Math.round(lon * 1000), Math.round(lat * 1000)];
		if (out.length > 0 && nextX === x && nextY === y) continue;
		out.push(nextX - x, nextY - y);
		[x, y] = [nextX, nextY];
	}
	return out;
}

if (import.meta.main)
	writeFileSync(
		new URL('map-land.json', import.meta.url),
		`[\n${mapLand()
			.map((ring) => JSON.stringify(ring))
			.join(',\n')}\n]\n`,
	);

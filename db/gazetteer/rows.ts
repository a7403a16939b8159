import type { Nation } from './areas.ts';
import { boundingBox, haversineMiles, type Point } from './distance.ts';
import type { Gazetteer, Place } from './open.ts';

export type AreaRow = { area: string; lat: number; lon: number; nation: Nation };
export type DistrictRow = AreaRow & { district: string; rough: 0 | 1 };
export type SectorRow = { sector: string; district: string; lat: number; lon: number; nation: Nation };
export type TownRow = {
	id: number;
	name: string;
	label: string;
	value: string;
	nation: Nation;
	county: string | null;
	district: string;
	area: string;
	lat: number;
	lon: number;
	population: number;
};

export function areaRow(gazetteer: Gazetteer, area: string): AreaRow | null {
	return (gazetteer.prepare('SELECT * FROM area WHERE area = ?').get(area) as AreaRow | undefined) ?? null;
}

export function districtRow(gazetteer: Gazetteer, district: string): DistrictRow | null {
	return (gazetteer.prepare('SELECT * FROM district WHERE district = ?').get(district) as DistrictRow | undefined) ?? null;
}

export function sectorRow(gazetteer: Gazetteer, sector: string): SectorRow | null {
	return (gazetteer.prepare('SELECT * FROM sector WHERE sector = ?').get(sector) as SectorRow | undefined) ?? null;
}

/** Towns under a folded name (`foldName`), largest first, each with the kind of name that matched. */
export function townsNamed(gazetteer: Gazetteer, key: string): (TownRow & { kind: 'name' | 'other' | 'short' })[] {
	const statement = gazetteer.prepare(
		`SELECT town.*, town_name.kind FROM town_name JOIN town ON town.id = town_name.town_id
     WHERE town_name.key = ? ORDER BY population DESC, value`,
	);
	return statement.all(key) as (TownRow & { kind: 'name' | 'other' | 'short' })[];
}

export function placeOfTown(town: TownRow): Place {
	const { label, value, lat, lon, nation, district, area } = town;
	return { label, value, lat, lon, precision: 'town', rough: false, nation, district, area };
}

/** Every postcode district with its point, for drawing a map. */
export function districtPoints(gazetteer: Gazetteer): DistrictRow[] {
	return gazetteer.prepare('SELECT * FROM district ORDER BY district').all() as DistrictRow[];
}

/** The town nearest to a point, to name a neighbourhood in words; null when there is none within 40 miles. */
export function townNear(gazetteer: Gazetteer, point: Point): Place | null {
	for (const miles of [3, 12, 40]) {
		const town = nearestTown(gazetteer, point, miles);
		if (town) return placeOfTown(town);
	}
	return null;
}

function nearestTown(gazetteer: Gazetteer, point: Point, miles: number): TownRow | null {
	const box = boundingBox(point, miles);
	const rows = gazetteer
		.prepare('SELECT * FROM town WHERE lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?')
		.all(box.south, box.north, box.west, box.east) as TownRow[];
	let best: { town: TownRow; miles: number } | null = null;
	for (const town of rows) {
		const away = haversineMiles(point, town);
		if (away <= (best?.miles ?? miles)) best = { town, miles: away };
	}
	return best?.town ?? null;
}

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { areaOf, isArea, type Nation, nationOf } from './areas.ts';
import type { Point } from './distance.ts';
import { joinTallies, meanOf, nationOfTally, type Tally } from './tally.ts';

type District = Point & { district: string; rough: boolean; nation: Nation };

/**
 * Writes districts and areas: the embedded table, with every district that the official file holds (tallies by
 * sector, `RG12 8`) put in its place. Returns the districts as written.
 */
export function writeAreas(sql: Database.Database, sectors: ReadonlyMap<string, Tally>): District[] {
	const official = joinTallies(sectors, (sector) => sector.slice(0, -2));
	const districts = new Map(embeddedDistricts().map((district) => [district.district, district]));
	for (const [district, tally] of official) {
		if (isArea(areaOf(district))) districts.set(district, { district, ...meanOf(tally), rough: false, nation: nationOfTally(tally, district) });
	}
	writeSectors(sql, sectors);
	const add = sql.prepare('INSERT INTO district VALUES (?,?,?,?,?,?)');
	for (const d of districts.values()) add.run(d.district, areaOf(d.district), d.lat, d.lon, d.rough ? 1 : 0, d.nation);
	sql.exec(`INSERT INTO area SELECT area, round(avg(lat), 5), round(avg(lon), 5), '' FROM district GROUP BY area`);
	const setNation = sql.prepare('UPDATE area SET nation = ? WHERE area = ?');
	for (const area of sql.prepare('SELECT area FROM area').pluck().all() as string[]) setNation.run(nationOf(area), area);
	return [...districts.values()];
}

function writeSectors(sql: Database.Database, sectors: ReadonlyMap<string, Tally>): void {
	const add = sql.prepare('INSERT INTO sector VALUES (?,?,?,?,?)');
	for (const [sector, tally] of sectors) {
		const { lat, lon } = meanOf(tally);
		if (isArea(areaOf(sector))) add.run(sector, sector.slice(0, -2), lat, lon, nationOfTally(tally, sector));
	}
}

/** The table in `postcode-districts.csv`. A point shared by several districts (Guernsey) is marked rough. */
export function embeddedDistricts(): District[] {
	const file = path.join(import.meta.dirname, 'postcode-districts.csv');
	const rows = readFileSync(file, 'utf8')
		.trim()
		.split(/\r?\n/)
		.slice(1)
		.map((line) => line.split(','));
	const uses = new Map<string, number>();
	for (const [, lat, lon] of rows) uses.set(`${lat},${lon}`, (uses.get(`${lat},${lon}`) ?? 0) + 1);
	return rows.map(([district = '', lat, lon]) => ({
		district,
		lat: Number(lat),
		lon: Number(lon),
		rough: (uses.get(`${lat},${lon}`) ?? 0) > 1,
		nation: nationOf(district) ?? 'england',
	}));
}

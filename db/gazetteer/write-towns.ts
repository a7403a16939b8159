import type Database from 'better-sqlite3';
import { areaOf, type Nation } from './areas.ts';
import { haversineMiles, type Point } from './distance.ts';
import { foldName } from './fold.ts';
import { neighbourhoods } from './neighbourhoods.ts';
import { keysOf, otherNamesByTown, shortened } from './town-names.ts';
import { readTowns, type Town } from './town-source.ts';

type District = Point & { district: string };

const NATION_NAME: Readonly<Record<Nation, string>> = {
	england: 'England',
	scotland: 'Scotland',
	wales: 'Wales',
	'northern-ireland': 'Northern Ireland',
	'crown-dependency': 'Crown dependency',
};
const ISLAND: Readonly<Record<string, string>> = { IM: 'Isle of Man', JE: 'Jersey', GG: 'Guernsey' };

/** Writes towns and their names; each takes its nearest district. Returns how many towns there are. */
export function writeTowns(sql: Database.Database, districts: readonly District[]): number {
	const towns = readTowns(neighbourhoods(districts));
	const others = otherNamesByTown();
	const shared = sharedNames(towns);
	const grid = districtGrid(districts);
	const taken = new Set<string>();
	const addTown = sql.prepare('INSERT INTO town VALUES (?,?,?,?,?,?,?,?,?,?,?)');
	const addName = sql.prepare('INSERT INTO town_name VALUES (?,?,?)');
	for (const town of towns) {
		const isShared = shared.has(town.id);
		const district = districtsBy(grid, town).find((code) => !isShared || !taken.has(`${town.name} ${code}`)) ?? '';
		const value = isShared ? `${town.name} ${district}` : town.name;
		taken.add(value);
		const label = isShared ? `${town.name}, ${whereabouts(town)} (${district})` : town.name;
		const area = areaOf(district);
		addTown.run(town.id, town.name, label, value, town.nation, town.county, district, area, town.lat, town.lon, town.population);
		for (const { key, kind } of keysOf(town, area, others)) addName.run(key, town.id, kind);
	}
	return towns.length;
}

/** Towns (largest first) whose bare name would not lead to them alone: namesakes, or a larger town's shortened name. */
function sharedNames(towns: readonly Town[]): Set<number> {
	const byName = Map.groupBy(towns, (town) => foldName(town.name));
	const shortNames = new Set<string>();
	const shared = new Set<number>();
	for (const town of towns) {
		const key = foldName(town.name);
		if ((byName.get(key)?.length ?? 0) > 1 || shortNames.has(key)) shared.add(town.id);
		const short = shortened(town.name);
		if (short !== null) shortNames.add(foldName(short));
	}
	return shared;
}

function whereabouts(town: Town): string {
	const island = ISLAND[town.country];
	if (island !== undefined) return island;
	return town.county !== null && foldName(town.county) !== foldName(town.name) ? town.county : NATION_NAME[town.nation];
}

/** Districts by half-degree cell, so that 4,300 towns need not be held against 2,900 districts each. */
function districtGrid(districts: readonly District[]): Map<string, District[]> {
	const grid = new Map<string, District[]>();
	for (const district of districts) {
		const cell = cellOf(Math.floor(district.lat * 2), Math.floor(district.lon * 2));
		const same = grid.get(cell);
		if (same) same.push(district);
		else grid.set(cell, [district]);
	}
	return grid;
}

function districtsBy(grid: Map<string, District[]>, town: Town): string[] {
	const [row, column] = [Math.floor(town.lat * 2), Math.floor(town.lon * 2)];
	const found: { code: string; miles: number }[] = [];
	for (let i = row - 2; i <= row + 2; i += 1) {
		for (let j = column - 2; j <= column + 2; j += 1) {
			for (const d of grid.get(cellOf(i, j)) ?? []) found.push({ code: d.district, miles: haversineMiles(d, town) });
		}
	}
	return found
		.toSorted((a, b) => a.miles - b.miles)
		.slice(0, 5)
		.map(({ code }) => code);
}

function cellOf(row: number, column: number): string {
	return `${row}:${column}`;
}

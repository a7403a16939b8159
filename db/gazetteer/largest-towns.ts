import type { Box, Point } from './distance.ts';
import type { Gazetteer } from './open.ts';

export type NamedPoint = Point & { name: string };

/** The largest towns inside a box, largest first: the names that help most on a map. */
export function largestTowns(gazetteer: Gazetteer, box: Box, limit: number): NamedPoint[] {
	const found: NamedPoint[] = [];
	for (const town of townsBySize(gazetteer)) {
		if (town.lat < box.south || town.lat > box.north || town.lon < box.west || town.lon > box.east) continue;
		if (found.push(town) === limit) break;
	}
	return found;
}

function townsBySize(gazetteer: Gazetteer): NamedPoint[] {
	const known = gazetteer.memo.get('towns by size') as NamedPoint[] | undefined;
	if (known) return known;
	const towns = gazetteer.prepare('SELECT name, lat, lon FROM town ORDER BY population DESC, value').all() as NamedPoint[];
	gazetteer.memo.set('towns by size', towns);
	return towns;
}

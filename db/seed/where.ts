import { type Gazetteer, haversineMiles } from '#db/gazetteer/index.ts';
import type { Random } from './random.ts';

export type Spot = { town: string; district: string; nation: string };
export type Spots = { pick(random: Random): Spot; near(random: Random, spot: Spot): Spot };

type TownRow = { name: string; district: string; nation: string; population: number; lat: number; lon: number };
type DistrictRow = { district: string; nation: string; lat: number; lon: number };

const LARGE = 150_000;

/**
 * Postcode districts of the four nations, drawn by the population of their town. A large town is spread over the districts
 * within a radius that grows with it: about 3 miles for 150,000 people, 10 for London.
 */
export function spotsOf(gazetteer: Gazetteer): Spots {
	const towns = gazetteer
		.prepare(
			"SELECT name, district, nation, population, lat, lon FROM town WHERE population >= 4000 AND nation <> 'crown-dependency' AND district <> '' ORDER BY population DESC, id",
		)
		.all() as TownRow[];
	const districts = gazetteer
		.prepare("SELECT district, nation, lat, lon FROM district WHERE rough = 0 AND nation <> 'crown-dependency' ORDER BY district")
		.all()
		// Districts from 95 up belong to large users of post and stand for no place.
		.filter((d) => !/\D9[5-9]$/.test((d as DistrictRow).district)) as DistrictRow[];
	const spots: Spot[] = [];
	const ends: number[] = [];
	let total = 0;
	const add = (spot: Spot, weight: number) => {
		total += weight;
		spots.push(spot);
		ends.push(total);
	};
	for (const town of towns) {
		const around =
			town.population < LARGE
				? []
				: districts.filter((d) => d.nation === town.nation && haversineMiles(town, d) <= Math.min(10, Math.sqrt(town.population / LARGE) * 3));
		for (const d of around) add({ town: town.name, district: d.district, nation: d.nation }, town.population / around.length);
		if (around.length === 0) add({ town: town.name, district: town.district, nation: town.nation }, town.population);
	}
	return { pick: (random) => at(spots, ends, random.next() * total), near: (random, spot) => nearSpot(random, spots, spot) };
}

/** A second room: another district of the same town, or the next town on the list. */
function nearSpot(random: Random, spots: readonly Spot[], spot: Spot): Spot {
	const same = spots.indexOf(spot);
	return spots[(same + random.whole(1, 3)) % spots.length] ?? spot;
}

function at(spots: readonly Spot[], ends: readonly number[], point: number): Spot {
	let [low, high] = [0, ends.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ends[middle] ?? 0) < point) low = middle + 1;
		else high = middle;
	}
	return spots[low] as Spot;
}

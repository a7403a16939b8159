import { join } from 'node:path';
import { allAreas, areaOf, districtPoints, type Gazetteer, lookUpPlace, openGazetteer } from '#db/gazetteer/index.ts';
import { EMPTY_QUERY, FEE_CAPS, type FinderQuery, findPage, OPTIONS, type Point, queryString } from '#features/directory/index.ts';
import { readerOf } from './reader.ts';
import { randomFrom } from './statistics.ts';

export type BenchSearch = { query: FinderQuery; point: Point | null; address: string };

/** London is one town in the gazetteer, but its people live in eight postcode areas. */
const LONDON = ['E', 'EC', 'N', 'NW', 'SE', 'SW', 'W', 'WC'];
/** What people look for, most often first; the rest of the options come up now and then. */
const COMMON = [
	'taking',
	'in_person',
	'online',
	'adults',
	'loss',
	'change',
	'woman',
	'young',
	'fund:insurer',
	'concessions',
	'fund:nhs',
	'perinatal',
	'step_free',
];
const SEED = 2026;

type Random = () => number;
type Weighted = { places: string[]; upTo: number[] };

/**
 * So many different searches as people might make: places weighted by the people who live there (half towns, half postcodes), one in
 * sixteen online and anywhere, two in five with one to three filters, one in ten on page 2 or 3. The same ones every time.
 */
export function searches(gazetteer: Gazetteer, count: number): BenchSearch[] {
	const random = randomFrom(SEED);
	const [towns, districts] = [townsOf(gazetteer), districtsOf(gazetteer)];
	const found = new Map<string, BenchSearch>();
	while (found.size < count) {
		const search = oneSearch(gazetteer, random, random() < 0.5 ? towns : districts);
		if (search) found.set(search.address, search);
	}
	return [...found.values()];
}

/** The addresses of searches that a register answers with a list; those that lead elsewhere (a page 3 that is not there) are left out. */
export function foundAddresses(dataDir: string, now: number, count: number): string[] {
	const ctx = readerOf(dataDir, now);
	const gazetteer = openGazetteer(join(dataDir, 'gazetteer.db'));
	const isList = (address: string) => findPage(ctx, gazetteer, new URL(address, 'http://localhost').searchParams).kind === 'list';
	return searches(gazetteer, Math.ceil(count * 1.15))
		.map((search) => search.address)
		.filter(isList)
		.slice(0, count);
}

function oneSearch(gazetteer: Gazetteer, random: Random, places: Weighted): BenchSearch | null {
	const online = random() < 1 / 16;
	const answer = online ? null : lookUpPlace(gazetteer, pick(places, random));
	if (answer && answer.kind !== 'found') return null;
	const query = withFilters({ ...EMPTY_QUERY, online, place: answer?.place.value ?? '', page: random() < 0.1 ? 2 + Math.floor(random() * 2) : 1 }, random);
	const point = answer ? { latitude: answer.place.lat, longitude: answer.place.lon } : null;
	return { query, point, address: `/find?${queryString(query)}` };
}

function withFilters(query: FinderQuery, random: Random): FinderQuery {
	if (random() < 0.6) return query;
	const options = new Set<string>();
	const count = 1 + Math.floor(random() * 3);
	let feeUpTo: number | null = null;
	for (let i = 0; i < count; i += 1) {
		if (random() < 0.15) feeUpTo = FEE_CAPS[Math.floor(random() * FEE_CAPS.length)] ?? null;
		else options.add(oneOption(random));
	}
	if (query.online) for (const code of ['online', 'in_person']) options.delete(code);
	return { ...query, options, feeUpTo };
}

function oneOption(random: Random): string {
	if (random() < 0.75) return COMMON[Math.floor(random() ** 1.5 * COMMON.length)] ?? 'taking';
	return OPTIONS[Math.floor(random() * OPTIONS.length)]?.code ?? 'taking';
}

function townsOf(gazetteer: Gazetteer): Weighted {
	const rows = gazetteer.prepare('SELECT value, population FROM town ORDER BY id').all() as { value: string; population: number }[];
	return weighted(rows.map((row) => [row.value, row.population]));
}

/** A district weighs what the towns of its area weigh, shared out evenly. */
function districtsOf(gazetteer: Gazetteer): Weighted {
	const areas = new Map(allAreas().map((area) => [area, { people: 0, districts: 0 }]));
	const towns = gazetteer.prepare('SELECT name, area, population FROM town').all() as { name: string; area: string; population: number }[];
	for (const town of towns)
		for (const area of town.name === 'London' ? LONDON : [town.area]) addTo(areas.get(area), town.population / (town.name === 'London' ? 8 : 1));
	const districts = districtPoints(gazetteer);
	for (const { district } of districts) {
		const area = areas.get(areaOf(district));
		if (area) area.districts += 1;
	}
	return weighted(districts.map(({ district }) => [district, peopleIn(areas.get(areaOf(district)))]));
}

function addTo(area: { people: number } | undefined, people: number): void {
	if (area) area.people += people;
}

function peopleIn(area: { people: number; districts: number } | undefined): number {
	return area ? area.people / area.districts : 0;
}

function weighted(rows: [string, number][]): Weighted {
	let sum = 0;
	return { places: rows.map(([place]) => place), upTo: rows.map(([, weight]) => (sum += weight)) };
}

function pick({ places, upTo }: Weighted, random: Random): string {
	const wanted = random() * (upTo.at(-1) ?? 0);
	let [low, high] = [0, upTo.length - 1];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((upTo[middle] ?? 0) < wanted) low = middle + 1;
		else high = middle;
	}
	return places[low] ?? '';
}

import { type Gazetteer, lookUpPlace, type Place, pointOfPostcode, townNear } from '#db/gazetteer/index.ts';
import type { RowReader } from './row-reader.ts';
import type { Wanted, WantedPlace } from './wanted.ts';

type Located = Pick<WantedPlace, 'district' | 'postcode' | 'nation' | 'latitude' | 'longitude' | 'precision'> & { nearestTown: string | null };
/** Finds where a place is; asked once for each spelling. */
export type Locator = { postcode(typed: string): Located | string; town(typed: string): (Located & { name: string }) | string };

const FULL_POSTCODE = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;
const KEPT = 20_000;

/** Looks places up in the gazetteer and remembers the last 20,000 answers. */
export function placeLocator(gazetteer: Gazetteer): Locator {
	return { postcode: remembered((typed) => byPostcode(gazetteer, typed)), town: remembered((typed) => byTown(gazetteer, typed)) };
}

/** The practice places 1 to 4 of a row. */
export function readPlaces(row: RowReader, locator: Locator): Wanted['places'] {
	return [1, 2, 3, 4].map((n) => readPlace(row, locator, n));
}

function readPlace(row: RowReader, locator: Locator, n: number): WantedPlace | null | undefined {
	const column = (part: string) => `place ${n} ${part}`;
	const town = row.text(column('town'), 100);
	const postcode = row.text(column('postcode'), 20);
	const [practiceName, stepFree] = [row.text(column('practice'), 200) ?? null, row.yes(column('step free')) ?? false];
	if (town === undefined && postcode === undefined) return undefined;
	if (!town && !postcode) return null;
	if (!postcode) {
		const found = locator.town(town ?? '');
		return typeof found === 'string' ? row.refuse(column('town'), found) : placed(found, found.name, practiceName, stepFree);
	}
	const found = locator.postcode(postcode);
	return typeof found === 'string' ? row.refuse(column('postcode'), found) : placed(found, town ?? found.nearestTown ?? found.district, practiceName, stepFree);
}

function placed({ nearestTown: _, ...located }: Located & { name?: string }, town: string, practiceName: string | null, stepFree: boolean): WantedPlace {
	const { district, postcode, nation, latitude, longitude, precision } = located;
	return { practiceName, town, district, postcode, nation, latitude, longitude, precision, stepFree };
}

function byPostcode(gazetteer: Gazetteer, typed: string): Located | string {
	const full = FULL_POSTCODE.test(typed) ? pointOfPostcode(gazetteer, typed) : null;
	if (full)
		return {
			...located(full, full.district, full.precision),
			postcode: full.postcode,
			nearestTown:
				townNear(gazetteer, full)
					?.label.replace(/[,(].*$/, '')
					.trim() ?? null,
		};
	const answer = /\d/.test(typed) ? lookUpPlace(gazetteer, typed) : null;
	if (answer?.kind !== 'found' || answer.place.precision === 'town') return `“${typed}” is not a postcode, nor the first part of one`;
	const { place } = answer;
	return {
		...located(place, place.district ?? place.value, place.precision),
		postcode: null,
		nearestTown:
			townNear(gazetteer, place)
				?.label.replace(/[,(].*$/, '')
				.trim() ?? null,
	};
}

function byTown(gazetteer: Gazetteer, typed: string): (Located & { name: string }) | string {
	const answer = lookUpPlace(gazetteer, typed);
	if (answer.kind === 'found')
		return { ...located(answer.place, answer.place.district ?? '', answer.place.precision), postcode: null, nearestTown: null, name: typed };
	const options = answer.kind === 'unknown' ? [] : answer.options.slice(0, 4).map((o: Place) => o.label);
	if (answer.kind === 'which') return `there are several places called “${typed}” (${options.join('; ')}): give the postcode as well, or its first part`;
	return `“${typed}” is not a town that is known${options.length > 0 ? ` (${options.join('; ')}?)` : ''}: give the postcode as well, or its first part`;
}

/** Three decimals are about a hundred metres: enough for whole miles, and no front door. */
function located(
	at: { lat: number; lon: number; nation: string },
	district: string,
	precision: WantedPlace['precision'],
): Omit<Located, 'postcode' | 'nearestTown'> {
	return { district, nation: at.nation, latitude: Math.round(at.lat * 1000) / 1000, longitude: Math.round(at.lon * 1000) / 1000, precision };
}

function remembered<T>(find: (typed: string) => T): (typed: string) => T {
	const known = new Map<string, T>();
	return (typed) => {
		const key = typed.toUpperCase();
		const old = known.get(key);
		if (old !== undefined) return old;
		if (known.size >= KEPT) known.clear();
		const found = find(typed);
		known.set(key, found);
		return found;
	};
}

import type { Gazetteer } from '#db/gazetteer/index.ts';
import { type Located, locatePostcode, locateTown } from '#features/directory/index.ts';
import type { RowReader } from './row-reader.ts';
import type { Wanted, WantedPlace } from './wanted.ts';

/** Finds where a place is; asked once for each spelling. */
export type Locator = { postcode(typed: string): Located | string; town(typed: string): (Located & { name: string }) | string };

const KEPT = 20_000;

/** Looks places up in the gazetteer and remembers the last 20,000 answers. */
export function placeLocator(gazetteer: Gazetteer): Locator {
	return { postcode: remembered((typed) => locatePostcode(gazetteer, typed)), town: remembered((typed) => locateTown(gazetteer, typed)) };
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

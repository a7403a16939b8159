import { type Gazetteer, lookUpPlace, type Place, pointOfPostcode, townNear } from '#db/gazetteer/index.ts';
import type { PracticePlace } from './listing-commands.ts';

/** Where a place of practice is. The point is rounded to about a hundred metres: enough for whole miles, and no front door. */
export type Located = Pick<PracticePlace, 'district' | 'postcode' | 'nation' | 'latitude' | 'longitude' | 'precision'> & { nearestTown: string | null };

const FULL_POSTCODE = /^[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}$/i;

/** Finds a postcode, or the first part of one; or says why not, as the end of a sentence. */
export function locatePostcode(gazetteer: Gazetteer, typed: string): Located | string {
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

/** Finds a town; or says why not, as the end of a sentence. */
export function locateTown(gazetteer: Gazetteer, typed: string): (Located & { name: string }) | string {
	const answer = lookUpPlace(gazetteer, typed);
	if (answer.kind === 'found')
		return { ...located(answer.place, answer.place.district ?? '', answer.place.precision), postcode: null, nearestTown: null, name: typed };
	const options = answer.kind === 'unknown' ? [] : answer.options.slice(0, 4).map((o: Place) => o.label);
	if (answer.kind === 'which') return `there are several places called “${typed}” (${options.join('; ')}): give the postcode as well, or its first part`;
	return `“${typed}” is not a town that is known${options.length > 0 ? ` (${options.join('; ')}?)` : ''}: give the postcode as well, or its first part`;
}

function located(
	at: { lat: number; lon: number; nation: string },
	district: string,
	precision: PracticePlace['precision'],
): Omit<Located, 'postcode' | 'nearestTown'> {
	return { district, nation: at.nation, latitude: Math.round(at.lat * 1000) / 1000, longitude: Math.round(at.lon * 1000) / 1000, precision };
}

import type { Nation } from './areas.ts';
import { areaOf, nationOf } from './areas.ts';
import type { Point } from './distance.ts';
import { placeOfCode } from './lookup.ts';
import type { Gazetteer } from './open.ts';
import { parsePlace } from './parse.ts';
import { sectorRow } from './rows.ts';

export type PostcodePoint = Point & {
	postcode: string;
	sector: string;
	district: string;
	area: string;
	nation: Nation;
	precision: 'postcode' | 'sector' | 'district' | 'area';
	rough: boolean;
	/** Month in which the postcode was retired, `YYYY-MM`; null while in use or when nothing is known. */
	retiredOn: string | null;
};

type PostcodeRow = { lat: number | null; lon: number | null; retired: number | null };

/**
 * The finest known point of a full postcode, for storing a practice: the official one if a file with it was loaded,
 * else its sector, district or area (`rough`). Null when the text is not a full postcode or its area does not exist.
 */
export function pointOfPostcode(gazetteer: Gazetteer, typed: string): PostcodePoint | null {
	const parsed = parsePlace(typed);
	if (parsed.kind !== 'postcode') return null;
	const { postcode, sector, district } = parsed;
	const area = areaOf(district);
	const key = postcode.replace(' ', '');
	const row = gazetteer.prepare('SELECT lat, lon, retired FROM postcode WHERE key = ?').get(key) as PostcodeRow | undefined;
	const retiredOn = monthOf(row?.retired ?? null);
	if (row && row.lat !== null && row.lon !== null) {
		const nation = sectorRow(gazetteer, sector)?.nation ?? nationOf(district) ?? 'england';
		return {
			lat: row.lat / 1e5,
			lon: row.lon / 1e5,
			postcode,
			sector,
			district,
			area,
			nation,
			precision: 'postcode',
			rough: false,
			retiredOn,
		};
	}
	const place = placeOfCode(gazetteer, parsed);
	if (!place || place.precision === 'town') return null;
	const { lat, lon, nation, precision, rough } = place;
	return { lat, lon, postcode, sector, district, area, nation, precision, rough, retiredOn };
}

/** True when official postcodes are loaded and this one is not among them: worth asking "is that right?". */
export function isUnknownPostcode(gazetteer: Gazetteer, typed: string): boolean {
	const parsed = parsePlace(typed);
	if (parsed.kind !== 'postcode') return false;
	const known = gazetteer.prepare('SELECT 1 FROM postcode WHERE key = ?').get(parsed.postcode.replace(' ', ''));
	return known === undefined && gazetteer.prepare('SELECT 1 FROM sector LIMIT 1').get() !== undefined;
}

function monthOf(retired: number | null): string | null {
	return retired === null ? null : `${Math.floor(retired / 100)}-${String(retired % 100).padStart(2, '0')}`;
}

import { areaOf, isArea, nationOf } from './areas.ts';
import { coarsenPlace } from './coarsen.ts';
import type { Point } from './distance.ts';
import type { Gazetteer, Place } from './open.ts';
import { type ParsedPlace, parsePlace } from './parse.ts';
import { areaRow, districtRow, sectorRow } from './rows.ts';
import { lookUpTown } from './town-lookup.ts';

export type PlaceAnswer =
	| { kind: 'found'; place: Place; others: Place[] }
	| { kind: 'which'; options: Place[]; text: string; of: 'name' | 'county' }
	| { kind: 'suggest'; options: Place[]; text: string }
	| { kind: 'unknown'; text: string };

/**
 * Finds the place that someone typed: a postcode or part of one, or a town under any of its names.
 * `found` may carry `others`: far smaller places of the same name. `which` holds places of one name, largest first, or
 * nearest first when a point is given; or the larger towns of a county (`of`). `suggest` holds likely corrections of a misspelling. A full postcode is never
 * in the answer: its sector is the finest.
 */
export function lookUpPlace(gazetteer: Gazetteer, typed: string, near?: Point): PlaceAnswer {
	const text = coarsenPlace(typed);
	const parsed = parsePlace(text);
	if (parsed.kind === 'text') return lookUpTown(gazetteer, text, near ?? null);
	const place = placeOfCode(gazetteer, parsed);
	return place ? { kind: 'found', place, others: [] } : { kind: 'unknown', text: shown(parsed) };
}

/** The finest place known for a postcode or part of one, its area at worst; null when not even the area exists. */
export function placeOfCode(gazetteer: Gazetteer, code: ParsedPlace): Place | null {
	if (code.kind === 'text') return null;
	if (code.kind === 'area') return placeOfArea(gazetteer, code.area, code.area);
	if (code.kind !== 'district') {
		const sector = placeOfSector(gazetteer, code.sector);
		if (sector) return sector;
	}
	return placeOfDistrict(gazetteer, code.district) ?? runTogether(gazetteer, code) ?? placeOfArea(gazetteer, code.area, code.district);
}

function placeOfSector(gazetteer: Gazetteer, sector: string): Place | null {
	const row = sectorRow(gazetteer, sector);
	if (!row) return null;
	const area = areaOf(sector);
	return {
		label: sector,
		value: sector,
		lat: row.lat,
		lon: row.lon,
		precision: 'sector',
		rough: false,
		nation: row.nation,
		district: row.district,
		area,
	};
}

function placeOfDistrict(gazetteer: Gazetteer, district: string): Place | null {
	const row = districtRow(gazetteer, district);
	if (!row) return null;
	const { lat, lon, nation, area } = row;
	return {
		label: district,
		value: district,
		lat,
		lon,
		precision: 'district',
		rough: row.rough === 1,
		nation,
		district,
		area,
	};
}

/** `RG99` is no district; where sectors are loaded it can only be RG9 9 with the space left out. */
function runTogether(gazetteer: Gazetteer, code: ParsedPlace): Place | null {
	return code.kind === 'district' ? placeOfSector(gazetteer, `${code.district.slice(0, -1)} ${code.district.slice(-1)}`) : null;
}

/** The mean point of an area: rough, but right for `E20` or `W1A`, which the default table lacks. */
function placeOfArea(gazetteer: Gazetteer, area: string, asked: string): Place | null {
	const row = isArea(area) ? areaRow(gazetteer, area) : null;
	if (!row) return null;
	const nation = nationOf(asked) ?? row.nation;
	return {
		label: asked,
		value: asked,
		lat: row.lat,
		lon: row.lon,
		precision: 'area',
		rough: true,
		nation,
		district: null,
		area,
	};
}

function shown(parsed: Exclude<ParsedPlace, { kind: 'text' }>): string {
	if (parsed.kind === 'area') return parsed.area;
	return parsed.kind === 'district' ? parsed.district : parsed.sector;
}

import { areaOf, isArea } from './areas.ts';
import { plainText } from './fold.ts';
import { type Reading, readShape } from './postcode-shape.ts';

export type ParsedPlace =
	| { kind: 'postcode'; postcode: string; sector: string; district: string; area: string }
	| { kind: 'sector'; sector: string; district: string; area: string }
	| { kind: 'district'; district: string; area: string }
	| { kind: 'area'; area: string }
	| { kind: 'text'; text: string };

/** Two letters of the inward code, seven characters in all, and a few stray marks: longer text is a name. */
const LONGEST_CODE = 7;

/**
 * Tells a postcode or part of one from a name, by its shape alone (it may still not exist). Never throws.
 * Accepts any case and spacing, full-width characters, O for 0 and I for 1. Codes come back in upper case with one
 * space (`RG12 8XX`, `RG12 8`); a name comes back as plain text.
 */
export function parsePlace(typed: string): ParsedPlace {
	const text = plainText(typed);
	const compact = text.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '');
	if (compact === '' || compact.length > LONGEST_CODE) return { kind: 'text', text };
	return readPostcode(compact) ?? readPart(text.toUpperCase(), compact) ?? readArea(compact) ?? { kind: 'text', text };
}

function readPostcode(compact: string): ParsedPlace | null {
	const reading = readShape(compact, 'DUU');
	if (!reading) return null;
	const { district, inward } = reading;
	return {
		kind: 'postcode',
		postcode: `${district} ${inward}`,
		sector: `${district} ${inward.charAt(0)}`,
		district,
		area: areaOf(district),
	};
}

/** `RG12` is a district although `RG1 2` is a sector too; a space before the last digit settles it. */
function readPart(text: string, compact: string): ParsedPlace | null {
	const spaced = /^(\S{2,4}) (\S)$/u.exec(text);
	const asSector = readShape(compact, 'D');
	if (spaced && asSector && asSector.mends === 0 && asSector.district === spaced[1]) return sectorOf(asSector);
	const asDistrict = readShape(compact, '');
	if (asDistrict && (!asSector || asDistrict.mends <= asSector.mends)) {
		return { kind: 'district', district: asDistrict.district, area: areaOf(asDistrict.district) };
	}
	if (asSector) return sectorOf(asSector);
	const unfinished = readShape(compact, 'DU');
	return unfinished?.mends === 0 ? sectorOf(unfinished) : null;
}

function sectorOf({ district, inward }: Reading): ParsedPlace {
	return { kind: 'sector', sector: `${district} ${inward.charAt(0)}`, district, area: areaOf(district) };
}

function readArea(compact: string): ParsedPlace | null {
	return isArea(compact) ? { kind: 'area', area: compact } : null;
}

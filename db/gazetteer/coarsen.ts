import { isArea } from './areas.ts';
import { plainText } from './fold.ts';
import { parsePlace } from './parse.ts';

/** Characters; no place anyone types is longer. */
const LONGEST_PLACE = 200;
/** What people put between the two halves of a postcode. */
const GAP = String.raw`[\s\-._+/·]{0,3}`;
const ORDINARY = new RegExp(`([A-Z]{1,2}[0-9][A-Z0-9]?)${GAP}([0-9])[A-Z]{2}(?=([\\p{L}\\p{N}])?)`, 'giu');
/** Odd spacing or O for 0: only counted between word boundaries, and for an area that exists. */
const ODD = new RegExp(`(?<![\\p{L}\\p{N}])[A-Z0]{1,2}${GAP}[0-9OIL][A-Z0-9]?${GAP}[0-9OIL]${GAP}[A-Z]${GAP}[A-Z](?![\\p{L}\\p{N}])`, 'iuy');

/**
 * True when the text is, or holds anywhere, something that can be read as a full postcode. It rather errs on the side
 * of yes ("unit B1 2nd floor"), because a full postcode must reach no address, log or cache key.
 */
export function containsFullPostcode(typed: string): boolean {
	const text = plainText(typed);
	return parsePlace(text).kind === 'postcode' || withoutFirstPostcode(text) !== text;
}

/**
 * The finest form of a place that may stand in an address: every full postcode is cut to its sector (`RG12 8`), codes
 * are tidied, names are left as typed. `containsFullPostcode` is false for whatever comes back.
 */
export function coarsenPlace(typed: string): string {
	let text = plainText(typed).slice(0, LONGEST_PLACE);
	for (;;) {
		const parsed = parsePlace(text);
		if (parsed.kind === 'postcode' || parsed.kind === 'sector') return parsed.sector;
		if (parsed.kind === 'district') return parsed.district;
		if (parsed.kind === 'area') return parsed.area;
		const shorter = withoutFirstPostcode(text);
		if (shorter === text) return text;
		text = plainText(shorter);
	}
}

/** Each cut takes two letters away, so repeating it comes to an end. */
function withoutFirstPostcode(text: string): string {
	const ordinary = text.replace(
		ORDINARY,
		(_, outward: string, digit: string, next?: string) => `${outward.toUpperCase()} ${digit}${next === undefined ? '' : ' '}`,
	);
	if (ordinary !== text) return ordinary;
	for (let start = 0; start < text.length; start += 1) {
		ODD.lastIndex = start;
		const match = ODD.exec(text)?.[0];
		const parsed = match === undefined ? null : parsePlace(match);
		if (match === undefined || parsed?.kind !== 'postcode') continue;
		if (!isArea(parsed.area) || /[CIKMOV]/.test(parsed.postcode.slice(-2))) continue;
		return `${text.slice(0, start)}${parsed.sector}${text.slice(start + match.length)}`;
	}
	return text;
}

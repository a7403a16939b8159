import { coarsenPlace, containsFullPostcode } from '#db/gazetteer/index.ts';
import { splitAddress } from './address-check.ts';

/** Where people type places. Here anything that can be read as a postcode is one, however it is spelled. */
const PLACE_PARAMETERS = ['place', 'q', 'near', 'postcode'];
const LONGEST_PLACE = 200;

/** A full postcode that stands by itself. Looser reading would cut up tokens, slugs and hashes that merely look alike. */
const STANDING = /(?<![a-z0-9])([a-z]{1,2}\d[a-z\d]?)[\s+._-]*(\d)[a-z]{2}(?![a-z0-9])/gi;

/** Below these, the address is ours and no place: a chance likeness must not break a link. */
const NOT_PLACES = /^\/(?:link|therapists|_astro)\//;
/** The secret of a personal link (`newToken`), on whatever page: one in some ten thousand holds letters that look like a postcode. */
const TOKEN = /^[\w-]{43}$/;
/** Slugs of a shortlist and references of enquiries: ours as well. */
const NOT_PLACE_PARAMETERS = ['t', 'ref'];

/**
 * Decision 8 of the architecture: the finest place in any address is the postcode sector.
 * @returns the address to go to instead, or null when this one holds no full postcode
 */
export function withoutFullPostcode(path: string, query: string): string | null {
	const saferPath = NOT_PLACES.test(path) ? path : path.split('/').map(coarsenSegment).join('/');
	const saferQuery = query === '' ? '' : coarsenQuery(query);
	if (saferPath === path && saferQuery === query) return null;
	return saferQuery === '' ? saferPath : `${saferPath}?${saferQuery}`;
}

/** The address that a page leads on to, without a full postcode that someone typed into its form. */
export function withoutFullPostcodeInLocation(location: string): string {
	if (!location.startsWith('/')) return location;
	const { path, query } = splitAddress(location);
	return withoutFullPostcode(path, query) ?? location;
}

function coarsenSegment(segment: string): string {
	if (TOKEN.test(segment)) return segment;
	const text = decodeURIComponent(segment);
	const safer = coarsenText(text);
	return safer === text ? segment : encodeURIComponent(safer);
}

function coarsenQuery(query: string): string {
	const parameters = [...new URLSearchParams(query)];
	const safer = parameters.map(([name, value]) => [coarsenText(name), coarsenValue(name, value)]);
	const isSame = safer.every(([name, value], i) => name === parameters[i]?.[0] && value === parameters[i]?.[1]);
	return isSame ? query : new URLSearchParams(safer as [string, string][]).toString();
}

function coarsenValue(name: string, value: string): string {
	if (NOT_PLACE_PARAMETERS.includes(name)) return value;
	const isPlace = PLACE_PARAMETERS.includes(name.toLowerCase()) && value.length <= LONGEST_PLACE;
	const safer = isPlace && containsFullPostcode(value) ? coarsenPlace(value) : value;
	return coarsenText(safer);
}

/** Encoded twice is still a postcode in the address. */
function coarsenText(text: string): string {
	const plain = unescapeOnce(text);
	const safer = plain.replace(STANDING, (_, outward: string, digit: string) => `${outward} ${digit}`.toUpperCase());
	return safer === plain ? text : safer;
}

function unescapeOnce(text: string): string {
	return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

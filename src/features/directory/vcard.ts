import type { Profile } from './profile.ts';
import { LEVEL_TITLES } from './words.ts';

/** Whose register it is and where the page of the person stands. */
export type CardOrigin = { organisation: string; pageUrl: string };

/**
 * A contact card (vCard 4.0, RFC 6350) with what the page shows and nothing more: no mail address, town and district only.
 * Lines end in CRLF and are folded at 75 octets.
 */
export function vcardOf(profile: Profile, origin: CardOrigin): string {
	const { listing, card, places } = profile;
	const place = places[0];
	const lines = [
		'BEGIN:VCARD',
		'VERSION:4.0',
		'KIND:individual',
		`FN:${escaped(profile.name)}`,
		`TITLE:${escaped(LEVEL_TITLES[card.level])}`,
		...(place?.practiceName ? [`ORG:${escaped(place.practiceName)}`] : []),
		...(place ? [`ADR;TYPE=work:;;;${escaped(place.town)};;${escaped(place.district)};United Kingdom`] : []),
		...(listing.phone ? [`TEL;TYPE=work;VALUE=text:${escaped(listing.phone)}`] : []),
		...(listing.website ? [`URL;TYPE=work:${uri(listing.website)}`] : []),
		`SOURCE:${uri(origin.pageUrl)}`,
		...languagesOf(profile).map((tag) => `LANG:${tag}`),
		`NOTE:${escaped(`${origin.organisation} register number ${profile.number}. Look up the entry before you rely on this card.`)}`,
		'END:VCARD',
	];
	return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** The languages a person works in, as BCP 47 tags; English is understood. */
export function languagesOf(profile: Profile): string[] {
	const spoken = profile.options.filter((o) => o.group === 'language').map((o) => o.code.slice('lang:'.length));
	// British Sign Language has a tag of its own in the registry of languages.
	return ['en', ...spoken.map((code) => (code === 'bsl' ? 'bfi' : code))];
}

function escaped(text: string): string {
	return text
		.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
		.replace(/[\\,;]/g, (mark) => `\\${mark}`)
		.trim();
}

/** An address has no place for spaces, quotes or control characters. */
function uri(text: string): string {
	return text.replace(/[\s\p{Cc}"<>\\^`{|}]+/gu, (odd) => encodeURIComponent(odd));
}

const MOST_OCTETS = 75;

/** A long line goes on in the next one after a space; no character is cut in half. */
function folded(line: string): string {
	let out = '';
	let octets = 0;
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (octets + size > MOST_OCTETS) {
			out += '\r\n ';
			octets = 1;
		}
		out += character;
		octets += size;
	}
	return out;
}

import { haversineMiles, type Point } from './distance.ts';
import { foldName, foldWords } from './fold.ts';
import type { PlaceAnswer } from './lookup.ts';
import { placeOfCode } from './lookup.ts';
import type { Gazetteer } from './open.ts';
import { type ParsedPlace, parsePlace } from './parse.ts';
import { placeOfTown, type TownRow, townsNamed } from './rows.ts';
import { similarTowns } from './spelling.ts';

/** Words in a name; longer text is not searched for a county at its end. */
const LONGEST_NAME = 6;
type Named = ReturnType<typeof townsNamed>[number];

const MOST_OPTIONS = 8;
/** A town is taken as meant, without asking, when it is a large one and so many times the size of its namesakes. */
const LARGE = 40_000;
const FAR_LARGER = 25;
/** "Newport PO31": a district further from every Newport than this is believed before the name is. */
const SAME_TOWN_MILES = 25;

/** Finds a town from text that is not itself a postcode; orders by distance when a point is given. */
export function lookUpTown(gazetteer: Gazetteer, text: string, near: Point | null): PlaceAnswer {
	const words = foldWords(text);
	if (words.length === 0) return { kind: 'unknown', text };
	const towns = candidates(gazetteer, words.join(''));
	if (towns.length > 0) return choose(towns, text, near);
	return (
		withCode(gazetteer, text) ??
		withQualifier(gazetteer, text, near) ??
		withoutLeadIn(gazetteer, words, near) ??
		inCounty(gazetteer, words.join(''), near) ??
		suggestion(gazetteer, text, near)
	);
}

/** A shortened name counts only where no larger town has it as its whole name: Newcastle does, Wells does not. */
function candidates(gazetteer: Gazetteer, key: string): Named[] {
	const all = townsNamed(gazetteer, key);
	const largest = Math.max(-1, ...all.filter((town) => town.kind !== 'short').map((town) => town.population));
	return all.filter((town) => town.kind !== 'short' || town.population > largest);
}

function choose(towns: Named[], text: string, near: Point | null): PlaceAnswer {
	const [first, second] = towns;
	if (first && (!second || isMeant(first, second, towns))) {
		return { kind: 'found', place: placeOfTown(first), others: towns.slice(1, MOST_OPTIONS).map(placeOfTown) };
	}
	return { kind: 'which', options: ordered(towns, near).slice(0, MOST_OPTIONS).map(placeOfTown), text, of: 'name' };
}

/** A name that several towns are cut short to ("Kingston") is always asked about. */
function isMeant(first: Named, second: Named, towns: Named[]): boolean {
	const shortened = towns.filter((town) => town.kind === 'short').length;
	return shortened < 2 && first.population >= LARGE && first.population >= second.population * FAR_LARGER;
}

function ordered<T extends TownRow>(towns: T[], near: Point | null): T[] {
	return near === null ? towns : towns.toSorted((a, b) => haversineMiles(near, a) - haversineMiles(near, b));
}

/** "Newport NP20", "Bracknell RG12 8": a name and a code together, in either order. */
function withCode(gazetteer: Gazetteer, text: string): PlaceAnswer | null {
	for (const [code, rest] of codeSplits(text)) {
		const place = placeOfCode(gazetteer, code);
		if (!place) continue;
		const close = ordered(candidates(gazetteer, foldName(rest)), place)[0];
		const isSame = close !== undefined && haversineMiles(close, place) <= SAME_TOWN_MILES;
		if (isSame && (code.kind === 'district' || code.kind === 'area')) return { kind: 'found', place: placeOfTown(close), others: [] };
		if (code.kind !== 'area') return { kind: 'found', place, others: [] };
	}
	return null;
}

function* codeSplits(text: string): Generator<[ParsedPlace, string]> {
	const words = text.split(/[\s,;()]+/u).filter((word) => word !== '');
	for (const count of [2, 1]) {
		if (words.length <= count) continue;
		const ends: [string[], string[]][] = [
			[words.slice(-count), words.slice(0, -count)],
			[words.slice(0, count), words.slice(count)],
		];
		for (const [codeWords, rest] of ends) {
			const code = parsePlace(codeWords.join(' '));
			if (code.kind !== 'text') yield [code, rest.join(' ')];
		}
	}
}

/** "Newport, Isle of Wight", "Richmond London", "Bangor Wales": a name, then a county or nation. */
function withQualifier(gazetteer: Gazetteer, text: string, near: Point | null): PlaceAnswer | null {
	const comma = text.indexOf(',');
	if (comma > 0) {
		const towns = candidates(gazetteer, foldName(text.slice(0, comma)));
		const inside = towns.filter((town) => liesIn(town, foldName(text.slice(comma + 1))));
		if (towns.length > 0) return choose(inside.length > 0 ? inside : towns, text, near);
	}
	const words = foldWords(text);
	for (let count = Math.min(words.length - 1, LONGEST_NAME); count >= 1; count -= 1) {
		const qualifier = words.slice(count).join('');
		const inside = candidates(gazetteer, words.slice(0, count).join('')).filter((town) => liesIn(town, qualifier));
		if (inside.length > 0) return choose(inside, text, near);
	}
	return null;
}

function liesIn(town: TownRow, qualifier: string): boolean {
	const nation = foldName(town.nation);
	if (qualifier === nation || qualifier === 'uk' || (nation === 'northernireland' && qualifier === 'ni')) return true;
	const county = foldName(town.county ?? '');
	return county !== '' && (county.includes(qualifier) || qualifier.includes(county)) && qualifier.length > 3;
}

const LEAD_IN = new Set(['in', 'near', 'around', 'at', 'city', 'of', 'town', 'the', 'central']);

/** "near Bath", "City of Bristol". */
function withoutLeadIn(gazetteer: Gazetteer, words: string[], near: Point | null): PlaceAnswer | null {
	const from = words.findIndex((word) => !LEAD_IN.has(word));
	if (from <= 0) return null;
	const name = words.slice(from);
	const towns = candidates(gazetteer, name.join(''));
	return towns.length > 0 ? choose(towns, name.join(' '), near) : null;
}

/** A county alone is no place to measure from: its larger towns are offered. */
function inCounty(gazetteer: Gazetteer, key: string, near: Point | null): PlaceAnswer | null {
	const counties = gazetteer.prepare('SELECT DISTINCT county FROM town WHERE county IS NOT NULL').pluck().all() as string[];
	const county = counties.find((name) => foldName(name) === key);
	if (county === undefined) return null;
	const towns = gazetteer.prepare('SELECT * FROM town WHERE county = ? ORDER BY population DESC LIMIT ?').all(county, MOST_OPTIONS) as TownRow[];
	return { kind: 'which', options: ordered(towns, near).map(placeOfTown), text: county, of: 'county' };
}

function suggestion(gazetteer: Gazetteer, text: string, near: Point | null): PlaceAnswer {
	const [name = text] = text.split(',');
	const towns = similarTowns(gazetteer, foldName(name), near);
	return towns.length > 0 ? { kind: 'suggest', options: towns.map(placeOfTown), text } : { kind: 'unknown', text };
}

import type { Ctx } from '#core/ctx.ts';
import { fold, turns } from '#core/text.ts';
import { coarsenPlace, containsFullPostcode, type Gazetteer, lookUpPlace, type Place, type PlaceAnswer, parsePlace } from '#db/gazetteer/index.ts';
import type { Point } from './nearest.ts';
import { searchFinder } from './search.ts';
import { EMPTY_QUERY, type FinderQuery, queryString, readQuery } from './search-query.ts';

/** Where a search looks: a point, everywhere, or nowhere yet because the place is not settled. */
export type Whereabouts =
	| { kind: 'anywhere' }
	| { kind: 'near'; place: Place; point: Point; others: Place[]; alsoNamed: number }
	| { kind: 'unsettled'; answer: Exclude<PlaceAnswer, { kind: 'found' }>; alsoNamed: number };

/** What the place of a search turns out to be. `alsoNamed`: how many therapists or practices have a name that begins so. */
export function whereabouts(ctx: Ctx, gazetteer: Gazetteer, query: FinderQuery): Whereabouts {
	if (!query.place || query.online || query.name) return { kind: 'anywhere' };
	const answer = lookUpPlace(gazetteer, query.place);
	const alsoNamed = peopleNamed(ctx, query.place);
	if (answer.kind !== 'found') return { kind: 'unsettled', answer, alsoNamed };
	const { others } = answer;
	const place = asAsked(answer.place, query.place);
	return { kind: 'near', place, point: { latitude: place.lat, longitude: place.lon }, others, alsoNamed };
}

/**
 * The one address of a search that someone typed, without the question mark: the place no finer than its sector and under its usual name;
 * `name=` when the text is no place and a therapist or practice is called so.
 * @param params fields of the search form; `place` and `name` may hold a full postcode, which goes no further
 */
export function addressOfTyped(ctx: Ctx, gazetteer: Gazetteer, params: URLSearchParams): string {
	const coarse = new URLSearchParams(params);
	coarse.set('place', coarsenPlace(params.get('place') ?? ''));
	const name = params.get('name') ?? '';
	if (containsFullPostcode(name)) coarse.set('name', coarsenPlace(name));
	const query = tidy(readQuery(coarse));
	return queryString(query.name || query.online ? query : settled(ctx, gazetteer, query));
}

/** Where only the district of `RG12 8` is known, it is still called what people asked for. */
function asAsked(place: Place, asked: string): Place {
	const code = coarsenPlace(asked);
	const isPart = place.precision !== 'town' && code.startsWith(place.value) && parsePlace(code).kind !== 'text';
	return isPart ? { ...place, label: code, value: code } : place;
}

/** The search under the settled name of its place. */
function settled(ctx: Ctx, gazetteer: Gazetteer, query: FinderQuery): FinderQuery {
	if (!query.place) return query;
	const answer = lookUpPlace(gazetteer, query.place);
	if (answer.kind === 'found') return { ...query, place: asAsked(answer.place, query.place).value };
	return isRatherName(ctx, answer, query.place) ? { ...EMPTY_QUERY, name: query.place } : query;
}

/** True when text that is no place is the beginning of a name; where it may be a misspelt place, only whole words of a name count. */
export function isRatherName(ctx: Ctx, answer: PlaceAnswer, typed: string): boolean {
	if (answer.kind === 'unknown') return peopleNamed(ctx, typed) > 0;
	return answer.kind === 'suggest' && isWholeName(ctx, typed);
}

/** A search without what it cannot use: a name search has no place; "online, anywhere" has no place and no distance. */
export function tidy(query: FinderQuery): FinderQuery {
	if (query.name) return { ...EMPTY_QUERY, name: query.name, page: query.page };
	if (query.online)
		return {
			...query,
			place: '',
			within: EMPTY_QUERY.within,
			options: new Set([...query.options].filter((code) => code !== 'in_person' && code !== 'online')),
		};
	return query.place ? query : { ...query, within: EMPTY_QUERY.within };
}

const MIN_NAME = 3;

function peopleNamed(ctx: Ctx, text: string): number {
	if (fold(text).length < MIN_NAME || /\d/.test(text)) return 0;
	return searchFinder(ctx, { ...EMPTY_QUERY, name: text }, null).total.count;
}

function isWholeName(ctx: Ctx, text: string): boolean {
	const wanted = fold(text);
	if (wanted.length < MIN_NAME) return false;
	const { results } = searchFinder(ctx, { ...EMPTY_QUERY, name: text }, null);
	const names = results.flatMap(({ card }) => [card.name, ...card.places.map((p) => p.practiceName ?? '')]);
	return names.some((name) => turns(name).some((turn) => turn === wanted || turn.startsWith(`${wanted} `)));
}

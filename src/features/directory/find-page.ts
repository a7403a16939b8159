import type { Ctx } from '#core/ctx.ts';
import { containsFullPostcode, type Gazetteer, type Place } from '#db/gazetteer/index.ts';
import { reading } from '#db/prepared.ts';
import { type EmptyHelp, helpWhenEmpty } from './empty.ts';
import { type Facets, facetsOf } from './facets.ts';
import { mapOf, type ResultMap } from './map.ts';
import { OPTIONS } from './options.ts';
import { addressOfTyped, isRatherName, tidy, type Whereabouts, whereabouts } from './place.ts';
import { lastPage, pageWords, resultsHeading } from './results-words.ts';
import { type FinderPage, searchFinder } from './search.ts';
import { DEFAULT_WITHIN, type FinderQuery, PAGE_SIZE, queryString, readQuery } from './search-query.ts';
import { readShortlist, shortlistQuery } from './shortlist.ts';

/** A list of therapists with everything around it, ready to draw. */
export type FoundList = {
	kind: 'list';
	query: FinderQuery;
	/** The slugs of a shortlist that travels along. */
	kept: string[];
	place: Place | null;
	others: Place[];
	alsoNamed: number;
	found: FinderPage;
	/** Number of the first result of this page. */
	first: number;
	pages: number;
	heading: string;
	title: string;
	/** Null where filters make no sense: a search by name. */
	facets: Facets | null;
	empty: EmptyHelp | null;
	map: ResultMap | null;
	canonical: string;
	isIndexed: boolean;
};

export type FindPage =
	| { kind: 'elsewhere'; query: string }
	| { kind: 'unsettled'; query: FinderQuery; kept: string[]; answer: Extract<Whereabouts, { kind: 'unsettled' }>['answer']; alsoNamed: number }
	| FoundList;

/** The parameters that a list of results depends on: a page with any other is made for one visitor alone. */
export const FIND_PARAMETERS: readonly string[] = ['place', 'online', 'name', 'within', 'fee', 'page', ...new Set(OPTIONS.map((o) => o.group))];

/** What an address of the finder shows. `elsewhere`: the query of the address to go to instead. */
export function findPage(ctx: Ctx, gazetteer: Gazetteer, params: URLSearchParams): FindPage {
	// One read transaction: list, counts and ways out all speak of the same moment.
	return reading(ctx.db.sql, () => pageAt(ctx, gazetteer, params));
}

function pageAt(ctx: Ctx, gazetteer: Gazetteer, params: URLSearchParams): FindPage {
	if (['place', 'name'].some((name) => containsFullPostcode(params.get(name) ?? '')))
		return { kind: 'elsewhere', query: addressOfSearch(ctx, gazetteer, params) };
	const query = tidy(readQuery(params));
	const kept = readShortlist(params).slugs;
	const where = whereabouts(ctx, gazetteer, query);
	if (where.kind !== 'unsettled') return listAt(ctx, gazetteer, { query, kept, where });
	if (isRatherName(ctx, where.answer, query.place)) return { kind: 'elsewhere', query: addressOfSearch(ctx, gazetteer, params) };
	return { kind: 'unsettled', query, kept, answer: where.answer, alsoNamed: where.alsoNamed };
}

/** The query of the address that a sent search form leads to, with the shortlist that travels along. */
export function addressOfSearch(ctx: Ctx, gazetteer: Gazetteer, params: URLSearchParams): string {
	return withKept(addressOfTyped(ctx, gazetteer, params), readShortlist(params).slugs);
}

/** A search's query with a shortlist added. */
export function withKept(query: string, kept: readonly string[]): string {
	const list = shortlistQuery({ slugs: [...kept], from: '' }).slice(1);
	return [query, list].filter(Boolean).join('&');
}

type Settled = { query: FinderQuery; kept: string[]; where: Exclude<Whereabouts, { kind: 'unsettled' }> };

function listAt(ctx: Ctx, gazetteer: Gazetteer, { query, kept, where }: Settled): FindPage {
	const near = where.kind === 'near' ? where : null;
	const point = near?.point ?? null;
	const found = searchFinder(ctx, query, point);
	if (found.results.length === 0 && query.page > 1) {
		// Always to an earlier page: just after midnight the count may still hold people who are no longer shown.
		const page = Math.min(lastPage(found.total), query.page - 1);
		return { kind: 'elsewhere', query: withKept(queryString({ ...query, page }), kept) };
	}
	const first = (query.page - 1) * PAGE_SIZE + 1;
	const heading = resultsHeading(query, found.total, near?.place.label ?? null);
	return {
		kind: 'list',
		query,
		kept,
		place: near?.place ?? null,
		others: near?.others ?? [],
		alsoNamed: near?.alsoNamed ?? 0,
		found,
		first,
		pages: found.hasNext ? Math.max(query.page + 1, lastPage(found.total)) : query.page,
		heading,
		title: `${heading}${pageWords(query, found.total)}`,
		facets: query.name ? null : facetsOf(ctx, query, point),
		empty: found.results.length === 0 && !query.name ? helpWhenEmpty(ctx, query, point) : null,
		map: point && mapOf(gazetteer, point, pinned(found, first)),
		canonical: queryString(near ? { ...query, place: near.place.value } : query),
		isIndexed: query.options.size === 0 && query.feeUpTo === null && query.within === DEFAULT_WITHIN && query.page === 1 && !query.name && kept.length === 0,
	};
}

function pinned(found: FinderPage, first: number) {
	return found.results.flatMap(({ near, card }, i) => (near ? [{ no: first + i, name: card.name, latitude: near.latitude, longitude: near.longitude }] : []));
}

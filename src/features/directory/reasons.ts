import { type FinderOption, hasOption, OPTION_BY_CODE } from './options.ts';
import type { FinderResult } from './search.ts';
import type { FinderQuery } from './search-query.ts';
import { sayMiles } from './words.ts';

/** Why one result is on the list: how near it is, then each chosen option that the therapist meets, then the fee. */
export function reasonsFor(result: FinderResult, query: FinderQuery, from: { label: string; rough: boolean } | null): string[] {
	const reasons = chosenOptions(query)
		.filter((option) => hasOption(result.flags, option.code))
		.map((option) => option.reason);
	if (query.online) reasons.unshift('works online by video');
	if (query.feeUpTo !== null) reasons.push(`a session costs from £${Math.ceil((result.card.feeFromPence ?? 0) / 100)}, within your £${query.feeUpTo}`);
	const near = distanceOf(result, from);
	if (near && from) reasons.unshift(`${near} from ${from.label}`);
	if (query.name) reasons.push('the name fits what you typed');
	return reasons;
}

/** How far a result is in words, or null where distance plays no part; rough when either end is known only roughly. */
export function distanceOf(result: FinderResult, from: { rough: boolean } | null): string | null {
	if (!result.near || !from) return null;
	return sayMiles(result.near.miles, from.rough || (result.card.places[result.near.place]?.isRough ?? false));
}

/** The chosen options in the order of the table. */
export function chosenOptions(query: FinderQuery): FinderOption[] {
	return [...OPTION_BY_CODE.values()].filter((option) => query.options.has(option.code));
}

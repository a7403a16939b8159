import { FEE_CAPS } from './options.ts';
import { type FinderQuery, masksOf } from './search-query.ts';

/** A count that stops counting: `isMore` says that there are more than `count`. */
export type Count = { count: number; isMore: boolean };

/** Counting a match costs what it counts: beyond this a page says "more than 500". */
export const COUNT_CAP = 500;

export type Filter = { masks: number[]; feeBand: number | null };

/** What the packed flags must meet. `online` is one more group of its own. */
export function filterOf(query: FinderQuery): Filter {
	const masks = [...masksOf(query.online ? new Set([...query.options].filter((o) => o !== 'in_person' && o !== 'online')) : query.options).values()];
	if (query.online) masks.push(2);
	return { masks, feeBand: query.feeUpTo === null ? null : FEE_CAPS.indexOf(query.feeUpTo as (typeof FEE_CAPS)[number]) + 1 };
}

/** SQL and values for a filter on a column of packed flags; the text depends on the number of groups alone, so few statements are compiled. */
export function flagsWhere(column: string, filter: Filter): { where: string; values: number[] } {
	const groups = filter.masks.map(() => ` AND (${column} & ?) <> 0`).join('');
	if (filter.feeBand === null) return { where: groups, values: filter.masks };
	return { where: `${groups} AND ((${column} >> 36) & 7) BETWEEN 1 AND ?`, values: [...filter.masks, filter.feeBand] };
}

export function capped(count: number): Count {
	return count > COUNT_CAP ? { count: COUNT_CAP, isMore: true } : { count, isMore: false };
}

import type { FinderQuery } from './search-query.ts';

/** How the list was put in order: said on every list, because people must be able to trust it. */
export function orderWords(query: FinderQuery, isNear: boolean): string {
	const unpaid = 'Nobody can pay to be higher.';
	if (query.name) return `In order of name. ${unpaid}`;
	if (isNear) return `Nearest first, by whole miles. Where miles do not decide, chance does, anew each day and the same for everyone. ${unpaid}`;
	return `In an order made by chance, anew each day and the same for everyone. ${unpaid}`;
}

import { countOf } from '#core/text.ts';
import type { Count } from './filter.ts';
import { type FinderQuery, PAGE_SIZE } from './search-query.ts';

/** How many, in words: `12 therapists`, `more than 500 therapists`. */
export function sayTotal(total: Count): string {
	return total.isMore ? `more than ${countOf(total.count, 'therapist')}` : countOf(total.count, 'therapist');
}

/** The heading of a list, and the beginning of its title: `12 therapists near RG12 8`. @param near the place's label, or null */
export function resultsHeading(query: FinderQuery, total: Count, near: string | null): string {
	const many = total.count === 0 && !total.isMore ? 'No therapists' : sayTotal(total);
	const text = `${many}${whichOnes(query, near)}`;
	return text.charAt(0).toUpperCase() + text.slice(1);
}

function whichOnes(query: FinderQuery, near: string | null): string {
	if (query.name) return ` called “${query.name}”`;
	if (query.online) return ' who work online';
	if (near) return ` near ${near}`;
	return ' anywhere in the UK';
}

/** ` (page 2 of 3)`, or nothing on the first page. */
export function pageWords(query: FinderQuery, total: Count): string {
	if (query.page === 1) return '';
	return total.isMore ? ` (page ${query.page})` : ` (page ${query.page} of ${lastPage(total)})`;
}

/** The last page of a list whose length is known; at least 1. */
export function lastPage(total: Count): number {
	return Math.max(1, Math.ceil(total.count / PAGE_SIZE));
}

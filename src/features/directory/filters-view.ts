import type { Facets } from './facets.ts';
import { FEE_CAPS, OPTIONS, type OptionGroup } from './options.ts';
import { chosenOptions } from './reasons.ts';
import { DEFAULT_WITHIN, EMPTY_QUERY, type FinderQuery, queryString, WITHIN_MILES, withOption } from './search-query.ts';

export type FilterView = {
	group: OptionGroup;
	legend: string;
	chosen: number;
	options: { code: string; label: string; isChosen: boolean; count: string }[];
};

const LEGENDS: [OptionGroup, string][] = [
	['how', 'How you meet'],
	['who', 'Who it is for'],
	['focus', 'What is going on'],
	['also', 'Also living with'],
	['now', 'Free places'],
	['reduced', 'Lower fees'],
	['funding', 'Paying'],
	['language', 'Language'],
	['gender', 'The therapist is'],
	['access', 'Access'],
	['more', 'For professionals'],
];

/** The groups of filters with the count beside each option; `at least` where only a part was looked at. */
export function filterViews(query: FinderQuery, facets: Facets): FilterView[] {
	return LEGENDS.filter(([group]) => !(query.online && group === 'how')).map(([group, legend]) => {
		const options = OPTIONS.filter((o) => o.group === group).map((o) => ({
			code: o.code as string,
			label: o.label as string,
			isChosen: query.options.has(o.code),
			count: sayCount(facets.counts.get(o.code) ?? 0, facets.isAtLeast),
		}));
		return { group, legend, chosen: options.filter((o) => o.isChosen).length, options };
	});
}

export type SelectView = { value: string; label: string; isChosen: boolean };

/** The choices of "fee up to", each with how many therapists it leaves. */
export function feeChoices(query: FinderQuery, facets: Facets): SelectView[] {
	const caps = FEE_CAPS.map((cap) => {
		const count = sayCount(facets.feeCounts.get(cap) ?? 0, facets.isAtLeast);
		return { value: String(cap), label: `Up to £${cap} (${count})`, isChosen: query.feeUpTo === cap };
	});
	return [{ value: '', label: 'Any fee', isChosen: query.feeUpTo === null }, ...caps];
}

/** The choices of distance. */
export function withinChoices(query: FinderQuery): SelectView[] {
	return WITHIN_MILES.map((miles) => ({
		value: miles === DEFAULT_WITHIN ? '' : String(miles),
		label: `Within ${miles} miles`,
		isChosen: query.within === miles,
	}));
}

/** What is chosen, each with the search without it. */
export function appliedFilters(query: FinderQuery): { label: string; without: FinderQuery }[] {
	const applied = chosenOptions(query).map((o) => ({ label: o.label, without: withOption(query, o.code, false) }));
	if (query.feeUpTo !== null) applied.push({ label: `Up to £${query.feeUpTo}`, without: { ...query, feeUpTo: null, page: 1 } });
	if (query.within !== DEFAULT_WITHIN) applied.push({ label: `Within ${query.within} miles`, without: { ...query, within: DEFAULT_WITHIN, page: 1 } });
	return applied;
}

/** The search with every filter taken off. */
export function withoutFilters(query: FinderQuery): FinderQuery {
	return { ...EMPTY_QUERY, place: query.place, online: query.online, name: query.name };
}

/** The fields of a search that a form about something else carries along, hidden. `except` are the names that the form itself asks for. */
export function carriedFields(query: FinderQuery, kept: readonly string[], except: readonly string[]): { name: string; value: string }[] {
	const params = [...new URLSearchParams(queryString({ ...query, page: 1 })), ...kept.map((slug) => ['t', slug] as const)];
	return params.filter(([name]) => !except.includes(name)).map(([name, value]) => ({ name, value }));
}

function sayCount(count: number, isAtLeast: boolean): string {
	return isAtLeast && count > 0 ? `at least ${count.toLocaleString('en-GB')}` : count.toLocaleString('en-GB');
}

import { FEE_CAPS, OPTION_BY_CODE, OPTIONS, type OptionGroup } from './options.ts';

export const WITHIN_MILES = [5, 10, 15, 30, 50, 100] as const;
export const DEFAULT_WITHIN = 15;
export const PAGE_SIZE = 15;
/** Pages end here: nobody reads further, and every page costs the ones before it. */
export const LAST_PAGE = 40;

/** A search as its address holds it. `place` is never finer than a postcode sector. */
export type FinderQuery = {
	place: string;
	/** Online, anywhere: the place does not matter then. */
	online: boolean;
	name: string;
	within: number;
	options: ReadonlySet<string>;
	feeUpTo: number | null;
	page: number;
};

export const EMPTY_QUERY: FinderQuery = { place: '', online: false, name: '', within: DEFAULT_WITHIN, options: new Set(), feeUpTo: null, page: 1 };

/** Reads a search from an address. Unknown parameters and values are left out; nothing here can fail. */
export function readQuery(params: URLSearchParams): FinderQuery {
	const options = OPTIONS.filter((o) => params.getAll(o.group).includes(o.code)).map((o) => o.code);
	return {
		place: clean(params.get('place')),
		online: params.get('online') === '1',
		name: clean(params.get('name')),
		within: oneOf(WITHIN_MILES, params.get('within')) ?? DEFAULT_WITHIN,
		options: new Set(options),
		feeUpTo: oneOf(FEE_CAPS, params.get('fee')),
		page: Math.min(LAST_PAGE, Math.max(1, Math.trunc(Number(params.get('page')) || 1))),
	};
}

/** The one address of a search: known parameters only, in one order, defaults left out. `''` for the empty search. */
export function queryString(query: FinderQuery): string {
	const params = new URLSearchParams();
	if (query.place) params.set('place', query.place);
	if (query.online) params.set('online', '1');
	if (query.name) params.set('name', query.name);
	if (query.within !== DEFAULT_WITHIN) params.set('within', String(query.within));
	for (const option of OPTIONS) if (query.options.has(option.code)) params.append(option.group, option.code);
	if (query.feeUpTo !== null) params.set('fee', String(query.feeUpTo));
	if (query.page > 1) params.set('page', String(query.page));
	return params.toString();
}

/** The same search with one option more or less, from its first page. */
export function withOption(query: FinderQuery, code: string, on: boolean): FinderQuery {
	const options = new Set(query.options);
	if (on) options.add(code);
	else options.delete(code);
	return { ...query, options, page: 1 };
}

/** Bit masks of the chosen options, one per group: a therapist must meet every mask with at least one bit. */
export function masksOf(options: ReadonlySet<string>, except?: OptionGroup): Map<OptionGroup, number> {
	const masks = new Map<OptionGroup, number>();
	for (const code of options) {
		const option = OPTION_BY_CODE.get(code);
		if (option && option.group !== except) masks.set(option.group, (masks.get(option.group) ?? 0) + 2 ** option.bit);
	}
	return masks;
}

function oneOf<T extends number>(allowed: readonly T[], text: string | null): T | null {
	return allowed.find((value) => String(value) === text) ?? null;
}

/** Control characters and direction marks out, at most 80 characters. */
function clean(text: string | null): string {
	return (text ?? '')
		.normalize('NFKC')
		.replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 80);
}

import type { Ctx } from '#core/ctx.ts';
import type { Count } from './filter.ts';
import type { Point } from './nearest.ts';
import { OPTIONS, type OptionGroup } from './options.ts';
import { chosenOptions } from './reasons.ts';
import { countFinder } from './search.ts';
import { type FinderQuery, WITHIN_MILES } from './search-query.ts';

/** A search that would find someone, with the number it would give. */
export type WayOut = { query: FinderQuery; total: Count };

export type EmptyHelp = {
	/** The first wider distance that finds anyone, then the widest of all if that finds more. */
	wider: WayOut[];
	online: WayOut | null;
	/** The one group of filters whose absence helps most; `label` says what was chosen there. */
	without: (WayOut & { label: string }) | null;
	/** All filters away, where no single one helps. */
	withoutAny: WayOut | null;
};

/** What someone can do who found nobody. Every number is counted, none is promised. */
export function helpWhenEmpty(ctx: Ctx, query: FinderQuery, point: Point | null): EmptyHelp {
	const first = { ...query, page: 1 };
	const count = (q: FinderQuery): WayOut => ({ query: q, total: countFinder(ctx, q, point) });
	const without = bestWithout(first, count);
	const bare = { ...first, options: new Set<string>(), feeUpTo: null };
	return {
		wider: point && !query.online ? widerSteps(first, count) : [],
		online: query.online
			? null
			: found(count({ ...first, place: '', online: true, options: new Set([...first.options].filter((c) => c !== 'in_person' && c !== 'online')) })),
		without,
		withoutAny: without || (query.options.size === 0 && query.feeUpTo === null) ? null : found(count(bare)),
	};
}

function widerSteps(query: FinderQuery, count: (q: FinderQuery) => WayOut): WayOut[] {
	const steps = WITHIN_MILES.filter((miles) => miles > query.within).map((within) => count({ ...query, within }));
	const first = steps.find((step) => step.total.count > 0);
	const widest = steps.at(-1);
	if (!first || !widest) return [];
	return widest.total.count > first.total.count ? [first, widest] : [first];
}

function bestWithout(query: FinderQuery, count: (q: FinderQuery) => WayOut): EmptyHelp['without'] {
	const groups = new Set<OptionGroup>(OPTIONS.filter((o) => query.options.has(o.code)).map((o) => o.group));
	const tries = [...groups].map((group) => {
		const chosen = chosenOptions(query).filter((o) => o.group === group);
		const options = new Set([...query.options].filter((code) => !chosen.some((o) => o.code === code)));
		return { ...count({ ...query, options }), label: chosen.map((o) => o.label).join(' or ') };
	});
	if (query.feeUpTo !== null) tries.push({ ...count({ ...query, feeUpTo: null }), label: `Up to £${query.feeUpTo}` });
	const best = tries.sort((a, b) => b.total.count - a.total.count)[0];
	return best && best.total.count > 0 ? best : null;
}

function found(way: WayOut): WayOut | null {
	return way.total.count > 0 ? way : null;
}

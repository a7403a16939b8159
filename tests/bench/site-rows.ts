import type { VisitResult } from './first-visit.ts';
import type { HttpResult } from './http.ts';
import type { InProcessResult } from './in-process.ts';
import type { Row, Sizes } from './part.ts';
import { ms, number } from './table.ts';

/** What the public meets: pages of results under load, and the memory they took. */
export function httpRows({ uncached, shared, sharedBrotli, rssMb, peakMb }: HttpResult, sizes: Sizes): Row[] {
	const kb = (bytes: number) => `${Math.round(bytes / 1024)} KB`;
	const against = (d: typeof uncached) =>
		`**${d.ratio.toFixed(2)}** (${number(d.ours)} against ${number(d.theirs)} a second; pages of ${kb(d.oursSize)} and ${kb(d.theirsSize)})`;
	const latency = `50 % within ${uncached.oursP50.toFixed(0)} ms, 99 % within ${uncached.oursP99.toFixed(0)} ms`;
	return [
		{
			what: `Search page, none cached, ${number(sizes.middle)} people, 32 connections, against \`hand\``,
			goal: '≥ 0.35',
			measured: against(uncached),
			isMet: uncached.ratio >= 0.35,
		},
		{ what: 'The same: time to a whole page under that load', goal: '', measured: latency, isMet: null },
		{ what: 'Shared search page, not compressed, against `bytes`', goal: '≥ 0.5', measured: against(shared), isMet: shared.ratio >= 0.5 },
		{ what: 'Shared search page, brotli, against `bytes`', goal: '≥ 0.5', measured: against(sharedBrotli), isMet: sharedBrotli.ratio >= 0.5 },
		{
			what: `Resident memory after the load, ${number(sizes.middle)} (peak)`,
			goal: '< 350 MB',
			measured: `${number(rssMb)} MB (${number(peakMb)} MB)`,
			isMet: rssMb < 350,
		},
	];
}

/** Searches in the database alone, in a small register and in a large one. */
export function databaseRows({ small, large }: { small: InProcessResult; large: InProcessResult }, sizes: Sizes): Row[] {
	const growth = large.search.p50 / small.search.p50;
	const [few, many] = [number(sizes.small), number(sizes.large)];
	const pair = (what: 'search' | 'searchAndFacets', part: 'p50' | 'p99') => `${ms(small[what][part])} → ${ms(large[what][part])}`;
	return [
		{
			what: `One search in the database, p50, ${few} → ${many}`,
			goal: '≤ 3 ×',
			measured: `**${growth.toFixed(1)} ×** (${pair('search', 'p50')})`,
			isMet: growth <= 3,
		},
		{ what: `One search in the database, p99, ${few} → ${many}`, goal: '< 20 ms', measured: pair('search', 'p99'), isMet: large.search.p99 < 20 },
		{ what: 'With the counts beside all filters: p50', goal: '', measured: pair('searchAndFacets', 'p50'), isMet: null },
		{ what: 'With the counts beside all filters: p99', goal: '', measured: pair('searchAndFacets', 'p99'), isMet: null },
		{
			what: `Register number looked up, ${many}, p50 (p99)`,
			goal: '< 0.1 ms',
			measured: `${ms(large.byNumber.p50)} (${ms(large.byNumber.p99)})`,
			isMet: large.byNumber.p50 < 0.1,
		},
		{
			what: 'Its whole entry, status worked out from the facts, p50 (p99)',
			goal: '',
			measured: `${ms(large.entry.p50)} (${ms(large.entry.p99)})`,
			isMet: null,
		},
		{
			what: `Names by prefix, ${many}, p99 (p50)`,
			goal: '< 10 ms',
			measured: `${ms(large.byName.p99)} (${ms(large.byName.p50)})`,
			isMet: large.byName.p99 < 10,
		},
	];
}

export function startRow(startMs: number, sizes: Sizes): Row {
	return {
		what: `Start to the first page of results, ${number(sizes.large)}`,
		goal: '< 2 s',
		measured: `${(startMs / 1000).toFixed(2)} s`,
		isMet: startMs < 2000,
	};
}

export function visitRows(visit: VisitResult): Row[] {
	const kb = (bytes: number) => (bytes / 1000).toFixed(1);
	const parts = `page ${kb(visit.document)}, style ${kb(visit.style)}, font ${kb(visit.font)}, script ${kb(visit.script)}, other ${kb(visit.other)}`;
	return [
		{
			what: 'First visit to a page of results, brotli, all files',
			goal: '< 100 KB',
			measured: `${kb(visit.total)} KB (${parts})`,
			isMet: visit.total < 100_000,
		},
		{
			what: 'JavaScript needed',
			goal: '0 bytes',
			measured: visit.resultsWithoutScript > 0 ? `0 bytes (${visit.resultsWithoutScript} results with JavaScript off)` : 'no results without it',
			isMet: visit.resultsWithoutScript > 0,
		},
	];
}

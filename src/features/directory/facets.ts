import type { Ctx } from '#core/ctx.ts';
import { prepared, reading } from '#db/prepared.ts';
import { BOX, boxOf, milesBetween, type Point } from './nearest.ts';
import { bandOf, FEE_CAPS, type FinderOption, OPTIONS, type OptionGroup } from './options.ts';
import { daySeed } from './rotation.ts';
import { type FinderQuery, masksOf } from './search-query.ts';

/** How many each option would leave or bring; `isAtLeast` when only the first thousand around were looked at. */
export type Facets = { counts: ReadonlyMap<string, number>; feeCounts: ReadonlyMap<number, number>; isAtLeast: boolean };

/** Therapists looked at for the counts beside the filters: exact for every real register, flat for a million. */
export const FACET_SAMPLE = 1000;

/** Two halves of packed flags as 32-bit integers: bit operations in JavaScript reach no further. */
type Halves = { low: number; high: number };

const BY_GROUP = Map.groupBy(OPTIONS as readonly FinderOption[], (option) => option.group);

/**
 * The count beside each filter option: with it and the chosen options of all other groups (AND between groups, OR inside one).
 */
export function facetsOf(ctx: Ctx, query: FinderQuery, point: Point | null): Facets {
	const { rows, isAtLeast } = reading(ctx.db.sql, () => (point && !query.online ? sampleNear(ctx, query, point) : sampleAnywhere(ctx, query)));
	const counts = new Map<string, number>();
	for (const [group, options] of BY_GROUP) {
		const left = passing(rows, query, group);
		for (const option of options) counts.set(option.code, countOf(left, halvesOf(2 ** option.bit)));
	}
	const affordable = passing(rows, { ...query, feeUpTo: null }, undefined).map(band);
	const feeCounts = new Map<number, number>(FEE_CAPS.map((cap, i) => [cap, affordable.filter((b) => b >= 1 && b <= i + 1).length]));
	return { counts, feeCounts, isAtLeast };
}

type Sample = { rows: Halves[]; isAtLeast: boolean };

function sampleNear(ctx: Ctx, query: FinderQuery, point: Point): Sample {
	const text = `SELECT id >> 42, id & 1048575, (id >> 20) & 1048575, south, west FROM finder_place WHERE ${BOX} LIMIT ?`;
	const read = prepared(ctx.db.sql, text)
		.raw()
		.all(...boxOf(point, query.within), FACET_SAMPLE) as [number, number, number, number, number][];
	const people = new Map<number, Halves>();
	for (const [no, low, high, latitude, longitude] of read) {
		if (milesBetween(point, { latitude, longitude }) > query.within) continue;
		const known = people.get(no);
		// Of two places near, either may be the one without steps.
		if (known) known.high |= high;
		else people.set(no, { low, high });
	}
	return { rows: [...people.values()], isAtLeast: read.length === FACET_SAMPLE };
}

function sampleAnywhere(ctx: Ctx, query: FinderQuery): Sample {
	const online = query.online ? 1 : 0;
	const part = (bounds: string, limit: number) => {
		const text = `SELECT flags & 1048575 AS low, (flags >> 20) & 1048575 AS high FROM finder INDEXED BY finder_turn
			WHERE turn ${bounds} ? AND (? = 0 OR (flags & 2) <> 0) ORDER BY turn LIMIT ?`;
		return prepared(ctx.db.sql, text).all(daySeed(ctx.today), online, limit) as Halves[];
	};
	const rows = part('>=', FACET_SAMPLE);
	if (rows.length < FACET_SAMPLE) rows.push(...part('<', FACET_SAMPLE - rows.length));
	return { rows, isAtLeast: rows.length === FACET_SAMPLE };
}

/** The rows that meet all groups but one. */
function passing(rows: Halves[], query: FinderQuery, except: OptionGroup | undefined): Halves[] {
	const masks = [...masksOf(query.options, except).values()].map(halvesOf);
	const cap = query.feeUpTo === null ? null : FEE_CAPS.indexOf(query.feeUpTo as (typeof FEE_CAPS)[number]) + 1;
	if (masks.length === 0 && cap === null) return rows;
	return rows.filter((row) => masks.every((m) => meets(row, m)) && (cap === null || (band(row) >= 1 && band(row) <= cap)));
}

/** A plain loop: it runs once for each of some forty options. */
function countOf(rows: Halves[], mask: Halves): number {
	let count = 0;
	for (const row of rows) if (meets(row, mask)) count += 1;
	return count;
}

function meets(row: Halves, mask: Halves): boolean {
	return ((row.low & mask.low) | (row.high & mask.high)) !== 0;
}

function halvesOf(flags: number): Halves {
	return { low: flags % 2 ** 20, high: Math.floor(flags / 2 ** 20) };
}

function band(row: Halves): number {
	return bandOf(row.high * 2 ** 20);
}

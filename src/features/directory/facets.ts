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

/**
 * The count beside each filter option: with it and the chosen options of all other groups (AND between groups, OR inside one).
 */
export function facetsOf(ctx: Ctx, query: FinderQuery, point: Point | null): Facets {
	const rows = reading(ctx.db.sql, () => (point && !query.online ? sampleNear(ctx, query, point) : sampleAnywhere(ctx, query)));
	const counts = new Map<string, number>();
	const feeCounts = new Map<number, number>();
	const groups = new Set(OPTIONS.map((o) => o.group as OptionGroup));
	for (const group of groups) {
		const pass = passes(query, group);
		const left = rows.filter(pass);
		for (const option of OPTIONS) if (option.group === group) counts.set(option.code, left.filter((r) => has(r, option)).length);
	}
	const affordable = rows.filter(passes({ ...query, feeUpTo: null }, undefined));
	for (const [i, cap] of FEE_CAPS.entries()) feeCounts.set(cap, affordable.filter((r) => band(r) >= 1 && band(r) <= i + 1).length);
	return { counts, feeCounts, isAtLeast: rows.length >= FACET_SAMPLE };
}

function sampleNear(ctx: Ctx, query: FinderQuery, point: Point): Halves[] {
	const text = `SELECT id >> 42 AS no, south AS latitude, west AS longitude, id & 1048575 AS low, (id >> 20) & 1048575 AS high FROM finder_place WHERE ${BOX} LIMIT ?`;
	const rows = prepared(ctx.db.sql, text).all(...boxOf(point, query.within), FACET_SAMPLE) as (Halves & Point & { no: number })[];
	const seen = new Set<number>();
	return rows.filter((r) => milesBetween(point, r) <= query.within && !seen.has(r.no) && seen.add(r.no));
}

function sampleAnywhere(ctx: Ctx, query: FinderQuery): Halves[] {
	const text = `SELECT flags & 1048575 AS low, (flags >> 20) & 1048575 AS high FROM finder INDEXED BY finder_turn
		WHERE turn >= ? AND (? = 0 OR (flags & 2) <> 0) ORDER BY turn LIMIT ?`;
	const online = query.online ? 1 : 0;
	const rows = prepared(ctx.db.sql, text).all(daySeed(ctx.today), online, FACET_SAMPLE) as Halves[];
	if (rows.length >= FACET_SAMPLE) return rows;
	return rows.concat(prepared(ctx.db.sql, text.replace('turn >=', 'turn <')).all(daySeed(ctx.today), online, FACET_SAMPLE - rows.length) as Halves[]);
}

function passes(query: FinderQuery, except: OptionGroup | undefined): (row: Halves) => boolean {
	const masks = [...masksOf(query.options, except).values()].map((mask) => ({ low: mask % 2 ** 20, high: Math.floor(mask / 2 ** 20) }));
	const cap = query.feeUpTo === null ? null : FEE_CAPS.indexOf(query.feeUpTo as (typeof FEE_CAPS)[number]) + 1;
	return (row) => masks.every((m) => (row.low & m.low) !== 0 || (row.high & m.high) !== 0) && (cap === null || (band(row) >= 1 && band(row) <= cap));
}

function has(row: Halves, option: FinderOption): boolean {
	return option.bit < 20 ? (row.low & (1 << option.bit)) !== 0 : (row.high & (1 << (option.bit - 20))) !== 0;
}

function band(row: Halves): number {
	return bandOf(row.high * 2 ** 20);
}

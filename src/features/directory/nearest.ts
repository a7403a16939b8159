import type Database from 'better-sqlite3';
import { prepared } from '#db/prepared.ts';
import { type Count, capped, type Filter, flagsWhere } from './filter.ts';
import { type Rotation, TURNS, turnIn, turnText, turnValues } from './rotation.ts';

export type Point = { latitude: number; longitude: number };
export type Near = Point & { no: number; place: number; miles: number };
type Search = { point: Point; within: number; filter: Filter; wanted: number; rotation: Rotation };

const EARTH_MILES = 3958.8;
const MILES_PER_DEGREE = 69.05;
/** The bits of an id that are nought for a therapist's first place. */
const LATER_PLACE = 3 * 2 ** 40;
const EARLY_TURN = turnText('(rowid >> 42)');

/** `wanted` times this, by everyone, is the share of the day's turns that is read first: of a million therapists one in sixteen. */
const EARLY = 4000;
/** A larger share costs more to tell apart than it saves, so a register below a quarter of a million is always read whole. */
const LARGEST_SHARE = 0.25;
/** Miles. Around places this sparse, too few come early too often. */
const EARLY_WITHIN = 2;

/**
 * The nearest therapists in exact order: by whole miles, then by the rotation of the day; each once, at their nearest place.
 * The radius doubles until every mile ring that is handed out is complete, so the cost follows the page and not the register.
 * `total`: how many there are in all, where the whole circle had to be read anyway; else null.
 */
export function nearest(sql: Database.Database, search: Search): { found: Near[]; total: number | null } {
	const share = (search.wanted * EARLY) / everyone(sql);
	let known: Near[] = [];
	// All rings before `next` are known whole.
	for (let [radius, next] = [0.5, 0]; ; [radius, next] = [radius * 2 + 0.5, radius + 0.5]) {
		const isLast = radius >= search.within;
		const reach = isLast ? search.within : radius;
		if (share < LARGEST_SHARE && radius < EARLY_WITHIN) {
			// A therapist has the same turn at all their places, so the early ones are whole: enough of them in the next ring end the search.
			const early = inside(sql, search, reach, share).filter((row) => Math.round(row.miles) === next);
			const found = firstOf([early], search, known);
			if (found.length >= search.wanted) return { found, total: null };
		}
		// Inside a radius of 1.5 miles every place that rounds to 1 mile is known, but not every one that rounds to 2.
		const rows = inside(sql, search, reach, 1);
		known = firstOf(ringsOf(rows, isLast ? Number.POSITIVE_INFINITY : reach - 0.5), search, []);
		if (isLast || known.length >= search.wanted) return { found: known, total: isLast ? new Set(rows.map((row) => row.no)).size : null };
	}
}

/** How many therapists have a place inside a radius, counted no further than the cap. */
export function countNear(sql: Database.Database, point: Point, within: number, filter: Filter, cap: number): Count {
	const { where, values } = flagsWhere('rowid', filter);
	// The square inside the circle, first places only: each of these therapists counts once, and the cap is mostly reached there.
	// Stepping over rows inside SQLite costs a tenth of reading them.
	const inner = `SELECT 1 FROM finder_place WHERE ${BOX} AND (rowid & ${LATER_PLACE}) = 0${where} LIMIT 1 OFFSET ?`;
	const surely = prepared(sql, inner).pluck();
	if (surely.get(...boxOf(point, within * Math.SQRT1_2), ...values, cap) !== undefined) return capped(cap + 1);
	const text = `SELECT rowid >> 42 AS no, south AS latitude, west AS longitude FROM finder_place WHERE ${BOX}${where} LIMIT ?`;
	// What is left is mostly small. A large town at the very edge is read only so far: what was seen by then is the count, and there are more.
	const rows = prepared(sql, text).all(...boxOf(point, within), ...values, cap * 8) as Pick<Near, 'no' | 'latitude' | 'longitude'>[];
	const people = new Set(rows.filter((r) => milesBetween(point, r) <= within).map((r) => r.no)).size;
	return rows.length < cap * 8 ? capped(people) : { count: Math.min(people, cap), isMore: true };
}

export const BOX = 'south >= ? AND north <= ? AND west >= ? AND east <= ?';

/** South, north, west, east of the box around a circle. */
export function boxOf(point: Point, miles: number): [number, number, number, number] {
	const dLat = miles / MILES_PER_DEGREE;
	const dLon = miles / (MILES_PER_DEGREE * Math.cos((point.latitude * Math.PI) / 180));
	return [point.latitude - dLat, point.latitude + dLat, point.longitude - dLon, point.longitude + dLon];
}

/** Great-circle distance in miles. */
export function milesBetween(a: Point, b: Point): number {
	const rad = Math.PI / 180;
	const dLat = (b.latitude - a.latitude) * rad;
	const dLon = (b.longitude - a.longitude) * rad;
	const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLon / 2) ** 2;
	return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The highest number in the finder: gaps are rare. */
function everyone(sql: Database.Database): number {
	return (prepared(sql, 'SELECT max(no) FROM finder').pluck().get() as number | null) ?? 0;
}

/** Places in a circle, of those whose turn is within the first `share` of the day. */
function inside(sql: Database.Database, search: Search, reach: number, share: number): Near[] {
	const { where, values } = flagsWhere('rowid', search.filter);
	const early =
		share < 1 ? { where: ` AND ${EARLY_TURN} < ?`, values: [...turnValues(search.rotation), BigInt(Math.ceil(share * TURNS))] } : { where: '', values: [] };
	// Every column costs a quarter of the whole: therapist and place come as one number.
	const text = `SELECT rowid >> 40 AS key, south AS latitude, west AS longitude FROM finder_place WHERE ${BOX}${where}${early.where}`;
	const rows = prepared(sql, text).all(...boxOf(search.point, reach), ...values, ...early.values) as (Point & { key: number })[];
	const near: Near[] = [];
	for (const { key, latitude, longitude } of rows) {
		const miles = milesBetween(search.point, { latitude, longitude });
		if (miles <= reach) near.push({ no: key >> 2, place: key & 3, latitude, longitude, miles });
	}
	return near;
}

/** Places by whole miles, as far as `last`. A million therapists put thousands into one ring: only what is handed out gets sorted. */
function ringsOf(rows: Near[], last: number): Near[][] {
	const rings: Near[][] = [];
	for (const row of rows) {
		const mile = Math.round(row.miles);
		if (mile <= last) (rings[mile] ??= []).push(row);
	}
	return rings.filter(Boolean);
}

/** Ring by ring until enough are found, each therapist once: in the nearest ring they have a place in, at their nearest place. */
function firstOf(rings: Near[][], { wanted, rotation }: Search, known: Near[]): Near[] {
	const found = new Map(known.map((row) => [row.no, row]));
	for (const ring of rings) {
		if (found.size >= wanted) break;
		const inner = new Set(found.keys());
		for (const row of inTurn(ring, rotation, wanted)) {
			const first = found.get(row.no);
			if (!first || (!inner.has(row.no) && row.miles < first.miles)) found.set(row.no, row);
		}
	}
	return [...found.values()].slice(0, wanted);
}

/** The first of a ring in the rotation of the day. Turns are evenly spread, so a bound that lets enough through holds the first ones. */
function inTurn(ring: Near[], rotation: Rotation, wanted: number): Near[] {
	const bound = (wanted * 8 * TURNS) / ring.length;
	const keyed = ring.map((row) => ({ row, turn: turnIn(rotation, row.no) }));
	const early = keyed.filter((k) => k.turn < bound);
	return (early.length >= wanted * 4 ? early : keyed).sort((a, b) => a.turn - b.turn || a.row.no - b.row.no).map((k) => k.row);
}

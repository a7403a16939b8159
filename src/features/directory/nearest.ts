import type Database from 'better-sqlite3';
import { prepared } from '#db/prepared.ts';
import { type Count, capped, type Filter, flagsWhere } from './filter.ts';
import { mixed } from './rotation.ts';

export type Point = { latitude: number; longitude: number };
export type Near = Point & { no: number; place: number; miles: number };
type Search = { point: Point; within: number; filter: Filter; wanted: number; seed: number };

const EARTH_MILES = 3958.8;
const MILES_PER_DEGREE = 69.05;

/**
 * The nearest therapists in exact order: by whole miles, then by the rotation of the day; each once, at their nearest place.
 * The radius doubles until every mile ring that is handed out is complete, so the cost follows the page and not the register.
 */
export function nearest(sql: Database.Database, search: Search): Near[] {
	for (let radius = 1.5; ; radius *= 2) {
		const isLast = radius >= search.within;
		const reach = isLast ? search.within : radius;
		const found = oncePerTherapist(inside(sql, search, reach));
		// Inside a radius of 3 miles every place that rounds to 2 miles is known, but not every one that rounds to 3.
		const complete = isLast ? found : found.filter((n) => Math.round(n.miles) + 0.5 <= reach);
		if (isLast || complete.length >= search.wanted) return inOrder(complete, search.seed).slice(0, search.wanted);
	}
}

/** How many therapists have a place inside a radius, counted no further than the cap. The corners of the box are left out when few. */
export function countNear(sql: Database.Database, point: Point, within: number, filter: Filter, cap: number): Count {
	const { where, values } = flagsWhere('id', filter);
	const text = `SELECT id >> 42 AS no, 0 AS place, south AS latitude, west AS longitude FROM finder_place WHERE ${BOX}${where} LIMIT ?`;
	// A box is 27 % larger than its circle, and a therapist may have four places: read as many as could be needed, no more.
	const rows = prepared(sql, text).all(...boxOf(point, within), ...values, cap * 3) as Omit<Near, 'miles'>[];
	const people = new Set(rows.filter((r) => milesBetween(point, r) <= within).map((r) => r.no));
	return capped(rows.length === cap * 3 ? Math.max(people.size, cap + 1) : people.size);
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

function inside(sql: Database.Database, search: Search, reach: number): Near[] {
	const { where, values } = flagsWhere('id', search.filter);
	const text = `SELECT id >> 42 AS no, (id >> 40) & 3 AS place, south AS latitude, west AS longitude FROM finder_place WHERE ${BOX}${where}`;
	const rows = prepared(sql, text).all(...boxOf(search.point, reach), ...values) as Near[];
	for (const row of rows) row.miles = milesBetween(search.point, row);
	return rows.filter((row) => row.miles <= reach);
}

function oncePerTherapist(rows: Near[]): Near[] {
	const best = new Map<number, Near>();
	for (const row of rows) {
		const known = best.get(row.no);
		if (!known || row.miles < known.miles) best.set(row.no, row);
	}
	return [...best.values()];
}

function inOrder(rows: Near[], seed: number): Near[] {
	const keyed = rows.map((row) => ({ row, mile: Math.round(row.miles), turn: mixed(row.no, seed) }));
	return keyed.sort((a, b) => a.mile - b.mile || a.turn - b.turn || a.row.no - b.row.no).map((k) => k.row);
}

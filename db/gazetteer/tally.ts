import { areaOf, type Nation, nationOf } from './areas.ts';
import type { Point } from './distance.ts';

/** Adds up points so that a sector's, district's or area's mean can be had; live postcodes count before retired ones. */
export type Tally = { live: Sum; retired: Sum; votes: Map<Nation, number> };
type Sum = { n: number; lat: number; lon: number };

export function emptyTally(): Tally {
	return { live: { n: 0, lat: 0, lon: 0 }, retired: { n: 0, lat: 0, lon: 0 }, votes: new Map() };
}

/** Counts one postcode: point in decimal degrees, nation null when the file does not say. */
export function count(tally: Tally, point: Point, isRetired: boolean, nation: Nation | null): void {
	const sum = isRetired ? tally.retired : tally.live;
	sum.n += 1;
	sum.lat += point.lat;
	sum.lon += point.lon;
	if (nation !== null) tally.votes.set(nation, (tally.votes.get(nation) ?? 0) + 1);
}

/** The mean point, rounded to about a metre; of retired postcodes only where there is no live one. */
export function meanOf(tally: Tally): Point {
	const sum = tally.live.n > 0 ? tally.live : tally.retired;
	return { lat: round(sum.lat / sum.n), lon: round(sum.lon / sum.n) };
}

/** The nation of most of the postcodes, else what the area's place on the map says. */
export function nationOfTally(tally: Tally, code: string): Nation {
	const [first] = [...tally.votes].toSorted((a, b) => b[1] - a[1]);
	return first?.[0] ?? nationOf(code) ?? nationOf(areaOf(code)) ?? 'england';
}

/** Joins the tallies of sectors into those of what they belong to. */
export function joinTallies(tallies: ReadonlyMap<string, Tally>, parent: (code: string) => string): Map<string, Tally> {
	const joined = new Map<string, Tally>();
	for (const [code, tally] of tallies) {
		const whole = joined.get(parent(code)) ?? emptyTally();
		joined.set(parent(code), whole);
		addSum(whole.live, tally.live);
		addSum(whole.retired, tally.retired);
		for (const [nation, votes] of tally.votes) whole.votes.set(nation, (whole.votes.get(nation) ?? 0) + votes);
	}
	return joined;
}

function addSum(into: Sum, from: Sum): void {
	into.n += from.n;
	into.lat += from.lat;
	into.lon += from.lon;
}

function round(degrees: number): number {
	return Math.round(degrees * 1e5) / 1e5;
}

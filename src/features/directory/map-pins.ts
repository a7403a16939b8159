import type { MapFrame } from './map-frame.ts';
import type { Point } from './nearest.ts';

/** One result on the map: its number in the list and the name that goes with it. */
export type Pinned = Point & { no: number; name: string };
/** A pin for one result or for several that stand too close to tell apart. `first` is the number of the result it leads to. */
export type Pin = { x: number; y: number; width: number; text: string; first: number; label: string };

/** Nearer than this, in units of the drawing, two pins would cover each other. */
const APART = 19;
const MOST_NAMES = 4;

/** The pins of a page of results, the last first, so that the nearest is drawn on top. */
export function pinsOf(results: readonly Pinned[], frame: MapFrame): Pin[] {
	const groups: { x: number; y: number; results: Pinned[] }[] = [];
	for (const result of results) {
		const { x, y } = frame.spot(result);
		const near = groups.find((g) => Math.hypot(g.x - x, g.y - y) < APART);
		if (near) near.results.push(result);
		else groups.push({ x, y, results: [result] });
	}
	return groups.map(asPin).reverse();
}

function asPin({ x, y, results }: { x: number; y: number; results: Pinned[] }): Pin {
	const text = ranges(results.map((r) => r.no));
	const names = results.slice(0, MOST_NAMES).map((r) => `${r.no} ${r.name}`);
	const rest = results.length - names.length;
	const said = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
	// The name of a link begins with what is seen of it, for people who speak to their computer.
	const label = results.length > 1 ? `${text}: ${said}` : said;
	return { x: Math.round(x), y: Math.round(y), width: Math.max(18, 8 + text.length * 6), text, first: results[0]?.no ?? 0, label };
}

/** Numbers in rising order as people write them: `1–3, 7`. */
export function ranges(numbers: readonly number[]): string {
	const runs: [number, number][] = [];
	for (const no of numbers) {
		const run = runs.at(-1);
		if (run && run[1] === no - 1) run[1] = no;
		else runs.push([no, no]);
	}
	const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
	return words.length > 3 ? `${words.slice(0, 2).join(', ')} …` : words.join(', ');
}

import type { MapFrame } from './map-frame.ts';
import type { Point } from './nearest.ts';

/** One result on the map: its number in the list and the name that goes with it. */
export type Pinned = Point & { no: number; name: string };
/** A pin for one result or for several that stand too close to tell apart. `first` is the number of the result it leads to. */
export type Pin = { x: number; y: number; width: number; text: string; first: number; label: string };

/** Nearer than this, in units of the drawing, two pins would cover each other. */
const APART = 19;
const MOST_NAMES = 4;

type Group = { x: number; y: number; width: number; results: Pinned[] };

/** The pins of a page of results, the last first, so that the nearest is drawn on top. */
export function pinsOf(results: readonly Pinned[], frame: MapFrame): Pin[] {
	const groups: Group[] = [];
	for (const result of results) {
		const { x, y } = frame.spot(result);
		const near = groups.find((g) => Math.hypot(g.x - x, g.y - y) < APART);
		if (near) join(near, [result]);
		else groups.push({ x, y, width: widthOf([result]), results: [result] });
	}
	while (joinCovered(groups));
	return groups.map(asPin).reverse();
}

/** A pin grows with its numbers, so it can come to cover another: then both become one. False when none covers another. */
function joinCovered(groups: Group[]): boolean {
	for (const [i, group] of groups.entries()) {
		const covered = groups.findIndex((g, j) => j > i && Math.abs(g.y - group.y) < APART && Math.abs(g.x - group.x) < (g.width + group.width) / 2);
		if (covered === -1) continue;
		join(group, groups.splice(covered, 1)[0]?.results ?? []);
		return true;
	}
	return false;
}

function join(group: Group, others: readonly Pinned[]): void {
	group.results = [...group.results, ...others].sort((a, b) => a.no - b.no);
	group.width = widthOf(group.results);
}

function widthOf(results: readonly Pinned[]): number {
	return Math.max(18, 8 + ranges(results.map((r) => r.no)).length * 6);
}

function asPin({ x, y, width, results }: Group): Pin {
	const text = ranges(results.map((r) => r.no));
	const names = results.slice(0, MOST_NAMES).map((r) => `${r.no} ${r.name}`);
	const rest = results.length - names.length;
	const said = rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
	// The name of a link begins with what is seen of it, for people who speak to their computer.
	const label = results.length > 1 ? `${text}: ${said}` : said;
	return { x: Math.round(x), y: Math.round(y), width, text, first: results[0]?.no ?? 0, label };
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

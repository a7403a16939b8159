import { haversineMiles, type Point } from './distance.ts';
import type { Gazetteer } from './open.ts';
import { type TownRow, townsNamed } from './rows.ts';

const MOST_SUGGESTIONS = 5;

/**
 * Towns whose name is a slip or two away from a folded name (`foldName`): closest spelling first, then nearest to the
 * point if one is given, else largest. Empty for very short or hopeless text.
 */
export function similarTowns(gazetteer: Gazetteer, key: string, near: Point | null): TownRow[] {
	const allowed = slipsAllowed(key.length);
	if (allowed === 0) return [];
	const found = new Map<number, { town: TownRow; slips: number }>();
	for (const { name, slips } of closeNames(gazetteer, key, allowed)) {
		for (const town of townsNamed(gazetteer, name)) {
			if ((found.get(town.id)?.slips ?? Infinity) > slips) found.set(town.id, { town, slips });
		}
	}
	const weight = (town: TownRow): number => (near === null ? -town.population : haversineMiles(near, town));
	return [...found.values()]
		.toSorted((a, b) => a.slips - b.slips || weight(a.town) - weight(b.town))
		.slice(0, MOST_SUGGESTIONS)
		.map(({ town }) => town);
}

function slipsAllowed(length: number): number {
	if (length < 3 || length > 40) return 0;
	if (length <= 4) return 1;
	return length <= 11 ? 2 : 3;
}

/** Only the closest spellings, so that a near-certain correction is not buried. */
function closeNames(gazetteer: Gazetteer, key: string, allowed: number): { name: string; slips: number }[] {
	let limit = allowed;
	const close: { name: string; slips: number }[] = [];
	for (let length = key.length - allowed; length <= key.length + allowed; length += 1) {
		for (const name of namesByLength(gazetteer).get(length) ?? []) {
			const slips = slipsBetween(key, name, limit);
			if (slips > limit) continue;
			close.push({ name, slips });
			limit = Math.min(limit, slips);
		}
	}
	return close.filter(({ slips }) => slips <= limit);
}

function namesByLength(gazetteer: Gazetteer): Map<number, string[]> {
	const known = gazetteer.memo.get('names') as Map<number, string[]> | undefined;
	if (known) return known;
	const names = new Map<number, string[]>();
	for (const key of gazetteer.prepare('SELECT DISTINCT key FROM town_name').pluck().all() as string[]) {
		const same = names.get(key.length);
		if (same) same.push(key);
		else names.set(key.length, [key]);
	}
	gazetteer.memo.set('names', names);
	return names;
}

/**
 * Letters wrong, missing, added or swapped with their neighbour between two names (Damerau-Levenshtein distance in
 * its optimal string alignment form). Gives up with `limit + 1` as soon as the limit is passed.
 */
export function slipsBetween(a: string, b: string, limit: number): number {
	if (Math.abs(a.length - b.length) > limit) return limit + 1;
	let [twoBack, oneBack, row] = [new Uint8Array(b.length + 1), new Uint8Array(b.length + 1), new Uint8Array(b.length + 1)];
	for (let j = 0; j <= b.length; j += 1) oneBack[j] = j;
	for (let i = 1; i <= a.length; i += 1) {
		row[0] = i;
		let least = i;
		for (let j = 1; j <= b.length; j += 1) {
			const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
			let cost = Math.min((oneBack[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (oneBack[j - 1] ?? 0) + same);
			const isSwap = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
			if (isSwap) cost = Math.min(cost, (twoBack[j - 2] ?? 0) + 1);
			row[j] = cost;
			least = Math.min(least, cost);
		}
		if (least > limit) return limit + 1;
		[twoBack, oneBack, row] = [oneBack, row, twoBack];
	}
	return oneBack[b.length] ?? 0;
}

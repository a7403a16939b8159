import { foldName, foldWords } from './fold.ts';
import { OTHER_NAMES } from './other-names.ts';
import type { Town } from './town-source.ts';

export type NameKey = { key: string; kind: 'name' | 'other' | 'short' };

/** Words after which the rest of a name is left out in speech: Newcastle (upon Tyne), Barrow (in Furness). */
const JOINING = new Set(['on', 'under', 'by', 'next', 'super', 'in', 'le']);

/** Every key under which a town in a postcode area can be found: its name, its other names, its name cut short. */
export function keysOf(town: Town, area: string, otherNames: ReadonlyMap<string, OtherName[]>): NameKey[] {
	const keys = new Map<string, NameKey>();
	const add = (name: string, kind: NameKey['kind']): void => {
		const key = foldName(name);
		if (key !== '' && !keys.has(key)) keys.set(key, { key, kind });
	};
	add(town.name, 'name');
	for (const other of otherNames.get(foldName(town.name)) ?? []) {
		if (other.area === null || other.area === area) add(other.name, 'other');
	}
	const short = shortened(town.name);
	if (short !== null) add(short, 'short');
	return [...keys.values()];
}

export type OtherName = { name: string; area: string | null };

/** The curated list, by the folded name of the town meant. */
export function otherNamesByTown(): Map<string, OtherName[]> {
	const byTown = new Map<string, OtherName[]>();
	for (const line of OTHER_NAMES.trim().split('\n')) {
		const [name = '', target = ''] = line.split(' = ');
		const [town = '', area = null] = target.split(' / ');
		const other = { name, area };
		byTown.set(foldName(town), [...(byTown.get(foldName(town)) ?? []), other]);
	}
	return byTown;
}

/** "Newcastle" for "Newcastle upon Tyne"; null for a name that has no such ending. */
export function shortened(name: string): string | null {
	const words = foldWords(name);
	const at = words.findIndex((word, index) => index > 0 && JOINING.has(word));
	return at > 0 ? words.slice(0, at).join(' ') : null;
}

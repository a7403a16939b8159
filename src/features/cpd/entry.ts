import type { cpdEntry } from '#db/schema/index.ts';
import type { CpdCategory, CpdMode } from './kinds.ts';

/** What a member says of an activity. Days are `YYYY-MM-DD`; `beganOn` only where it took several days. */
export type Activity = {
	title: string;
	beganOn: string | null;
	doneOn: string | null;
	minutes: number | null;
	category: CpdCategory | null;
	isIpt: boolean;
	isSkills: boolean;
	provider: string;
	mode: CpdMode | null;
	learned: string;
	changed: string;
	effect: string;
};

type Row = typeof cpdEntry.$inferSelect;

/** An entry of the log as it stands. Instants are milliseconds UTC. */
export type Entry = Activity & Pick<Row, 'id' | 'kind' | 'source' | 'iptMinutes' | 'version' | 'deletedAt' | 'frozenAt' | 'changedAt'> & { isDraft: boolean };

/** Nothing said yet. */
export const NOTHING_SAID: Activity = {
	title: '',
	beganOn: null,
	doneOn: null,
	minutes: null,
	category: null,
	isIpt: false,
	isSkills: false,
	provider: '',
	mode: null,
	learned: '',
	changed: '',
	effect: '',
};

/** Is every part of the reflection written? */
export function isReflected({ learned, changed, effect }: Activity): boolean {
	return learned !== '' && changed !== '' && effect !== '';
}

/** What is still worth adding to an entry, in words, for its line in the list. */
export function stillToAdd(entry: Activity): string[] {
	return isReflected(entry) ? [] : ['reflection'];
}

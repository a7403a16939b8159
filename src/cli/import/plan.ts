import type { Tx } from '#core/commit.ts';
import type { OnFile } from './on-file.ts';
import { planChecks } from './plan-checks.ts';
import { planListing } from './plan-listing.ts';
import { planMembership } from './plan-membership.ts';
import { planPerson } from './plan-person.ts';
import { planRegister } from './plan-register.ts';
import type { Wanted } from './wanted.ts';

/** One difference between the file and the register: what it is called in the report, and the write that settles it. */
export type Change = { what: string; write: (tx: Tx, personId: string) => void };

/** All that would have to be written so that the register says what the row says; empty when it already does. Nothing on file is ever deleted. */
export function planChanges(wanted: Wanted, known: OnFile | null, now: { at: number; today: string }): Change[] {
	return [
		...(known ? planPerson(wanted, known, now.today) : []),
		...planMembership(wanted, known),
		...planRegister(wanted, known),
		...planListing(wanted, known, now),
		...planChecks(wanted, known, now.today),
	];
}

/** True when two facts differ, compared by their content. */
export function differs(a: unknown, b: unknown): boolean {
	return a !== b && JSON.stringify(a ?? null) !== JSON.stringify(b ?? null);
}

/** The facts of `said` that differ from those on file; what the file does not say is left out. */
export function saidDifferently<T extends object>(said: { [K in keyof T]?: T[K] | undefined }, known: T): Partial<T> {
	const changed: Partial<T> = {};
	for (const key of Object.keys(said) as (keyof T)[]) {
		const value = said[key];
		if (value !== undefined && differs(value, known[key])) changed[key] = value as T[keyof T];
	}
	return changed;
}

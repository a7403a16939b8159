import type { Actor } from '#core/ctx.ts';
import { Conflict } from '#core/errors.ts';
import type { Entry } from './entry.ts';

/** A log is kept by the member alone. */
export function canKeepLog(actor: Actor, personId: string): boolean {
	return actor.kind === 'person' && actor.personId === personId;
}

/** A log is read by the member, and by jobs that work on it. */
export function canReadLog(actor: Actor, personId: string): boolean {
	return actor.kind === 'system' || canKeepLog(actor, personId);
}

/** May this entry still be changed? Not once declared, nor a total that the office brought forward. */
export function canChange(entry: Pick<Entry, 'kind' | 'frozenAt' | 'deletedAt'>): boolean {
	return entry.kind === 'activity' && entry.frozenAt === null && entry.deletedAt === null;
}

/** @throws Conflict that says why an entry stays as it is. */
export function refuseUnlessChangeable(entry: Pick<Entry, 'kind' | 'frozenAt' | 'deletedAt'>): void {
	if (canChange(entry)) return;
	if (entry.frozenAt !== null) throw new Conflict('You have declared this year, so its entries stay as they are. Ask the office if something is wrong.');
	if (entry.kind !== 'activity') throw new Conflict('This total was brought forward by the office. Ask them if it is wrong.');
	throw new Conflict('You deleted this entry in another window. Saving what you typed brings it back.');
}

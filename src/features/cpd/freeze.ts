import type { Tx } from '#core/commit.ts';
import { Conflict } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';

/**
 * A year that was declared stays as it was declared: nothing is added to it, changed in it or taken out silently.
 * Joins a transaction and never authorises. @throws Conflict that says so.
 */
export function refuseDeclared(tx: Tx, personId: string, doneOn: string | null): void {
	if (doneOn === null) return;
	const text = 'SELECT 1 FROM cpd_year WHERE person_id = ? AND ? BETWEEN from_on AND to_on';
	if (prepared(tx.db.sql, text).get(personId, doneOn))
		throw new Conflict('You have declared the year that this day lies in, so its entries stay as they are. Ask the office if something is wrong.');
}

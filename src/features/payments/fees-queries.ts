import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Fees } from './fees.ts';

/** The rule set `fees` that is in force on a day; for days before the first one, that one. Defaults to be confirmed by the organisation. */
export function feesOn(db: Db, day: string): Fees {
	const newest = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'fees' AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1").pluck();
	const first = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'fees' ORDER BY from_on, version LIMIT 1").pluck();
	return JSON.parse((newest.get(day) ?? first.get()) as string) as Fees;
}

/** Was the person granted a reduced fee for a day? */
export function hasConcession(db: Db, personId: string, day: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM concession WHERE person_id = ? AND from_on <= ? AND to_on >= ?').get(personId, day, day) !== undefined;
}

import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Fees } from './fees.ts';

/** The rule set `fees` that is in force on a day; for days before the first one, that one. Defaults to be confirmed by the organisation. */
export function feesOn(db: Db, day: string): Fees {
	return JSON.parse(ruleSetOn(db, 'fees', day).data) as Fees;
}

/** A published version of the fees, with its first day. */
export type FeeVersion = { version: string; fromOn: string; fees: Fees };

/** Every published version, the earliest first. */
export function feeVersions(db: Db): FeeVersion[] {
	const text = "SELECT version, from_on AS fromOn, data FROM rule_set WHERE kind = 'fees' ORDER BY from_on, version";
	const rows = prepared(db.sql, text).all() as { version: string; fromOn: string; data: string }[];
	return rows.map(({ data, ...row }) => ({ ...row, fees: JSON.parse(data) as Fees }));
}

/** Was the person granted a reduced fee for a day? */
export function hasConcession(db: Db, personId: string, day: string): boolean {
	return prepared(db.sql, 'SELECT 1 FROM concession WHERE person_id = ? AND from_on <= ? AND to_on >= ?').get(personId, day, day) !== undefined;
}

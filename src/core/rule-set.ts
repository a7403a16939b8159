import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/**
 * The version of a rule set that is in force on a day, with its data as stored; before the first version, that one.
 * @throws Error when there is no rule set of that kind.
 */
export function ruleSetOn(db: Db, kind: string, day: string): { version: string; data: string } {
	return inForce(db, kind, day, { newest: NEWEST('version, data'), first: FIRST('version, data') }) as { version: string; data: string };
}

/** Its version alone: some sets are long. @throws Error as `ruleSetOn` */
export function ruleSetVersionOn(db: Db, kind: string, day: string): string {
	return (inForce(db, kind, day, { newest: NEWEST('version'), first: FIRST('version') }) as { version: string }).version;
}

const NEWEST = (columns: string) => `SELECT ${columns} FROM rule_set WHERE kind = ? AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1`;
const FIRST = (columns: string) => `SELECT ${columns} FROM rule_set WHERE kind = ? ORDER BY from_on, version LIMIT 1`;

function inForce(db: Db, kind: string, day: string, texts: { newest: string; first: string }): unknown {
	const row = prepared(db.sql, texts.newest).get(kind, day) ?? prepared(db.sql, texts.first).get(kind);
	if (!row) throw new Error(`There are no rules of kind ${kind}.`);
	return row;
}

/** The first day after `day` from which another version of a rule set holds, or null. */
export function nextRuleSetOn(db: Db, kind: string, day: string): string | null {
	return prepared(db.sql, 'SELECT min(from_on) FROM rule_set WHERE kind = ? AND from_on > ?').pluck().get(kind, day) as string | null;
}

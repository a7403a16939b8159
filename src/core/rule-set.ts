import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/**
 * The version of a rule set that is in force on a day, with its data as stored; before the first version, that one.
 * @throws Error when there is no rule set of that kind.
 */
export function ruleSetOn(db: Db, kind: string, day: string): { version: string; data: string } {
	const newest = 'SELECT version, data FROM rule_set WHERE kind = ? AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1';
	const first = 'SELECT version, data FROM rule_set WHERE kind = ? ORDER BY from_on, version LIMIT 1';
	const row = prepared(db.sql, newest).get(kind, day) ?? prepared(db.sql, first).get(kind);
	if (!row) throw new Error(`There are no rules of kind ${kind}.`);
	return row as { version: string; data: string };
}

/** The first day after `day` from which another version of a rule set holds, or null. */
export function nextRuleSetOn(db: Db, kind: string, day: string): string | null {
	return prepared(db.sql, 'SELECT min(from_on) FROM rule_set WHERE kind = ? AND from_on > ?').pluck().get(kind, day) as string | null;
}

import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { RegisterRules } from './facts.ts';

/** The rule set `register` that is in force on a day; for days before the first one, that one. */
export function registerRules(db: Db, day: string): RegisterRules {
	const newest = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'register' AND from_on <= ? ORDER BY from_on DESC, version DESC LIMIT 1").pluck();
	const first = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'register' ORDER BY from_on, version LIMIT 1").pluck();
	return JSON.parse((newest.get(day) ?? first.get()) as string) as RegisterRules;
}

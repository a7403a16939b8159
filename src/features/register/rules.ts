import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { RegisterRules } from './facts.ts';

/** The rule set `register` that is in force on a day; for days before the first one, that one. */
export function registerRules(db: Db, day: string): RegisterRules {
	return JSON.parse(ruleSetOn(db, 'register', day).data) as RegisterRules;
}

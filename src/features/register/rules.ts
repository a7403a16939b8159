import { nextRuleSetOn, ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import type { RegisterRules } from './facts.ts';

/** The rule set `register` that is in force on a day; for days before the first one, that one. */
export function registerRules(db: Db, day: string): RegisterRules {
	return JSON.parse(ruleSetOn(db, 'register', day).data) as RegisterRules;
}

/** The first day after `day` from which other rules hold, or null when none are known yet: what was worked out on `day` may differ from then on. */
export function rulesChangeOn(db: Db, day: string): string | null {
	return nextRuleSetOn(db, 'register', day);
}

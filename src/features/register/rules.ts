import { nextRuleSetOn, ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { AwardGrace, RegisterRules } from './facts.ts';

/** The rule set `register` that is in force on a day, with the grace of awards of every version; for days before the first one, that one. */
export function registerRules(db: Db, day: string): RegisterRules {
	const { awardGraceDays: _, ...rules } = JSON.parse(ruleSetOn(db, 'register', day).data) as RegisterRules & { awardGraceDays: number };
	return { ...rules, awardGraces: prepared(db.sql, GRACES).all() as AwardGrace[] };
}

const GRACES = `SELECT from_on AS fromOn, json_extract(data, '$.awardGraceDays') AS days FROM rule_set WHERE kind = 'register' ORDER BY from_on, version`;

/** The first day after `day` from which other rules hold, or null when none are known yet: what was worked out on `day` may differ from then on. */
export function rulesChangeOn(db: Db, day: string): string | null {
	return nextRuleSetOn(db, 'register', day);
}

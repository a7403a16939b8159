import { sayDay } from '#core/dates.ts';
import { hoursOf } from '#core/read-duration.ts';
import type { RuleReason } from './counting.ts';
import { CATEGORY_WORDS, type CpdCategory } from './kinds.ts';
import type { CpdPeriod } from './period.ts';
import { type CpdRules, RULES, type RuleKey } from './rules.ts';
import type { EntryReason, RuleStanding } from './standing.ts';

const ONE: Record<string, string> = { minutes: 'hour', activities: 'activity', reflections: 'reflection', kinds: 'kind' };
const MANY: Record<string, string> = { minutes: 'hours', activities: 'activities', reflections: 'reflections', kinds: 'kinds' };

/** An amount in the unit of its rule, in figures: `18`, `2.5`. */
export function figureOf(key: RuleKey, amount: number): string {
	return RULES[key].unit === 'minutes' ? hoursOf(amount) : String(amount);
}

/** With the unit: `18 hours`, `1 activity`. */
export function sayAmount(key: RuleKey, amount: number): string {
	const figure = figureOf(key, amount);
	return `${figure} ${(figure === '1' ? ONE : MANY)[RULES[key].unit]}`;
}

/** Where one rule stands: `18 of 30 hours, 12 to go by 31 March 2027`. */
export function sayRule({ key, needed, have, missing, isMet }: RuleStanding, period: CpdPeriod): string {
	if (needed === 0) return `${sayAmount(key, have)}; nothing is asked for your part of the year`;
	const base = `${figureOf(key, have)} of ${sayAmount(key, needed)}`;
	return isMet ? `${base}: met` : `${base}, ${figureOf(key, missing)} to go by ${sayDay(period.toOn)}`;
}

/** A year in words: `1 April 2026 to 31 March 2027`. */
export function sayPeriod({ fromOn, toOn }: CpdPeriod): string {
	return `${sayDay(fromOn)} to ${sayDay(toOn)}`;
}

const REASONS: Record<Exclude<RuleReason, 'cap'>, string> = {
	not_ipt: 'not marked as about IPT',
	not_skills: 'not marked as skills practice',
	brought_forward: 'a total brought forward counts for hours only',
	no_reflection: 'the reflection is not complete: what you learned, what you changed, the effect for clients',
	same_kind: 'another activity of this kind counts already',
	other_kind: 'another kind of activity',
	unconfirmed: 'not confirmed by the supervisor yet',
};

/** Why an entry does not count towards a rule. */
export function sayReason(why: RuleReason, category: CpdCategory | null, caps: CpdRules['caps']): string {
	if (why !== 'cap') return REASONS[why];
	if (category === null) return 'over what counts';
	return `${CATEGORY_WORDS[category].label} counts for ${hoursOf(caps[category] ?? 0)} hours at most`;
}

export const ENTRY_REASONS: Record<EntryReason, string> = {
	draft: 'a draft',
	no_day: 'it has no day',
	earlier_year: 'it lies in an earlier year',
	later_year: 'it lies in a later year',
	to_come: 'its day is still to come',
};

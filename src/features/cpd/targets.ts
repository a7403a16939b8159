import type { CpdFacts } from './facts.ts';
import type { CpdPeriod } from './period.ts';
import { type CpdGroup, type CpdRules, GROUPS, RULE_KEYS, RULES, type RuleKey } from './rules.ts';
import { both, type Days, daysOf, lengthOf, without } from './spans.ts';

/** For how many of the year's days someone is in a group. */
export type GroupDays = { group: CpdGroup; days: number };
/** `full`: for a whole year. `needed`: for the days that count; never more. */
export type Target = { key: RuleKey; full: number; needed: number };

/**
 * Which groups someone is in during a year, and for how many days: as a member, with the award, not on leave of any length.
 * A day on which an award is held is not a day without one.
 */
export function groupDays(facts: Omit<CpdFacts, 'entries' | 'supervision'>, rules: CpdRules, period: CpdPeriod): GroupDays[] {
	const leave = daysOf(facts.leave).filter(([from, to]) => to - from + 1 >= rules.leaveFromDays);
	const year = without(daysOf([period]), leave);
	const member = (...categories: string[]) => both(year, daysOf(facts.membership.filter((m) => categories.includes(m.category))));
	const awarded = daysOf(facts.awards);
	const any = both(year, daysOf(facts.membership));
	const days: Record<CpdGroup, Days> = {
		practitioner: both(any, daysOf(facts.awards.filter((a) => a.level === 'practitioner'))),
		supervisor: both(any, daysOf(facts.awards.filter((a) => a.level === 'supervisor'))),
		trainer: both(any, daysOf(facts.awards.filter((a) => a.level === 'trainer'))),
		organisation: both(any, daysOf(facts.awards.filter((a) => a.level === 'organisation'))),
		trainee: without(member('trainee'), awarded),
		member: without(member('basic', 'plus', 'organisation'), awarded),
	};
	return GROUPS.map((group) => ({ group, days: lengthOf(days[group]) })).filter((g) => g.days > 0);
}

/**
 * What is asked of someone in a year. Of several groups each rule takes the strictest figure, after each was lessened to the part of the
 * year in which it applied. What nobody asks is left out.
 */
export function targetsOf(groups: readonly GroupDays[], rules: CpdRules, period: CpdPeriod): Target[] {
	const year = lengthOf(daysOf([period]));
	return RULE_KEYS.map((key) => {
		const step = RULES[key].unit === 'minutes' ? rules.rounding : 1;
		const figures = groups.map(({ group, days }) => ({ full: rules.groups[group][key], days }));
		return {
			key,
			full: Math.max(0, ...figures.map((f) => f.full)),
			needed: Math.max(0, ...figures.map((f) => partOf(f.full, f.days / year, step))),
		};
	}).filter((target) => target.full > 0);
}

/** A part of a figure, to the nearest step, never more than the whole. */
function partOf(full: number, part: number, step: number): number {
	return part >= 1 ? full : Math.min(full, Math.round((full * part) / step) * step);
}

import { type Counted, countEntries, type Left } from './counting.ts';
import type { CpdFacts, EntryFact, SupervisionFact } from './facts.ts';
import { type CpdPeriod, periodOn } from './period.ts';
import type { CpdRules, RuleKey } from './rules.ts';
import { type GroupDays, groupDays, targetsOf } from './targets.ts';

/** Why an entry is not looked at by any rule. */
export type EntryReason = 'draft' | 'no_day' | 'earlier_year' | 'later_year' | 'to_come';

export type RuleStanding = {
	key: RuleKey;
	/** For a whole year; `needed` for this member's part of it. */
	full: number;
	needed: number;
	have: number;
	missing: number;
	isMet: boolean;
	/** Oldest first. An entry of which only a part counts stands in both lists. */
	counted: Counted[];
	left: Left[];
};

export type CpdStanding = {
	period: CpdPeriod;
	/** For how many days of the year each group's figures are asked; empty when nothing is. */
	groups: GroupDays[];
	rules: RuleStanding[];
	notLookedAt: { id: string; why: EntryReason }[];
	isMet: boolean;
};

/**
 * "If you were checked on this day": every rule with what is needed, what is there, which entries count and why others do not.
 * Pure. The order in which entries are given does not matter; one entry more never makes any figure less.
 * Hours are capped by kind for each rule by itself, so that the entries which serve the member best are the ones that count.
 * @param day any day: entries after it are still to come, and the year is the one it lies in.
 */
export function cpdStanding(facts: CpdFacts, rules: CpdRules, day: string): CpdStanding {
	const period = periodOn(rules.period, facts.membership, day);
	const groups = groupDays(facts, rules, period);
	const looked = facts.entries.map((entry) => ({ entry, why: whyNotLookedAt(entry, period, day) }));
	const entries = looked.flatMap(({ entry, why }) => (why === null ? [entry] : [])).sort(byDay);
	const sessions = facts.supervision.filter((s) => period.fromOn <= s.doneOn && s.doneOn <= period.toOn && s.doneOn <= day).sort(byDay);
	const standings = targetsOf(groups, rules, period).map((target) => {
		const { counted, left } = target.key === 'supervisionMinutes' ? countSessions(sessions, rules) : countEntries(target.key, entries, rules.caps);
		const have = counted.reduce((sum, c) => sum + c.amount, 0);
		return { ...target, have, missing: Math.max(0, target.needed - have), isMet: have >= target.needed, counted, left };
	});
	return {
		period,
		groups,
		rules: standings,
		notLookedAt: looked.flatMap(({ entry, why }) => (why === null ? [] : [{ id: entry.id, why }])),
		isMet: standings.every((rule) => rule.isMet),
	};
}

function whyNotLookedAt(entry: EntryFact, period: CpdPeriod, day: string): EntryReason | null {
	if (entry.isDraft) return 'draft';
	if (entry.doneOn === null) return 'no_day';
	if (entry.doneOn < period.fromOn) return 'earlier_year';
	if (entry.doneOn > period.toOn) return 'later_year';
	return entry.doneOn > day ? 'to_come' : null;
}

function countSessions(sessions: readonly SupervisionFact[], rules: CpdRules): { counted: Counted[]; left: Left[] } {
	const isLeft = (s: SupervisionFact) => rules.onlyConfirmedSupervision && !s.isConfirmed;
	return {
		counted: sessions.filter((s) => !isLeft(s)).map((s) => ({ id: s.id, amount: s.minutes })),
		left: sessions.filter(isLeft).map((s) => ({ id: s.id, amount: s.minutes, why: 'unconfirmed' })),
	};
}

/** By day, then by key: the same order however they were given. */
function byDay(a: { doneOn: string | null; id: string }, b: { doneOn: string | null; id: string }): number {
	const [x, y] = [`${a.doneOn}${a.id}`, `${b.doneOn}${b.id}`];
	return x < y ? -1 : x > y ? 1 : 0;
}

import type { EntryFact } from './facts.ts';
import type { CpdCategory } from './kinds.ts';
import type { CpdRules, RuleKey } from './rules.ts';

/** Why an entry, or a part of it, does not count towards one rule. */
export type RuleReason = 'not_ipt' | 'not_skills' | 'cap' | 'brought_forward' | 'no_reflection' | 'same_kind' | 'other_kind' | 'unconfirmed';
/** `amount` in the unit of the rule: minutes, or 1. */
export type Counted = { id: string; amount: number };
export type Left = { id: string; amount: number; why: RuleReason };

type Tally = { counted: Counted[]; left: Left[] };

/** How much of an entry may serve a rule, or why it does not. */
type Worth = (entry: EntryFact) => number | RuleReason;

const HOURS: Partial<Record<RuleKey, Worth>> = {
	minutes: (entry) => entry.minutes,
	iptMinutes: (entry) => (entry.iptMinutes > 0 ? entry.iptMinutes : 'not_ipt'),
	skillsMinutes: (entry) => (entry.isSkills ? entry.minutes : 'not_skills'),
};

const NUMBERS: Partial<Record<RuleKey, Worth>> = {
	activities: (entry) => (entry.category === null ? 'brought_forward' : 1),
	reflections: (entry) => (entry.category === null ? 'brought_forward' : entry.isReflected ? 1 : 'no_reflection'),
	supervisorCpd: (entry) => (entry.category === 'supervision_cpd' ? 1 : 'other_kind'),
	trainerCpd: (entry) => (entry.category === 'trainer_cpd' ? 1 : 'other_kind'),
};

/** One pass over a year's entries, oldest first, for one rule: each entry is counted, left with a reason, or in part both. */
export function countEntries(key: RuleKey, entries: readonly EntryFact[], caps: CpdRules['caps']): Tally {
	if (key === 'categories') return countKinds(entries);
	const hours = HOURS[key];
	return hours ? countHours(entries, hours, caps) : countNumbers(entries, NUMBERS[key] ?? (() => 'other_kind'));
}

function countHours(entries: readonly EntryFact[], worth: Worth, caps: CpdRules['caps']): Tally {
	const tally: Tally = { counted: [], left: [] };
	const used = new Map<CpdCategory, number>();
	for (const entry of entries) {
		const { id, category } = entry;
		const amount = worth(entry);
		if (typeof amount === 'string') {
			tally.left.push({ id, amount: entry.minutes, why: amount });
			continue;
		}
		const before = category === null ? 0 : (used.get(category) ?? 0);
		const cap = category === null ? undefined : caps[category];
		const counts = cap === undefined ? amount : Math.min(amount, Math.max(0, cap - before));
		if (category !== null) used.set(category, before + counts);
		if (counts > 0) tally.counted.push({ id, amount: counts });
		if (counts < amount) tally.left.push({ id, amount: amount - counts, why: 'cap' });
	}
	return tally;
}

function countNumbers(entries: readonly EntryFact[], worth: Worth): Tally {
	const tally: Tally = { counted: [], left: [] };
	for (const entry of entries) {
		const amount = worth(entry);
		if (typeof amount === 'string') tally.left.push({ id: entry.id, amount: 1, why: amount });
		else tally.counted.push({ id: entry.id, amount });
	}
	return tally;
}

/** The first of each kind counts. */
function countKinds(entries: readonly EntryFact[]): Tally {
	const seen = new Set<CpdCategory>();
	return countNumbers(entries, ({ category }) => {
		if (category === null) return 'brought_forward';
		if (seen.has(category)) return 'same_kind';
		seen.add(category);
		return 1;
	});
}

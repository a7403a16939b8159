import { addDays } from '#core/dates.ts';
import type { RegisterRules, TermFact } from './facts.ts';

/**
 * The first day on which an award is no longer told, when nothing more is confirmed: by the grace in force on the last day of its period,
 * whatever the rules became since. So what ended once stays ended, and what the register says of a past day never changes by a new rule.
 * @param lastOn the last day of the period `YYYY-MM-DD`; before the first version of the rules, that one counts
 */
export function awardRunsOutOn(lastOn: string, rules: Pick<RegisterRules, 'awardGraces'>): string {
	const { awardGraces } = rules;
	const grace = awardGraces.findLast(({ fromOn }) => fromOn <= lastOn) ?? awardGraces[0];
	if (grace === undefined) throw new Error('There are no rules of how long an award is told.');
	return addDays(lastOn, grace.days + 1);
}

/** The first day on which a period is no longer told: what was cut short has no grace. */
export function termRunsOutOn({ toOn, cut }: TermFact, rules: Pick<RegisterRules, 'awardGraces'>): string {
	return cut ? addDays(toOn, 1) : awardRunsOutOn(toOn, rules);
}

import { addDays, addMonths } from '#core/dates.ts';
import type { MemberSpan } from './facts.ts';
import type { CpdRules, CpdRulesVersion } from './rules.ts';

/** A CPD year: `toOn` is its last day. */
export type CpdPeriod = { fromOn: string; toOn: string };

/** The CPD year that a day lies in. Where years follow the membership, someone without one has that of the fixed day. */
export function periodOn(period: CpdRules['period'], membership: readonly MemberSpan[], day: string): CpdPeriod {
	const paidTo = membership.map((m) => m.paidToOn).sort();
	const last = paidTo.at(-1);
	const anchor = period.starts === 'membership' && last !== undefined ? addDays(last, 1) : period.anchorOn;
	const apart = (Number(day.slice(0, 4)) - Number(anchor.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(anchor.slice(5, 7));
	// Counted from the anchor each time: a year that began on 29 February does so again four years later.
	let turn = Math.floor(apart / period.months) + 1;
	while (addMonths(anchor, turn * period.months) > day) turn -= 1;
	return { fromOn: addMonths(anchor, turn * period.months), toOn: addDays(addMonths(anchor, (turn + 1) * period.months), -1) };
}

/**
 * The version that the CPD year of a day is judged by: the newest one that was in force when that year began.
 * A year that is running when new rules begin keeps the old ones.
 * @param versions published ones, in any order, at least one.
 */
export function rulesOn(versions: readonly CpdRulesVersion[], membership: readonly MemberSpan[], day: string): { version: CpdRulesVersion; period: CpdPeriod } {
	const newestFirst = [...versions].sort((a, b) => b.fromOn.localeCompare(a.fromOn) || b.version.localeCompare(a.version));
	const read = newestFirst.map((version) => ({ version, period: periodOn(version.rules.period, membership, day) }));
	const chosen = read.find(({ version, period }) => version.fromOn <= period.fromOn) ?? read.at(-1);
	if (!chosen) throw new Error('There are no CPD rules.');
	return chosen;
}

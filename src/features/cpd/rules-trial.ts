import { setImmediate } from 'node:timers/promises';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { allow } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { MemberSpan } from './facts.ts';
import { type CpdPeriod, periodOn } from './period.ts';
import type { CpdRules } from './rules.ts';
import { canWorkOnRules } from './rules-policy.ts';
import { cpdStanding } from './standing.ts';
import { cpdFactsIn, membershipOf, rulesAt } from './standing-queries.ts';

/** `checked`: members of whom either version asks something. `touched`: for how many the answer would be another; `who`: the first of them. */
export type Trial = {
	year: CpdPeriod;
	checked: number;
	metBefore: number;
	metAfter: number;
	touched: number;
	who: { personId: string; isMetAfter: boolean }[];
};

/** As many as a person looks through. */
const MOST_NAMED = 200;

/** Members looked at before other requests get their turn: some ten milliseconds. */
const AT_ONCE = 25;

/**
 * Tries rules on everybody's entries of the last year that is over, against the rules that were in force for it. Changes nothing.
 * Reads on while others work, so that a register of 20,000 keeps nobody waiting. @throws Forbidden
 */
export async function tryRules(ctx: Ctx, rules: CpdRules): Promise<Trial> {
	allow(canWorkOnRules(ctx.actor));
	const { db, today } = ctx;
	const trial: Trial = { year: lastYear(db, [], today).period, checked: 0, metBefore: 0, metAfter: 0, touched: 0, who: [] };
	for (const [index, personId] of everyone(db).entries()) {
		if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
		count(trial, personId, tryOn(db, personId, rules, today));
	}
	return trial;
}

type Outcome = { isAsked: boolean; before: boolean; after: boolean };

/** The facts are read once where both versions have the same year. */
function tryOn(db: Db, personId: string, rules: CpdRules, today: string): Outcome {
	const membership = membershipOf(db, personId, today);
	const then = lastYear(db, membership, today);
	const year = yearBefore(rules.period, membership, today);
	const facts = cpdFactsIn(db, personId, then.period, then.period.toOn);
	const isSameYear = year.fromOn === then.period.fromOn && year.toOn === then.period.toOn;
	const before = cpdStanding(facts, then.rules, then.period.toOn);
	const after = cpdStanding(isSameYear ? facts : cpdFactsIn(db, personId, year, year.toOn), rules, year.toOn);
	return { isAsked: before.rules.length + after.rules.length > 0, before: before.isMet, after: after.isMet };
}

function count(trial: Trial, personId: string, { isAsked, before, after }: Outcome): void {
	if (!isAsked) return;
	trial.checked += 1;
	if (before) trial.metBefore += 1;
	if (after) trial.metAfter += 1;
	if (before === after) return;
	trial.touched += 1;
	if (trial.who.length < MOST_NAMED) trial.who.push({ personId, isMetAfter: after });
}

/** The last year that is over by the rules in force, and the rules that were in force for it. */
function lastYear(db: Db, membership: readonly MemberSpan[], today: string): { rules: CpdRules; period: CpdPeriod } {
	const { period } = rulesAt(db, membership, today);
	const before = rulesAt(db, membership, addDays(period.fromOn, -1));
	return { rules: before.version.rules, period: before.period };
}

/** The last year that is over by other rules. */
function yearBefore(period: CpdRules['period'], membership: readonly MemberSpan[], today: string): CpdPeriod {
	return periodOn(period, membership, addDays(periodOn(period, membership, today).fromOn, -1));
}

function everyone(db: Db): string[] {
	return prepared(db.sql, 'SELECT person_id FROM membership_period UNION SELECT person_id FROM award ORDER BY person_id').pluck().all() as string[];
}

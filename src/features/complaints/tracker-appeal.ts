import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { ruleSetOn } from '#core/rule-set.ts';
import { moveFor } from './phases.ts';
import { type Outcome, refusalOf } from './state.ts';
import type { Standing } from './step.ts';

type Appellant = 'complainant' | 'respondent';
const schema = z.strictObject({ complainant: z.array(z.string()), respondent: z.array(z.string()) });

/** May a side appeal against an outcome, by the rules of a day (rule set `concern_appeals`)? */
export function isAppealable({ db }: Pick<Ctx, 'db'>, side: Appellant, { outcome, outcomeOn }: { outcome: Outcome | null; outcomeOn: string | null }): boolean {
	if (outcome === null || outcomeOn === null) return false;
	return schema.parse(JSON.parse(ruleSetOn(db, 'concern_appeals', outcomeOn).data))[side].includes(outcome);
}

/** The last day for an appeal of a side, or null when there is nothing that they could appeal against. The day may be over. */
export function appealUntil(ctx: Pick<Ctx, 'db'>, { state, rules }: Pick<Standing, 'state' | 'rules'>, side: Appellant): string | null {
	if (state.outcomeOn === null || moveFor(state.phase, 'appealed') === null || refusalOf(state, 'appealed') !== null) return null;
	return isAppealable(ctx, side, state) ? addDays(state.outcomeOn, rules.appealDays) : null;
}

/** The same while the day is not over: what a side is told of. */
export function appealOpenUntil(ctx: Pick<Ctx, 'db' | 'today'>, standing: Pick<Standing, 'state' | 'rules'>, side: Appellant): string | null {
	const until = appealUntil(ctx, standing, side);
	return until !== null && until >= ctx.today ? until : null;
}

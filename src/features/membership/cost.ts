import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths, sayDay } from '#core/dates.ts';
import { feeFor, feesOn, hasConcession } from '#features/payments/index.ts';
import type { Grade } from './facts.ts';
import { GRADES } from './grades.ts';
import { membershipRules } from './rules.ts';

export type Line = { label: string; pence: number };
/** What something costs, with the lines of its invoice. `pence` may be negative: then it is credited. */
export type Cost = { pence: number; lines: Line[] };
type Span = { fromOn: string; toOn: string };

/** The days of one term that begins on a day: the last day is the one before its anniversary. */
export function termFrom(ctx: Pick<Ctx, 'db' | 'today'>, fromOn: string): Span {
	return { fromOn, toOn: addDays(addMonths(fromOn, membershipRules(ctx.db, ctx.today).termMonths), -1) };
}

/** The fee of a grade for some days, at the fees of today; a concession stands as a line of its own. */
export function costOf(ctx: Pick<Ctx, 'db' | 'today'>, personId: string, category: Grade, span: Span): Cost {
	const fees = feesOn(ctx.db, ctx.today);
	const full = feeFor({ category, concession: false, ...span }, fees);
	const lines = [{ label: `${GRADES[category].title}, ${sayDay(span.fromOn)} to ${sayDay(span.toOn)}`, pence: full }];
	if (!hasConcession(ctx.db, personId, ctx.today)) return { pence: full, lines };
	const reduced = feeFor({ category, concession: true, ...span }, fees);
	return { pence: reduced, lines: [...lines, { label: 'Reduced fee', pence: reduced - full }] };
}

/** The difference between two grades for the days that are left, today included: pro rata, to be paid or credited. */
export function costOfMove(ctx: Pick<Ctx, 'db' | 'today'>, personId: string, move: { from: Grade; to: Grade; toOn: string }): Cost {
	const left = { fromOn: ctx.today, toOn: move.toOn };
	const pence = costOf(ctx, personId, move.to, left).pence - costOf(ctx, personId, move.from, left).pence;
	return { pence, lines: [{ label: `From ${GRADES[move.from].title} to ${GRADES[move.to].title}, until ${sayDay(move.toOn)}`, pence }] };
}

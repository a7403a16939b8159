import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { NotFound } from '#core/errors.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { type WaitingSession, waitingIn } from './supervision-confirm.ts';
import { canSupervise } from './supervision-policy.ts';
import { NO_RELATION, nameOfPerson, type RelationRow, relationRow } from './supervision-relation-queries.ts';
import { supervisionRules } from './supervision-rules.ts';

/** Minutes of one month, `2026-11`: the supervisee's own share of sessions with this supervisor. */
export type MonthOfSupervision = { month: string; minutes: number; confirmed: number };

/** All that a supervisor sees of someone. `isGap`: no session for longer than the rules allow; `lastOn` null: none yet. */
export type Supervisee = {
	relationId: string;
	name: string;
	fromOn: string;
	lastOn: string | null;
	isGap: boolean;
	waiting: WaitingSession[];
	/** Newest first. */
	months: MonthOfSupervision[];
};

/** Everyone whom the person who is signed in supervises today, those with something waiting first. */
export function superviseesOf(ctx: Ctx): Supervisee[] {
	const text =
		'SELECT id FROM supervision_relation WHERE supervisor_id = ? AND agreed_at IS NOT NULL AND (ended_on IS NULL OR ended_on >= ?) ORDER BY from_on, id';
	const ids = prepared(ctx.db.sql, text).pluck().all(personOf(ctx).personId, ctx.today) as string[];
	const all = ids.map((id) => viewOf(ctx, relationRow(ctx.db, id) as RelationRow));
	return all.sort((a, b) => Number(b.waiting.length > 0) - Number(a.waiting.length > 0) || a.name.localeCompare(b.name, 'en-GB'));
}

/** One of them. @throws NotFound for whoever does not supervise them today, also when they once did */
export function superviseeOf(ctx: Ctx, relationId: string): Supervisee {
	const relation = relationRow(ctx.db, relationId);
	if (!relation || !canSupervise(ctx.actor, relation, ctx.today)) throw new NotFound(NO_RELATION);
	return viewOf(ctx, relation);
}

function viewOf(ctx: Ctx, relation: RelationRow): Supervisee {
	const { gapWeeks, monthsShown } = supervisionRules(ctx.db, ctx.today);
	const last = 'SELECT max(held_on) FROM supervision_entry WHERE relation_id = ? AND is_draft = 0 AND own_minutes > 0';
	const lastOn = prepared(ctx.db.sql, last).pluck().get(relation.id) as string | null;
	return {
		relationId: relation.id,
		name: nameOfPerson(ctx.db, relation.superviseeId),
		fromOn: relation.fromOn,
		lastOn,
		isGap: (lastOn ?? relation.fromOn) < addDays(ctx.today, -7 * gapWeeks),
		waiting: waitingIn(ctx.db, relation.id),
		months: monthsOf(ctx, relation.id, monthsShown),
	};
}

function monthsOf(ctx: Ctx, relationId: string, count: number): MonthOfSupervision[] {
	const months = Array.from({ length: count }, (_, i) => addMonths(`${ctx.today.slice(0, 7)}-01`, -i).slice(0, 7));
	const text = `SELECT substr(e.held_on, 1, 7) AS month, sum(e.own_minutes) AS minutes, sum(CASE WHEN e.confirmed_at IS NULL THEN 0 ELSE e.own_minutes END) AS confirmed
		FROM supervision_entry e WHERE e.relation_id = ? AND e.held_on >= ? AND e.is_draft = 0 AND (e.corrects_id IS NULL OR e.confirmed_at IS NOT NULL)
			AND NOT EXISTS (SELECT 1 FROM supervision_entry c WHERE c.corrects_id = e.id AND c.confirmed_at IS NOT NULL)
		GROUP BY 1`;
	const rows = prepared(ctx.db.sql, text).all(relationId, `${months.at(-1)}-01`) as MonthOfSupervision[];
	return months.map((month) => rows.find((row) => row.month === month) ?? { month, minutes: 0, confirmed: 0 });
}

import { and, eq, isNull } from 'drizzle-orm';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { decisionUndo } from '#db/schema/index.ts';
import { type Decision, decisionsOn } from './decision-queries.ts';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import { canKeepMeetings } from './policy.ts';
import { type Standing, standingByReference } from './step.ts';

export type UndoAsked = typeof decisionUndo.$inferSelect;
export type DecisionLine = {
	reference: string;
	route: string;
	outcome: Decision['outcome'];
	decidedOn: string;
	meeting: string;
	isSetAside: boolean;
	isUndoAsked: boolean;
};

/** An application with its decisions, for those who keep meetings; nothing of their own circle. @throws Forbidden, NotFound */
export function decidedFor(ctx: Ctx, reference: string): { standing: Standing; decisions: Decision[]; asked: UndoAsked | null } {
	allow(canKeepMeetings(ctx.actor));
	const standing = standingByReference(ctx.db, reference);
	const decisions = decisionsOn(ctx.db, standing.application.id);
	const isOwn = interestsIn(ctx.db, standing.application.id, personOf(ctx).personId).some((interest) => OWN_CIRCLE.includes(interest));
	if (isOwn || decisions.length === 0) throw new NotFound('There is no such decision.');
	const { decisionId } = standing.state;
	return { standing, decisions, asked: decisionId === null ? null : undoAskedFor(ctx.db, decisionId) };
}

/** Who asks to undo a decision, and why, while nobody has answered; null otherwise. Never authorises. */
export function undoAskedFor(db: Db, decisionId: string): UndoAsked | null {
	const isOpen = and(eq(decisionUndo.decisionId, decisionId), isNull(decisionUndo.confirmedAt), isNull(decisionUndo.refusedAt));
	return db.orm.select().from(decisionUndo).where(isOpen).get() ?? null;
}

const MOST = 200;

/** The newest decisions, those first that somebody asks to undo; nothing of the reader's own circle. @throws Forbidden */
export function decisionsMade(ctx: Ctx): DecisionLine[] {
	allow(canKeepMeetings(ctx.actor));
	const { personId } = personOf(ctx);
	const rows = prepared(ctx.db.sql, MADE).all(MOST) as (Omit<DecisionLine, 'isSetAside' | 'isUndoAsked'> & {
		id: string;
		isSetAside: number;
		isUndoAsked: number;
	})[];
	return rows
		.filter(({ id }) => !interestsIn(ctx.db, id, personId).some((interest) => OWN_CIRCLE.includes(interest)))
		.map(({ id: _, ...row }) => ({ ...row, isSetAside: row.isSetAside === 1, isUndoAsked: row.isUndoAsked === 1 }));
}

const MADE = `SELECT a.id, a.reference, a.route, d.outcome, d.decided_on AS decidedOn, m.reference AS meeting, d.overturned_at IS NOT NULL AS isSetAside,
	EXISTS (SELECT 1 FROM decision_undo u WHERE u.decision_id = d.id AND u.confirmed_at IS NULL AND u.refused_at IS NULL) AS isUndoAsked
	FROM decision d JOIN accreditation_application a ON a.id = d.application_id JOIN meeting_item i ON i.id = d.item_id JOIN meeting m ON m.id = i.meeting_id
	ORDER BY isUndoAsked DESC, d.decided_at DESC, d.id DESC LIMIT ?`;

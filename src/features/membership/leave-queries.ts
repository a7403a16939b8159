import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { membershipLeaveRequest } from '#db/schema/index.ts';
import { canSeeApplications } from './policy.ts';

export type LeaveRequest = typeof membershipLeaveRequest.$inferSelect;
export type NamedLeaveRequest = LeaveRequest & { name: string };

const COLUMNS = `r.id, r.person_id AS personId, r.from_on AS fromOn, r.to_on AS toOn, r.reason, r.state, r.asked_at AS askedAt, r.decided_by AS decidedBy,
	r.decided_at AS decidedAt, r.decision_reason AS decisionReason, r.version`;
const NAMED = `SELECT ${COLUMNS}, n.given_names || ' ' || n.family_name AS name FROM membership_leave_request r
	JOIN person_name n ON n.person_id = r.person_id AND n.to_on IS NULL`;

/** A request for leave that waits for an answer, or null. Never authorises. */
export function openLeaveRequest(db: Db, personId: string): LeaveRequest | null {
	const text = `SELECT ${COLUMNS} FROM membership_leave_request r WHERE r.person_id = ? AND r.state = 'asked'`;
	return (prepared(db.sql, text).get(personId) as LeaveRequest | undefined) ?? null;
}

/** The newest request of a person, whatever became of it. Never authorises. */
export function lastLeaveRequest(db: Db, personId: string): LeaveRequest | null {
	const text = `SELECT ${COLUMNS} FROM membership_leave_request r WHERE r.person_id = ? ORDER BY r.asked_at DESC LIMIT 1`;
	return (prepared(db.sql, text).get(personId) as LeaveRequest | undefined) ?? null;
}

/** One request, for the office. @throws NotFound for everybody else */
export function leaveRequest(ctx: Ctx, id: string): NamedLeaveRequest {
	const found = canSeeApplications(ctx.actor) && prepared(ctx.db.sql, `${NAMED} WHERE r.id = ?`).get(id);
	if (!found) throw new NotFound('There is no such request.');
	return found as NamedLeaveRequest;
}

/** Requests that wait for an answer, oldest first. @throws NotFound unless the actor decides about them */
export function leaveRequestsWaiting(ctx: Ctx): NamedLeaveRequest[] {
	if (!canSeeApplications(ctx.actor)) throw new NotFound('There is no such list.');
	return prepared(ctx.db.sql, `${NAMED} WHERE r.state = 'asked' ORDER BY r.asked_at`).all() as NamedLeaveRequest[];
}

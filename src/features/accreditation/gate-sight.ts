import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hasRole, isStaff, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { accreditationAssessor } from '#db/schema/index.ts';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import type { Phase } from './phases.ts';
import { isOfficer, type Tie } from './policy.ts';
import { type Standing, standingByReference } from './step.ts';

export type Assignment = typeof accreditationAssessor.$inferSelect;
/** An application as somebody of the office or an assessor may see it. `assignment`: their own, while it lasts. */
export type Sight = Standing & { tie: Tie; isOfficer: boolean; assignment: Assignment | null; isGateShut: boolean };

const NONE = 'There is no such application.';
/** While an assessor may open what they were given: until it is decided. */
const ASSESSORS_READ: readonly Phase[] = ['assessment', 'waiting_on_applicant', 'verification', 'panel', 'review'];

/**
 * An application for the one who asks: an officer, or an assessor who was given it. Somebody of the applicant's own circle, whoever stepped
 * back, and everybody else learn nothing, not even that there is one (workflows.md §6.0).
 * `isGateShut`: an assessor has not declared yet; nothing of the file may be shown but whose it is. @throws NotFound, SignInRequired
 */
export function sightOf(ctx: Ctx, reference: string): Sight {
	const { personId } = personOf(ctx);
	const standing = standingByReference(ctx.db, reference);
	const { application, state } = standing;
	if (interestsIn(ctx.db, application.id, personId).some((interest) => OWN_CIRCLE.includes(interest))) throw new NotFound(NONE);
	const given = assignmentOf(ctx.db, application.id, personId);
	const mayAssess = isStaff(ctx.actor) && hasRole(ctx.actor, 'assessor') && ASSESSORS_READ.includes(state.phase);
	const assignment = mayAssess ? given : null;
	const officer = isOfficer(ctx.actor);
	if (!officer && assignment === null) throw new NotFound(NONE);
	const tie: Tie = { personId: application.personId, state, isBarred: false };
	return { ...standing, tie, isOfficer: officer, assignment, isGateShut: assignment !== null && assignment.declaredAt === null };
}

/** What the actor may work on as an assessor. @throws NotFound unless they were given it and have declared */
export function assessorSight(ctx: Ctx, reference: string): Sight & { assignment: Assignment } {
	const sight = sightOf(ctx, reference);
	const { assignment } = sight;
	if (assignment === null || sight.isGateShut) throw new NotFound(NONE);
	return { ...sight, assignment };
}

/** What an officer may work on. @throws NotFound for everybody else, and for an officer who assesses it and has not declared */
export function officerSight(ctx: Ctx, reference: string): Sight {
	const sight = sightOf(ctx, reference);
	if (!sight.isOfficer || sight.isGateShut) throw new NotFound(NONE);
	return sight;
}

/** The assignment of somebody that lasts, or null. Never authorises. */
export function assignmentOf(db: Db, applicationId: string, personId: string): Assignment | null {
	const text = `SELECT ${ASSIGNMENT} FROM accreditation_assessor WHERE application_id = ? AND person_id = ? AND ended_at IS NULL`;
	return (prepared(db.sql, text).get(applicationId, personId) as Assignment | undefined) ?? null;
}

/** Those who assess an application now, the lead first. Never authorises. */
export function assignmentsOf(db: Db, applicationId: string): Assignment[] {
	const text = `SELECT ${ASSIGNMENT} FROM accreditation_assessor WHERE application_id = ? AND ended_at IS NULL ORDER BY place`;
	return prepared(db.sql, text).all(applicationId) as Assignment[];
}

export const ASSIGNMENT = `id, application_id AS applicationId, person_id AS personId, place, is_blind AS isBlind, assigned_by AS assignedBy,
	assigned_at AS assignedAt, declared_at AS declaredAt, declared, declared_words AS declaredWords, recommendation, summary, sealed_at AS sealedAt,
	ended_at AS endedAt, end_reason AS endReason, version`;

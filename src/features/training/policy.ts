import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';

type CaseParties = { personId: string; supervisor: { personId: string | null; hasAgreed: boolean } };

/** Who enters courses, and decides on attendance that is claimed. Never their own. */
export function canKeepCourses(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar');
}

/** Who sees the list of courses in the office. */
export function canSeeCourses(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'committee');
}

/** Who notes that a course is approved, renewed or no longer: those who decide it. */
export function canApproveCourses(actor: Actor): boolean {
	return hasRole(actor, 'committee', 'registrar');
}

/** Who drafts and publishes the scale on which recordings are rated. */
export function canWorkOnScale(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'committee', 'registrar');
}

/** Nobody decides on their own attendance. */
export function canDecideAttendance(actor: Actor, attendance: { personId: string }): boolean {
	return canKeepCourses(actor) && !isPerson(actor, attendance.personId);
}

/** The lead trainer records who was there. */
export function canLead(actor: Actor, course: { leadId: string | null }): boolean {
	return course.leadId !== null && isPerson(actor, course.leadId);
}

/** A trainee keeps their own cases. */
export function canKeepCase(actor: Actor, theCase: Pick<CaseParties, 'personId'>): boolean {
	return isPerson(actor, theCase.personId);
}

/** Only the case's own supervisor, once they agreed to supervise; also after the supervision has ended. */
export function canSignCase(actor: Actor, { personId, supervisor }: CaseParties): boolean {
	return supervisor.personId !== null && supervisor.hasAgreed && isPerson(actor, supervisor.personId) && !isPerson(actor, personId);
}

/** The office may open a case with a reason, which is recorded; never one's own or one that one supervises. */
export function canOpenCase(actor: Actor, { personId, supervisor }: CaseParties): boolean {
	return canKeepCourses(actor) && !isPerson(actor, personId) && !(supervisor.personId !== null && isPerson(actor, supervisor.personId));
}

function isPerson(actor: Actor, personId: string): boolean {
	return actor.kind === 'person' && actor.personId === personId;
}

import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';
import { moveFor, type StepKind, type Who } from './phases.ts';
import type { State } from './state.ts';

/** What decides about a person and an application: whose it is, and what the record says they are to each other. */
export type Tie = { personId: string; state: State; isBarred: boolean };

/** Works on applications for the office: complete or not, who assesses, holds, what is put to the committee. */
export function isOfficer(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'membership_officer', 'registrar');
}

/** Sits on the committee, lay or not. */
export function isCommittee(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'committee', 'lay_panel_member');
}

/** Calls meetings, keeps the room and the minutes. */
export function canKeepMeetings(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'registrar', 'membership_officer', 'committee');
}

/** Sees how applications go as a whole: no names. */
export function canReadReport(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'membership_officer', 'registrar', 'committee', 'external_reviewer');
}

/** Says on which days the office is closed. */
export function canKeepHolidays(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'membership_officer', 'registrar', 'administrator');
}

/** Drafts and publishes standards. */
export function canWorkOnStandards(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'committee', 'registrar');
}

/**
 * May this person take this step now, as far as roles, ties and the phase say? Buttons and commands ask the same.
 * Steps of a meeting are taken by its resolution, those of third parties by their link: nobody takes them by a role.
 */
export function canTake(actor: Actor, tie: Tie, kind: StepKind): boolean {
	return moveFor(tie.state.phase, kind)?.who.some((who) => fits(actor, tie, who)) ?? false;
}

function fits(actor: Actor, { personId, state, isBarred }: Tie, who: Who): boolean {
	if (actor.kind !== 'person') return actor.kind === 'system' && who === 'system';
	if (who === 'applicant') return actor.personId === personId;
	if (isBarred || actor.personId === personId) return false;
	if (who === 'officer') return isOfficer(actor);
	if (who === 'head') return isStaff(actor) && hasRole(actor, 'registrar');
	const place = state.assessors.find((a) => a.personId === actor.personId)?.place;
	if (who === 'assessor') return isStaff(actor) && hasRole(actor, 'assessor') && place !== undefined;
	return who === 'lead' && isStaff(actor) && hasRole(actor, 'assessor') && place === 1;
}

import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';

/** May the actor see applications and leave requests? */
export function canSeeApplications(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar');
}

/** May the actor decide about this person? Never about themselves. */
export function canDecide(actor: Actor, personId: string): boolean {
	return canSeeApplications(actor) && actor.kind === 'person' && actor.personId !== personId;
}

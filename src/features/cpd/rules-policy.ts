import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';

/** Rules are drafted, tried and published by the committee and the registrar. */
export function canWorkOnRules(actor: Actor): boolean {
	return hasRole(actor, 'committee', 'registrar');
}

/** A trial tells everyone how many would be touched; who they are is for the registrar alone. */
export function canSeeWhoChanges(actor: Actor): boolean {
	return hasRole(actor, 'registrar');
}

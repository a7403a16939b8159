import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';

/** May the actor see invoices and payments of others? */
export function canSeePayments(actor: Actor): boolean {
	return hasRole(actor, 'finance', 'registrar');
}

/** May the actor record, refund or void on an invoice of this person? Never on their own. */
export function canKeepBooks(actor: Actor, ofPersonId: string): boolean {
	return actor.kind === 'system' || (canSeePayments(actor) && actor.kind === 'person' && actor.personId !== ofPersonId);
}

/** May the actor grant this person a reduced fee? Never themselves. */
export function canGrantConcession(actor: Actor, toPersonId: string): boolean {
	return hasRole(actor, 'finance', 'membership_officer', 'registrar') && actor.kind === 'person' && actor.personId !== toPersonId;
}

/** May the actor pay invoices of this person here? Only their own. */
export function canPay(actor: Actor, ofPersonId: string): boolean {
	return actor.kind === 'person' && actor.personId === ofPersonId;
}

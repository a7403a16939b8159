import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';

/** The head of accreditation asks to undo a decision (workflows.md §6.2). */
export function canAskUndo(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'registrar');
}

/** A second person agrees or does not: a registrar or somebody of the committee, never the one who asked. */
export function canConfirmUndo(actor: Actor, { askedBy }: { askedBy: string }): boolean {
	return actor.kind === 'person' && isStaff(actor) && hasRole(actor, 'registrar', 'committee') && actor.personId !== askedBy;
}

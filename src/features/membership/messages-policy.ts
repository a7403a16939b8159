import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';

/** May the actor see what became of the messages that were sent, and send those again that reached nobody? Their texts are shown to nobody. */
export function canSeeMessages(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator');
}

/** Does a text hold a link that lets whoever has it act for someone? Such a message goes to nobody else's mailbox. */
export function holdsPersonalLink(text: string): boolean {
	return /\/link\/[\w-]{20,}/.test(text);
}

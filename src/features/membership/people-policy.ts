import type { Actor } from '#core/ctx.ts';
import { hasRole } from '#core/policy.ts';

/** May the actor look for people and read their files? */
export function canReadFiles(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator', 'external_reviewer');
}

/** May the actor see how to reach someone, when they were born, and the personal values in the history? A reviewer from outside sees all but that. */
export function seesPersonal(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator');
}

/** May the actor write into this person's file? Never into their own. */
export function canKeepFile(actor: Actor, personId: string): boolean {
	return hasRole(actor, 'membership_officer', 'registrar') && isNotOwn(actor, personId);
}

/** May the actor invite this person to their account, close it, or change its address? Never their own. */
export function canKeepAccount(actor: Actor, personId: string): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator') && isNotOwn(actor, personId);
}

/** May the actor take lists of people out, and bring two files together? */
export function canKeepRecords(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar');
}

/** May the actor see what became of messages, and send one again? */
export function canKeepMail(actor: Actor): boolean {
	return hasRole(actor, 'membership_officer', 'registrar', 'administrator');
}

function isNotOwn(actor: Actor, personId: string): boolean {
	return actor.kind === 'person' && actor.personId !== personId;
}

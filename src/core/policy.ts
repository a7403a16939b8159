import type { Actor, Ctx, Person } from './ctx.ts';
import { Forbidden, SignInRequired } from './errors.ts';
import { isStaffRole, type Role } from './roles.ts';

/** How long a proof of who one is counts for a sensitive act (security.md §1.7); a form that was opened in time may still be sent a little later. */
const PROOF_MS = 10 * 60_000;
const FORM_GRACE_MS = 10 * 60_000;

/** Refuses unless `may`. Every command begins with this. @throws Forbidden */
export function allow(may: boolean, message = 'Your account does not allow this.'): asserts may {
	if (!may) throw new Forbidden(message);
}

/** The person who is signed in. @throws SignInRequired when nobody is. */
export function personOf(ctx: Ctx): Person {
	if (ctx.actor.kind !== 'person') throw new SignInRequired('Sign in first.');
	return ctx.actor;
}

/** Does the actor hold one of these roles today? Nobody signed in, jobs and command lines hold none. */
export function hasRole(actor: Actor, ...roles: readonly Role[]): boolean {
	return actor.kind === 'person' && roles.some((role) => actor.roles.includes(role));
}

/** Does the actor work for the organisation, with a second step given? */
export function isStaff(actor: Actor): boolean {
	return actor.kind === 'person' && actor.level === 2 && actor.roles.some(isStaffRole);
}

/**
 * Sensitive acts (export, decision, change of role, e-mail, password or second step) need a recent proof of who one is.
 * Pages call it when they are opened, so that nobody types a long form and is then turned away; commands call it again.
 * @throws SignInRequired with `step: 'prove'`: the middleware asks for the proof and comes back.
 */
export function requireProof(ctx: Ctx, isSending: boolean): void {
	const { provedAt } = personOf(ctx);
	if (ctx.now - provedAt > PROOF_MS + (isSending ? FORM_GRACE_MS : 0)) throw new SignInRequired('Confirm that it is you.', 'prove');
}

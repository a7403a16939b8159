import type { Actor } from '#core/ctx.ts';
import { isStaff } from '#core/policy.ts';
import type { Access, Sight } from './sight.ts';

type Seen = Pick<Sight, 'accesses' | 'isGateShut'>;

const has = (actor: Actor, { accesses, isGateShut }: Seen, capacities: readonly Access['capacity'][]) =>
	isStaff(actor) && !isGateShut && accesses.some(({ capacity }) => capacities.includes(capacity));

/** May somebody draft orders of a case, publish what another drafted, and propose or agree to an end? */
export function mayOrder(actor: Actor, sight: Seen): boolean {
	return has(actor, sight, ['owner', 'secretary']);
}

/** May they note that the law was looked at? */
export function mayCheckOrder(actor: Actor, sight: Seen): boolean {
	return has(actor, sight, ['owner', 'secretary', 'adviser']);
}

/** May they judge what a therapist showed of a condition? */
export function mayMonitor(actor: Actor, sight: Seen): boolean {
	return has(actor, sight, ['owner', 'secretary', 'monitor']);
}

/** May they read of orders at all: the public text, the conditions and what was shown? */
export function mayReadOrders(actor: Actor, sight: Seen): boolean {
	return has(actor, sight, ['owner', 'secretary', 'adviser', 'monitor', 'caseworker']);
}

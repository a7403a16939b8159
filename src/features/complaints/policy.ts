import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';
import { moveFor, type StepKind, type Who } from './phases.ts';
import type { Access, Sight } from './sight.ts';

/** Works on concerns for the office: may be let into any of them, and sees none by that alone. */
export function isComplaintsOfficer(actor: Actor): boolean {
	return isStaff(actor) && hasRole(actor, 'complaints_officer');
}

/** As what somebody who was let in may act. A broken glass and a reviewer's look change nothing. */
const ACTS_AS: Record<Access['capacity'], readonly Who[]> = {
	owner: ['lead', 'two', 'caseworker'],
	caseworker: ['caseworker'],
	lay_screener: ['two'],
	investigator: ['investigator', 'caseworker'],
	facilitator: ['caseworker'],
	monitor: ['monitor'],
	secretary: ['secretary', 'caseworker'],
	panel: [],
	adviser: [],
	reviewer: [],
	break_glass: [],
};

/**
 * May this person take this step of a case now, as far as what they were let in as and the phase say? Buttons and commands ask the same. Steps
 * of a panel follow from its votes, those of the sides from their own area: nobody takes them by having been let in.
 */
export function canTake(actor: Actor, sight: Pick<Sight, 'accesses' | 'isGateShut' | 'isUnowned' | 'state'>, kind: StepKind): boolean {
	const move = moveFor(sight.state.phase, kind);
	if (move === null || !isStaff(actor) || sight.isGateShut) return false;
	const as = new Set(sight.accesses.flatMap((a) => ACTS_AS[a.capacity]));
	if (sight.isUnowned && isComplaintsOfficer(actor)) as.add('lead');
	return move.who.some((who) => as.has(who));
}

/** Does somebody who was let in work on the case, and not only look at it? */
export function worksOn({ accesses, isGateShut }: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return !isGateShut && accesses.some(({ capacity }) => ACTS_AS[capacity].includes('caseworker'));
}

/** Does somebody only sit on a panel? They read what lies before it in its room, and not how the office works on the case or how a side is reached. */
export function onlySits({ accesses, isGateShut }: Pick<Sight, 'accesses' | 'isGateShut'>): boolean {
	return !isGateShut && accesses.length > 0 && accesses.every(({ capacity }) => capacity === 'panel');
}

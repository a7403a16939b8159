import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';
import { AUDIT_MOVES, type AuditKind, type AuditPhase } from './audit-state.ts';
import { isOfficer } from './policy.ts';
import { RENEWAL_MOVES, type RenewalKind, type RenewalPhase } from './renewal-state.ts';

/**
 * Who may take a step. `first`: the assessor of a re-accreditation, or the auditor that an audit was given to; `second`: the second auditor;
 * `committee`: an officer, once a meeting has resolved it.
 */
export type UpkeepWho = 'system' | 'member' | 'officer' | 'first' | 'second' | 'committee';
/** What decides about a person and a file: whose it is, whether the record ties them to the member, what they have of it. */
export type UpkeepTie = { memberId: string; isBarred: boolean; isGateShut: boolean; place: 1 | 2 | null };

/** An audit: who takes each step (workflows.md §6.4). In which phases, `AUDIT_MOVES` says. */
export const AUDIT_WHO: Record<AuditKind, readonly UpkeepWho[]> = {
	selected: ['officer'],
	notified: ['officer'],
	began: ['member'],
	submitted: ['member'],
	extended: ['officer'],
	excused: ['officer'],
	assigned: ['officer'],
	unassigned: ['officer', 'first', 'second'],
	information_requested: ['first'],
	information_answered: ['member'],
	information_overdue: ['system'],
	satisfied: ['first'],
	action_plan: ['first'],
	task_met: ['first'],
	task_missed: ['first'],
	found_short: ['first'],
	found_otherwise: ['second'],
	not_satisfied: ['second'],
	referred: ['officer'],
	resolved: ['committee'],
};

type RenewalRow = readonly UpkeepWho[] | Partial<Record<RenewalPhase, readonly UpkeepWho[]>>;

/** A re-accreditation: who takes each step (workflows.md §6.3), where it matters by the phase it is taken in. */
export const RENEWAL_WHO: Record<RenewalKind, RenewalRow> = {
	opened: ['system'],
	submitted: ['member'],
	drawn: ['officer'],
	assigned: ['officer'],
	unassigned: ['officer', 'first'],
	information_requested: ['first'],
	information_answered: ['member'],
	information_overdue: ['system'],
	confirmed: { submitted: ['officer'], in_assessment: ['first'], panel: ['committee'] },
	conditional: ['first'],
	task_met: ['officer'],
	task_missed: ['officer'],
	put_to_committee: ['first'],
	refused: ['committee'],
	extended: ['officer'],
	closed: ['system'],
};

/** May this person take this step of an audit, as far as roles, ties and the phase say? */
export function canTakeAudit(actor: Actor, tie: UpkeepTie & { phase: AuditPhase }, kind: AuditKind): boolean {
	return AUDIT_MOVES[kind].from.includes(tie.phase) && AUDIT_WHO[kind].some((who) => fits(actor, tie, who, 'auditor'));
}

/** The same of a re-accreditation. */
export function canTakeRenewal(actor: Actor, tie: UpkeepTie & { phase: RenewalPhase }, kind: RenewalKind): boolean {
	const row = RENEWAL_WHO[kind];
	const who = 'length' in row ? (row as readonly UpkeepWho[]) : ((row as Partial<Record<RenewalPhase, readonly UpkeepWho[]>>)[tie.phase] ?? []);
	return RENEWAL_MOVES[kind].from.includes(tie.phase) && who.some((one) => fits(actor, tie, one, 'assessor'));
}

/** Is the actor this to a file, whatever its phase? `role`: what those hold who look at it. */
export function fits(actor: Actor, { memberId, isBarred, isGateShut, place }: UpkeepTie, who: UpkeepWho, role: 'auditor' | 'assessor'): boolean {
	if (actor.kind !== 'person') return actor.kind === 'system' && who === 'system';
	if (who === 'system') return false;
	if (who === 'member') return actor.personId === memberId;
	if (isBarred || actor.personId === memberId) return false;
	// Before they have declared, nothing but the gate is open to them.
	if (place !== null && isGateShut) return false;
	if (who === 'officer' || who === 'committee') return isOfficer(actor);
	return isStaff(actor) && hasRole(actor, role) && place === (who === 'first' ? 1 : 2);
}

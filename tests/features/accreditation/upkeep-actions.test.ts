import { expect, test } from 'vitest';
import type { Actor } from '#core/ctx.ts';
import { ROLE_NAMES, type Role } from '#core/roles.ts';
import { AUDIT_MOVES, type AuditKind, type AuditPhase } from '#features/accreditation/audit-state.ts';
import { RENEWAL_MOVES, type RenewalKind, type RenewalPhase } from '#features/accreditation/renewal-state.ts';
import { canTakeAudit, canTakeRenewal, type UpkeepTie } from '#features/accreditation/upkeep-who.ts';
import { expectGolden } from '#tests/helpers/golden.ts';

const AUDIT_PHASES: AuditPhase[] = [
	...(['selected', 'notified', 'responding', 'in_review', 'information', 'action_plan'] as const),
	...(['satisfied', 'not_satisfied', 'referred', 'excused'] as const),
];
const RENEWAL_PHASES: RenewalPhase[] = [
	...(['window_open', 'late', 'reactivatable', 'submitted', 'in_assessment', 'information', 'panel'] as const),
	...(['conditional', 'confirmed', 'refused', 'closed'] as const),
];

type Who = { title: string; actor: Actor } & Partial<UpkeepTie>;
const person = (roles: readonly Role[], level: 1 | 2 = 2): Actor => ({ kind: 'person', personId: 'me', accountId: 'me', roles, level, provedAt: 0 });
const looksAt = (role: 'auditor' | 'assessor'): Who[] => [
	{ title: `the first ${role}`, actor: person([role]), place: 1 },
	{ title: `the second ${role}`, actor: person([role]), place: 2 },
	{ title: `the first ${role}, before they have declared`, actor: person([role]), place: 1, isGateShut: true },
	{ title: `the first ${role}, without the second step`, actor: person([role], 1), place: 1 },
	{ title: `the first ${role}, whose role was taken back`, actor: person(['member']), place: 1 },
	{ title: `the first ${role}, tied to the member`, actor: person([role]), place: 1, isBarred: true },
	{ title: `the member, who is registrar and ${role} too`, actor: person(['registrar', role]), place: 1, memberId: 'me' },
];
/** Everybody there is: each role by itself, those who have something of the file, and those whom something bars. */
const actors = (role: 'auditor' | 'assessor'): Who[] => [
	{ title: 'nobody signed in', actor: { kind: 'public' } },
	{ title: 'the system', actor: { kind: 'system', name: 'job' } },
	{ title: 'the member', actor: person(['member']), memberId: 'me' },
	...ROLE_NAMES.map((name) => ({ title: `the role ${name}, with nothing of the file`, actor: person([name]) })),
	...looksAt(role),
	{ title: 'the role membership_officer, without the second step', actor: person(['membership_officer'], 1) },
	{ title: 'the role membership_officer, tied to the member', actor: person(['membership_officer']), isBarred: true },
	{ title: 'the role registrar, tied to the member', actor: person(['registrar']), isBarred: true },
];
const tieOf = ({ memberId = 'another', isBarred = false, isGateShut = false, place = null }: Who): UpkeepTie => ({ memberId, isBarred, isGateShut, place });

const onAudit = (who: Who, phase: AuditPhase): AuditKind[] =>
	(Object.keys(AUDIT_MOVES) as AuditKind[]).filter((kind) => canTakeAudit(who.actor, { ...tieOf(who), phase }, kind));
const onRenewal = (who: Who, phase: RenewalPhase): RenewalKind[] =>
	(Object.keys(RENEWAL_MOVES) as RenewalKind[]).filter((kind) => canTakeRenewal(who.actor, { ...tieOf(who), phase }, kind));

function told<P extends string>(whos: readonly Who[], phases: readonly P[], allowed: (who: Who, phase: P) => string[]): string {
	return whos
		.flatMap((who) => {
			const lines = phases.flatMap((phase) => (allowed(who, phase).length === 0 ? [] : [`  ${phase}: ${allowed(who, phase).join(', ')}`]));
			return [who.title, ...(lines.length === 0 ? ['  nothing'] : lines), ''];
		})
		.join('\n');
}

test('who may do what with an audit, and with a re-accreditation, is as it was agreed: read the difference before you commit it', () => {
	expectGolden('accreditation/permitted-audit-actions', told(actors('auditor'), AUDIT_PHASES, onAudit));
	expectGolden('accreditation/permitted-renewal-actions', told(actors('assessor'), RENEWAL_PHASES, onRenewal));
});

test('what time alone brings is taken by no person', () => {
	for (const who of [...actors('auditor'), ...actors('assessor')].filter(({ actor }) => actor.kind === 'person'))
		for (const phase of AUDIT_PHASES) expect(onAudit(who, phase)).not.toContain('information_overdue');
});

test('nobody who is tied to the member, without the second step, outside, or before declaring takes any step but a member’s own', () => {
	for (const role of ['auditor', 'assessor'] as const)
		for (const who of actors(role).filter(({ isBarred, isGateShut, title }) => isBarred || isGateShut || /without|signed in|taken back/.test(title)))
			expect([...AUDIT_PHASES.flatMap((phase) => onAudit(who, phase)), ...RENEWAL_PHASES.flatMap((phase) => onRenewal(who, phase))], who.title).toEqual([]);
});

test('nobody but the member answers, and the member decides nothing, whatever roles they hold', () => {
	const own: (AuditKind | RenewalKind)[] = ['began', 'submitted', 'information_answered'];
	for (const role of ['auditor', 'assessor'] as const)
		for (const who of actors(role)) {
			const all = [...AUDIT_PHASES.flatMap((phase) => onAudit(who, phase)), ...RENEWAL_PHASES.flatMap((phase) => onRenewal(who, phase))];
			expect(
				all.every((kind) => own.includes(kind) === (who.memberId === 'me')),
				who.title,
			).toBe(true);
		}
});

import { expect, test } from 'vitest';
import type { Actor } from '#core/ctx.ts';
import { ROLE_NAMES, type Role } from '#core/roles.ts';
import { canTake, MOVES, type Phase, type State, type StepKind } from '#features/accreditation/index.ts';
import { expectGolden } from '#tests/helpers/golden.ts';

const PHASES: Phase[] = ['draft', 'checks', 'assessment', 'waiting_on_applicant', 'verification', 'panel', 'decided', 'review', 'withdrawn', 'closed'];
const KINDS = [...new Set(MOVES.map(({ kind }) => kind))];

type Who = { title: string; actor: Actor; isApplicant?: true; place?: number; isBarred?: true };

const person = (roles: readonly Role[], level: 1 | 2 = 2): Actor => ({ kind: 'person', personId: 'me', accountId: 'me', roles, level, provedAt: 0 });
/** Everybody there is: each role by itself, the ones with a tie to the application, and those whom something bars. */
const ACTORS: Who[] = [
	{ title: 'nobody signed in', actor: { kind: 'public' } },
	{ title: 'the system', actor: { kind: 'system', name: 'job' } },
	{ title: 'the applicant', actor: person(['member']), isApplicant: true },
	{ title: 'the applicant, who is registrar and assessor too', actor: person(['registrar', 'assessor']), isApplicant: true, place: 1 },
	...ROLE_NAMES.map((role) => ({ title: `the role ${role}, not tied`, actor: person([role]) })),
	{ title: 'the lead assessor', actor: person(['assessor']), place: 1 },
	{ title: 'the second assessor', actor: person(['assessor']), place: 2 },
	{ title: 'the lead assessor, without the second step', actor: person(['assessor'], 1), place: 1 },
	{ title: 'the lead assessor, whose role was taken back', actor: person(['member']), place: 1 },
	{ title: 'the role membership_officer with an interest', actor: person(['membership_officer']), isBarred: true },
	{ title: 'the role registrar with an interest', actor: person(['registrar']), isBarred: true },
	{ title: 'the lead assessor with an interest', actor: person(['assessor']), place: 1, isBarred: true },
];

/** What may be done in a phase by somebody, as far as role, tie and phase say. */
function allowed({ actor, isApplicant, place, isBarred = undefined }: Who, phase: Phase): StepKind[] {
	const assessors = place === undefined ? [] : [{ personId: 'me', place, isBlind: false, isSealed: false }];
	const tie = { personId: isApplicant ? 'me' : 'another', state: { phase, assessors } as unknown as State, isBarred: isBarred ?? false };
	return KINDS.filter((kind) => canTake(actor, tie, kind));
}

test('who may do what in which phase is as it was agreed: read the difference before you commit it', () => {
	const lines = ACTORS.flatMap((who) => {
		const phases = PHASES.flatMap((phase) => {
			const kinds = allowed(who, phase);
			return kinds.length === 0 ? [] : [`  ${phase}: ${kinds.join(', ')}`];
		});
		return [who.title, ...(phases.length === 0 ? ['  nothing'] : phases), ''];
	});
	expectGolden('accreditation/permitted-actions', lines.join('\n'));
});

test('nobody with an interest, nobody without the second step and nobody outside takes any step', () => {
	for (const who of ACTORS.filter(({ isBarred, title }) => isBarred || title.includes('without') || title.includes('signed in')))
		for (const phase of PHASES) expect(allowed(who, phase), `${who.title}, ${phase}`).toEqual([]);
});

test('what a meeting, a third party or a second person has to do is done by no role alone', () => {
	for (const who of ACTORS)
		for (const phase of PHASES) for (const kind of ['decided', 'deferred', 'review_decided'] as const) expect(allowed(who, phase)).not.toContain(kind);
});

import type { accreditationApplication, accreditationStep } from '#db/schema/index.ts';

export type Phase = (typeof accreditationApplication.$inferSelect)['phase'];
export type Turn = (typeof accreditationApplication.$inferSelect)['turn'];
export type Outcome = NonNullable<(typeof accreditationApplication.$inferSelect)['outcome']>;
export type StepKind = (typeof accreditationStep.$inferSelect)['kind'];

/** Who may take a step. `lead`: the first assessor. `committee`: by a resolution of a meeting. `head`: the registrar, with a second person. */
export type Who = 'applicant' | 'officer' | 'assessor' | 'lead' | 'committee' | 'review_panel' | 'head' | 'third_party' | 'system';

/** `to` null: the phase stays, or follows from what is still open (`state.ts`). */
export type Move = { kind: StepKind; from: readonly Phase[]; to: Phase | null; who: readonly Who[] };

const OPEN = ['checks', 'assessment', 'waiting_on_applicant', 'verification', 'panel', 'review'] as const;
const IN_WORK = ['assessment', 'waiting_on_applicant', 'verification'] as const;

const move = (kind: StepKind, from: readonly Phase[], to: Phase | null, ...who: Who[]): Move => ({ kind, from, to, who });

/** An application from the first word to what follows the decision (workflows.md §6.2): which step may be taken in which phase, and by whom. */
export const MOVES: readonly Move[] = [
	move('submitted', ['draft'], 'checks', 'applicant'),
	move('closed', ['draft'], 'closed', 'system'),
	move('returned', ['checks'], 'draft', 'officer'),
	move('accepted', ['checks'], 'assessment', 'officer'),
	move('assigned', ['assessment', 'waiting_on_applicant'], null, 'officer'),
	move('unassigned', ['assessment', 'waiting_on_applicant'], null, 'officer', 'assessor'),
	move('sheet_sealed', ['assessment'], null, 'assessor'),
	move('reconciled', ['assessment'], null, 'lead', 'system'),
	move('information_requested', ['assessment', 'verification'], 'waiting_on_applicant', 'lead', 'officer'),
	// What an applicant may do the office may type in for them, when a letter in the post brings it (letter-office.ts).
	move('information_answered', ['waiting_on_applicant'], 'assessment', 'applicant', 'officer'),
	// No answer never declines: it goes back, and the office is told that nothing came.
	move('information_overdue', ['waiting_on_applicant'], 'assessment', 'system'),
	move('information_extended', ['waiting_on_applicant', 'assessment'], 'waiting_on_applicant', 'officer'),
	move('request_made', ['draft', 'checks', ...IN_WORK], null, 'applicant', 'officer', 'lead'),
	move('request_settled', ['draft', 'checks', ...IN_WORK, 'panel'], null, 'third_party', 'officer', 'lead', 'system'),
	move('put_to_panel', ['assessment', 'verification'], 'panel', 'officer'),
	move('deferred', ['panel'], 'assessment', 'committee'),
	move('decided', ['panel'], 'decided', 'committee'),
	move('condition_met', ['decided'], null, 'officer'),
	move('condition_missed', ['decided'], 'panel', 'officer'),
	move('review_requested', ['decided'], 'review', 'applicant', 'officer'),
	move('review_decided', ['review'], null, 'review_panel'),
	move('withdrawn', ['draft', ...OPEN], 'withdrawn', 'applicant', 'officer'),
	move('held', OPEN, null, 'officer'),
	move('released', OPEN, null, 'officer', 'system'),
	move('rolled_back', ['decided'], null, 'head'),
];

/** The move of a step in a phase, or null when it may not be taken there. */
export function moveFor(phase: Phase, kind: StepKind): Move | null {
	return MOVES.find((m) => m.kind === kind && m.from.includes(phase)) ?? null;
}

import type { concern, concernStep } from '#db/schema/index.ts';

export type Phase = (typeof concern.$inferSelect)['phase'];
export type StepKind = (typeof concernStep.$inferSelect)['kind'];
export type Side = (typeof concernStep.$inferSelect)['bySide'];

/**
 * Who may take a step. `lead`: the owner of the case, or a complaints officer while it has none. `caseworker`: the owner and whoever was let in
 * to work on it. `panel`: by what a panel decided. `two`: the lead with a second person, who agreed before.
 */
export type Who = 'complainant' | 'respondent' | 'lead' | 'two' | 'caseworker' | 'investigator' | 'secretary' | 'panel' | 'monitor' | 'system';

/** `to` null: the phase stays, or is one of those the step names (`state.ts`). */
export type Move = { kind: StepKind; from: readonly Phase[]; to: Phase | null; who: readonly Who[] };

/** Everything between the moment it is sent and its end. */
export const OPEN = [
	'received',
	'triage',
	'awaiting_complainant',
	'preliminary',
	'early_resolution',
	'investigation',
	'decision_to_refer',
	'hearing',
	'outcome',
	'appeal',
] as const satisfies readonly Phase[];

const WORKED_ON = ['triage', 'preliminary', 'early_resolution', 'investigation', 'decision_to_refer', 'hearing', 'outcome', 'appeal'] as const;

const move = (kind: StepKind, from: readonly Phase[], to: Phase | null, ...who: Who[]): Move => ({ kind, from, to, who });

/** A concern from the first word to the destruction of what was said (workflows.md §6.5): which step may be taken in which phase, and by whom. */
export const MOVES: readonly Move[] = [
	move('sent', ['enquiry'], 'received', 'complainant', 'lead'),
	move('dropped', ['enquiry'], 'dropped', 'complainant', 'system'),
	move('acknowledged', ['received', 'triage'], null, 'lead'),
	move('assigned', ['received'], 'triage', 'lead'),
	move('owner_changed', OPEN, null, 'lead'),
	move('accepted', ['triage'], 'preliminary', 'two'),
	move('redirected', ['triage'], 'closed', 'two'),
	move('declined', ['triage'], 'closed', 'two'),
	move('asked', ['triage', 'preliminary', 'investigation'], 'awaiting_complainant', 'caseworker'),
	move('answered', ['awaiting_complainant'], null, 'complainant', 'caseworker'),
	// No answer never closes a case by itself: somebody goes on with what there is, or closes it.
	move('went_on', ['awaiting_complainant'], null, 'caseworker'),
	move('disclosed', ['preliminary'], 'investigation', 'lead'),
	move('replied', ['early_resolution', 'investigation'], null, 'respondent', 'caseworker'),
	move('resolution_begun', ['preliminary', 'investigation'], 'early_resolution', 'lead'),
	move('resolution_agreed', ['early_resolution'], 'outcome', 'caseworker'),
	move('resolution_failed', ['early_resolution'], 'investigation', 'caseworker'),
	move('reported', ['investigation'], 'decision_to_refer', 'investigator'),
	move('referred', ['decision_to_refer'], 'hearing', 'panel'),
	move('no_case', ['decision_to_refer'], 'closed', 'panel'),
	move('advised', ['decision_to_refer'], 'outcome', 'panel'),
	move('listed', ['hearing'], null, 'secretary'),
	move('adjourned', ['hearing'], null, 'secretary'),
	move('facts_found', ['hearing'], null, 'panel'),
	move('breach_found', ['hearing'], null, 'panel'),
	move('sanction_decided', ['hearing'], 'outcome', 'panel'),
	move('appealed', ['outcome', 'closed'], 'appeal', 'complainant', 'respondent', 'caseworker'),
	move('appeal_decided', ['appeal'], null, 'panel'),
	move('closed', ['triage', 'awaiting_complainant', 'preliminary', 'early_resolution', 'investigation', 'outcome'], 'closed', 'lead'),
	move('reopened', ['closed'], 'triage', 'two'),
	move('updated', WORKED_ON, null, 'caseworker'),
	move('paused', OPEN, null, 'lead', 'complainant'),
	move('resumed', OPEN, null, 'lead', 'complainant', 'system'),
	move('flagged', OPEN, null, 'two', 'caseworker'),
	move('unflagged', OPEN, null, 'lead'),
	move('interim_asked', OPEN, null, 'caseworker'),
	move('interim_decided', OPEN, null, 'panel'),
	move('interim_ended', [...OPEN, 'closed'], null, 'panel', 'system'),
	move('withdrawn', OPEN, null, 'complainant', 'caseworker'),
	move('legal_hold_begun', [...OPEN, 'closed'], null, 'lead'),
	move('legal_hold_ended', [...OPEN, 'closed'], null, 'two'),
	move('destroyed', ['closed'], null, 'two'),
];

/** The move of a step in a phase, or null when it may not be taken there. */
export function moveFor(phase: Phase, kind: StepKind): Move | null {
	return MOVES.find((m) => m.kind === kind && m.from.includes(phase)) ?? null;
}

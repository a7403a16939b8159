import type { Phase, StepKind } from '#features/complaints/phases.ts';

/** A concern in the fewest words: what the rules of workflows.md §6.5 say, written down a second time and differently. */
export type Model = {
	phase: Phase;
	before: Phase | null;
	paused: boolean;
	facts: 0 | 1 | 2 | 3;
	listed: boolean;
	interim: 0 | 1 | 2;
	withdrawn: boolean;
	hold: boolean;
	appealed: boolean;
	outcome: string | null;
	destroyed: boolean;
};

export const MODEL: Model = {
	phase: 'enquiry',
	before: null,
	paused: false,
	facts: 0,
	listed: false,
	interim: 0,
	withdrawn: false,
	hold: false,
	appealed: false,
	outcome: null,
	destroyed: false,
};

const IN: Partial<Record<Phase, Partial<Record<StepKind, Phase | 'same' | 'back' | 'told'>>>> = {
	enquiry: { sent: 'received', dropped: 'dropped' },
	received: { acknowledged: 'same', assigned: 'triage' },
	triage: { acknowledged: 'same', accepted: 'preliminary', redirected: 'closed', declined: 'closed', asked: 'awaiting_complainant', closed: 'closed' },
	awaiting_complainant: { answered: 'back', went_on: 'back', closed: 'closed' },
	preliminary: { asked: 'awaiting_complainant', disclosed: 'investigation', resolution_begun: 'early_resolution', closed: 'closed' },
	early_resolution: { replied: 'same', resolution_agreed: 'outcome', resolution_failed: 'investigation', closed: 'closed' },
	investigation: {
		asked: 'awaiting_complainant',
		replied: 'same',
		resolution_begun: 'early_resolution',
		reported: 'decision_to_refer',
		closed: 'closed',
	},
	decision_to_refer: { referred: 'hearing', no_case: 'closed', advised: 'outcome' },
	hearing: { listed: 'same', adjourned: 'same', facts_found: 'same', breach_found: 'same', sanction_decided: 'outcome' },
	outcome: { appealed: 'appeal', closed: 'closed' },
	appeal: { appeal_decided: 'told' },
	closed: { appealed: 'appeal', reopened: 'triage', destroyed: 'same', interim_ended: 'same', legal_hold_begun: 'same', legal_hold_ended: 'same' },
};
const NEVER_OPEN: readonly Phase[] = ['enquiry', 'dropped', 'closed'];
const ANY_OPEN: readonly StepKind[] = [
	'owner_changed',
	'paused',
	'resumed',
	'flagged',
	'unflagged',
	'interim_asked',
	'interim_decided',
	'interim_ended',
	'withdrawn',
	'legal_hold_begun',
	'legal_hold_ended',
];
const STOPPED_BY_PAUSE: readonly StepKind[] = [
	'assigned',
	'accepted',
	'redirected',
	'declined',
	'asked',
	'went_on',
	'disclosed',
	'resolution_begun',
	'resolution_agreed',
	'resolution_failed',
	'reported',
	'referred',
	'no_case',
	'advised',
	'listed',
	'adjourned',
	'facts_found',
	'breach_found',
	'sanction_decided',
	'appealed',
	'appeal_decided',
	'closed',
	'reopened',
	'destroyed',
	'paused',
];

/** Where the model goes, or null when it says no. */
export function modelAfter(m: Model, kind: StepKind, data: Record<string, unknown>): Model | null {
	if (m.destroyed || (m.paused && STOPPED_BY_PAUSE.includes(kind))) return null;
	const isOpen = !NEVER_OPEN.includes(m.phase);
	const isUpdate = kind === 'updated' && isOpen && m.phase !== 'received' && m.phase !== 'awaiting_complainant';
	const to = IN[m.phase]?.[kind] ?? ((isOpen && ANY_OPEN.includes(kind)) || isUpdate ? 'same' : null);
	if (to === null || !fits(m, kind)) return null;
	if (to === 'told') return appealTold(m, data);
	const phase = to === 'same' ? m.phase : to === 'back' ? (m.before as Phase) : to;
	return { ...m, ...changes(m, kind, data), phase };
}

function fits(m: Model, kind: StepKind): boolean {
	const needs: Partial<Record<StepKind, boolean>> = {
		facts_found: m.facts === 0,
		breach_found: m.facts === 1,
		sanction_decided: m.facts === 2,
		listed: m.facts === 0,
		adjourned: m.listed && m.facts < 3,
		resumed: m.paused,
		interim_asked: m.interim === 0,
		interim_decided: m.interim === 1,
		interim_ended: m.interim === 2,
		withdrawn: !m.withdrawn,
		legal_hold_begun: !m.hold,
		legal_hold_ended: m.hold,
		destroyed: !m.hold,
		appealed: !m.appealed && (m.phase === 'outcome' || m.outcome === 'no_case' || m.outcome === 'declined'),
		closed: m.interim !== 2 && (m.phase === 'outcome' || m.phase === 'awaiting_complainant' || m.withdrawn),
	};
	return needs[kind] ?? true;
}

function changes(m: Model, kind: StepKind, data: Record<string, unknown>): Partial<Model> {
	const outcomes: Partial<Record<StepKind, string>> = {
		redirected: 'redirected',
		declined: 'declined',
		no_case: 'no_case',
		advised: 'advice',
		resolution_agreed: 'resolved',
		sanction_decided: String(data.outcome),
		closed: m.outcome ?? (m.withdrawn ? 'withdrawn' : 'no_answer'),
	};
	const outcome = outcomes[kind] === undefined ? {} : { outcome: outcomes[kind] };
	const change: Partial<Record<StepKind, Partial<Model>>> = {
		asked: { before: m.phase },
		paused: { paused: true },
		resumed: { paused: false },
		referred: { facts: 0, listed: false },
		listed: { listed: true },
		adjourned: { listed: false },
		facts_found: { facts: 1 },
		breach_found: { facts: 2 },
		sanction_decided: { facts: 3 },
		interim_asked: { interim: 1 },
		interim_decided: { interim: data.imposed ? 2 : 0 },
		interim_ended: { interim: 0 },
		withdrawn: { withdrawn: true },
		legal_hold_begun: { hold: true },
		legal_hold_ended: { hold: false },
		appealed: { appealed: true },
		reopened: { outcome: null, facts: 0, withdrawn: false },
		destroyed: { destroyed: true },
	};
	return { ...change[kind], ...outcome };
}

function appealTold(m: Model, data: Record<string, unknown>): Model {
	if (data.result === 'upheld') return { ...m, phase: m.outcome === 'no_case' || m.outcome === 'declined' ? 'closed' : 'outcome' };
	if (data.result === 'varied') return { ...m, phase: 'outcome', outcome: String(data.outcome) };
	return { ...m, phase: data.to as Phase, outcome: null, facts: 0, listed: false };
}

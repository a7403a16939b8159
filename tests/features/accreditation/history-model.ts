import type { Phase, Step, StepKind, Turn } from '#features/accreditation/index.ts';

export type Act = Pick<Step, 'kind' | 'onDay' | 'data'>;

/** What an application is in a few words of its own: written apart from the real one, from workflows.md §6.2, to be compared with it. */
export type Model = {
	phase: Extract<Phase, 'draft' | 'checks' | 'assessment' | 'waiting_on_applicant' | 'panel' | 'decided' | 'withdrawn'>;
	wanted: number;
	sealed: Map<string, boolean>;
	isReconciled: boolean;
	rounds: number;
	isExtended: boolean;
	noReply: boolean;
	isHeld: boolean;
	turn(): Turn;
};

export function begunModel(wanted: number): Model {
	return modelOf({ phase: 'draft', wanted, sealed: new Map(), isReconciled: false, rounds: 0, isExtended: false, noReply: false, isHeld: false });
}

function modelOf(facts: Omit<Model, 'turn'>): Model {
	return { ...facts, turn: () => turnIn(facts) };
}

function turnIn({ phase, isHeld, noReply, sealed, wanted }: Omit<Model, 'turn'>): Turn {
	if (isHeld) return 'office';
	if (phase === 'assessment') return noReply || sealed.size < wanted ? 'office' : 'assessors';
	return { draft: 'applicant', checks: 'office', waiting_on_applicant: 'applicant', panel: 'committee', decided: 'nobody', withdrawn: 'nobody' }[phase] as Turn;
}

const areAllSealed = ({ sealed, wanted }: Model) => sealed.size >= wanted && [...sealed.values()].every(Boolean);
const isOpen = ({ phase }: Model) => phase !== 'draft' && phase !== 'decided' && phase !== 'withdrawn';

const MAY: Partial<Record<StepKind, (m: Model) => boolean>> = {
	submitted: (m) => m.phase === 'draft',
	returned: (m) => m.phase === 'checks',
	accepted: (m) => m.phase === 'checks',
	assigned: (m) => (m.phase === 'assessment' || m.phase === 'waiting_on_applicant') && m.sealed.size < m.wanted,
	unassigned: (m) => m.phase === 'assessment' || m.phase === 'waiting_on_applicant',
	sheet_sealed: (m) => m.phase === 'assessment',
	reconciled: (m) => m.phase === 'assessment' && areAllSealed(m),
	information_requested: (m) => m.phase === 'assessment' && m.rounds < 3,
	information_answered: (m) => m.phase === 'waiting_on_applicant',
	information_overdue: (m) => m.phase === 'waiting_on_applicant',
	information_extended: (m) => !m.isExtended && (m.phase === 'waiting_on_applicant' || (m.phase === 'assessment' && m.noReply)),
	put_to_panel: (m) => m.phase === 'assessment' && (m.isReconciled || m.noReply),
	deferred: (m) => m.phase === 'panel',
	decided: (m) => m.phase === 'panel',
	held: (m) => isOpen(m) && !m.isHeld,
	released: (m) => isOpen(m) && m.isHeld,
	withdrawn: (m) => m.phase === 'draft' || isOpen(m),
};

const ON_HOLD: readonly StepKind[] = ['released', 'withdrawn', 'information_answered', 'unassigned'];

export function modelAllows(m: Model, { kind }: Act): boolean {
	return (MAY[kind]?.(m) ?? false) && (!m.isHeld || ON_HOLD.includes(kind));
}

export function modelAfter(m: Model, { kind, data }: Act): Model {
	const person = String(data.person);
	const fresh = new Map([...m.sealed.keys()].map((key) => [key, false]));
	const without = new Map([...m.sealed].filter(([key]) => key !== person));
	const change: Partial<Model> = {
		submitted: { phase: 'checks' as const },
		returned: { phase: 'draft' as const },
		accepted: { phase: 'assessment' as const, wanted: m.wanted + (data.blind === true ? 1 : 0) },
		assigned: { sealed: new Map([...m.sealed, [person, false]]), isReconciled: false },
		unassigned: { sealed: without },
		sheet_sealed: { sealed: new Map([...m.sealed, [person, true]]) },
		// While nobody has looked at a missing answer it stays where it is.
		reconciled: { isReconciled: true, phase: m.noReply ? m.phase : ('panel' as const) },
		information_requested: { phase: 'waiting_on_applicant' as const, rounds: m.rounds + 1, isExtended: false, noReply: false, isReconciled: false },
		information_answered: { phase: 'assessment' as const, noReply: false, sealed: fresh, isReconciled: false },
		information_overdue: { phase: 'assessment' as const, noReply: true },
		information_extended: { phase: 'waiting_on_applicant' as const, isExtended: true, noReply: false },
		put_to_panel: { phase: 'panel' as const, noReply: false },
		deferred: { phase: 'assessment' as const, sealed: fresh, isReconciled: false },
		decided: { phase: 'decided' as const },
		held: { isHeld: true },
		released: { isHeld: false },
		withdrawn: { phase: 'withdrawn' as const, isHeld: false },
	}[kind as 'submitted'];
	return modelOf({ ...m, ...change });
}

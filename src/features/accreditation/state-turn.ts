import type { Phase, Turn } from './phases.ts';
import { assessorsNeeded, type Needs, type State } from './state.ts';

/** Whose turn it is. */
export function turnOf(state: State, needs: Needs): Turn {
	if (state.hold !== null) return 'office';
	if (state.phase === 'assessment') return state.noReply || state.assessors.length < assessorsNeeded(state, needs) ? 'office' : 'assessors';
	if (state.phase === 'verification') return state.openRequests.length === 0 && state.wantsAnother.length > 0 ? 'applicant' : 'third_party';
	if (state.phase === 'decided') return state.openConditions.length > 0 ? 'applicant' : 'nobody';
	return TURNS[state.phase];
}

const TURNS: Record<Exclude<Phase, 'assessment' | 'verification' | 'decided'>, Turn> = {
	draft: 'applicant',
	checks: 'office',
	waiting_on_applicant: 'applicant',
	panel: 'committee',
	review: 'reviewers',
	withdrawn: 'nobody',
	closed: 'nobody',
};

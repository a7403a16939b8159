import type { Bundle, BundleState, Purpose } from './bundle-rows.ts';
import type { CaseFile } from './file-list.ts';
import { PANEL_WORDS } from './panel-words.ts';
import type { StepKind } from './phases.ts';

export const PURPOSE_WORDS: Record<Purpose, string> = PANEL_WORDS;

/** Steps that a panel need not know of, or had better not. */
const APART: readonly StepKind[] = ['flagged', 'unflagged', 'legal_hold_begun', 'legal_hold_ended', 'owner_changed', 'begun', 'dropped', 'destroyed'];
const OF_INTERIM: readonly StepKind[] = ['interim_asked', 'interim_decided', 'interim_ended'];

/** Is a step told in a bundle of this purpose? That something was ordered for the time being is no matter of a hearing. Pure. */
export function isTold(kind: StepKind, purpose: Purpose): boolean {
	return !APART.includes(kind) && (!OF_INTERIM.includes(kind) || purpose === 'interim');
}

/** Where a bundle stands, in words. */
export function sayBundle({ state, done, total, pages }: Pick<Bundle, 'state' | 'done' | 'total' | 'pages'>): string {
	if (state === 'made') return pages === 1 ? 'One page' : `${pages} pages`;
	return state === 'being_made' && total > 0 ? `Being made: ${done} of ${total} documents` : STATE_WORDS[state];
}

const STATE_WORDS: Record<BundleState, string> = {
	waits: 'Waits its turn',
	being_made: 'Being made',
	made: 'Made',
	failed: 'Could not be made. Look whether its documents open, and ask for it again.',
};

export const LANE_FROM: Record<CaseFile['lane'], string> = {
	complainant: 'from the person who raised it',
	respondent: 'from the therapist',
	office: 'from the office',
};

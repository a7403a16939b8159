import type { SupervisionKind, SupervisionMaterial, SupervisionMode } from './supervision-words.ts';

/** Where a session stands: `unasked` has nobody who could confirm it (yet). */
export type SessionState = 'draft' | 'unasked' | 'waiting' | 'disputed' | 'confirmed' | 'replaced';

/** A session of supervision as its member sees it. `ownMinutes`: what counts. `isCounted` false: a correction does, or nothing yet. */
export type SupervisionSession = {
	id: string;
	personId: string;
	relationId: string | null;
	supervisor: string | null;
	isDraft: boolean;
	heldOn: string | null;
	minutes: number | null;
	ownMinutes: number | null;
	kind: SupervisionKind;
	size: number | null;
	mode: SupervisionMode;
	material: SupervisionMaterial;
	note: string;
	correctsId: string | null;
	dispute: string | null;
	confirmedAt: number | null;
	version: number;
	state: SessionState;
	/** Its year is declared: it stays as it is. */
	isFrozen: boolean;
};

export const SESSION_STATE_WORDS: Record<SessionState, { label: string; tone: 'good' | 'brand' | 'caution' | 'neutral' }> = {
	draft: { label: 'Draft', tone: 'neutral' },
	unasked: { label: 'Nobody to confirm it yet', tone: 'caution' },
	waiting: { label: 'Waits to be confirmed', tone: 'brand' },
	disputed: { label: 'Your supervisor says it is not right', tone: 'caution' },
	confirmed: { label: 'Confirmed', tone: 'good' },
	replaced: { label: 'Replaced by a correction', tone: 'neutral' },
};

type StateFacts = { isDraft: boolean; confirmedAt: number | null; dispute: string | null; isAgreed: boolean; isReplaced: boolean };

/** What a stored session is, from its facts. */
export function sessionState({ isDraft, confirmedAt, dispute, isAgreed, isReplaced }: StateFacts): SessionState {
	if (isDraft) return 'draft';
	if (isReplaced) return 'replaced';
	if (confirmedAt !== null) return 'confirmed';
	if (dispute !== null) return 'disputed';
	return isAgreed ? 'waiting' : 'unasked';
}

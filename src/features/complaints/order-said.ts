import type { Tone } from '#features/register/index.ts';
import type { ConditionState } from './condition-state.ts';
import type { DecidedOrder } from './order-decided.ts';
import type { EndKind } from './order-end.ts';
import type { SanctionState } from './sanction-state.ts';

/** How an order stands, as the office reads it. */
export const SANCTION_WORDS: Record<SanctionState, { label: string; tone: Tone }> = {
	draft: { label: 'Draft', tone: 'neutral' },
	pending_appeal: { label: 'Waits for the time of an appeal', tone: 'neutral' },
	in_force: { label: 'In force', tone: 'caution' },
	under_review: { label: 'Under review', tone: 'caution' },
	met: { label: 'Met', tone: 'neutral' },
	not_met: { label: 'Not met', tone: 'stop' },
	ended: { label: 'Ended', tone: 'neutral' },
	varied: { label: 'Gave way to a later version', tone: 'neutral' },
	revoked_on_appeal: { label: 'Set aside on appeal', tone: 'neutral' },
	spent: { label: 'Over, and shown no more', tone: 'neutral' },
};

export const CONDITION_WORDS: Record<ConditionState, string> = {
	lasts: 'Lasts as long as the order',
	open: 'Nothing was shown yet',
	shown: 'Shown: waits to be looked at',
	accepted: 'Met',
	not_enough: 'Not enough yet',
	breach: 'Broken',
};

export const END_WORDS: Record<EndKind, string> = {
	met: 'It was met, or is needed no more',
	not_met: 'It was not met',
	restored: 'They may come back to the register',
};

export const FROM_WORDS: Record<DecidedOrder['from'], string> = {
	hearing: 'a hearing',
	interim: 'an interim panel',
	appeal: 'an appeal panel',
	settlement: 'both sides, who settled it',
};

/** Whose turn it is with a condition. */
export const OWED_WORDS = { therapist: 'The therapist', monitor: 'Who looks after it', two: 'Two people of the case' } as const;

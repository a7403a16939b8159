import type { Check, CheckKind, CheckState } from './checks-rules.ts';

/** Counting on costs what it counts, and nobody works through more in a day: beyond this a list has "more than 500". */
export const CHECKS_COUNTED = 500;

/** A count of `countChecks` as it is said. */
export function sayCount(count: number): string {
	return count > CHECKS_COUNTED ? `more than ${CHECKS_COUNTED}` : count.toLocaleString('en-GB');
}

export const CHECK_KINDS: Record<CheckKind, string> = {
	core_registration: 'Core registration',
	insurance: 'Indemnity insurance',
	record_check: 'Record check',
};

/** What was found, for the form of the office. */
export const OUTCOMES: Record<Check['outcome'], string> = {
	confirmed: 'In order',
	restricted: 'There, with restrictions',
	not_found: 'Not found, or not valid',
	could_not_check: 'Could not be checked',
};

export const WAYS_OF_CHECKING: Record<'register_page' | 'document_seen' | 'told_by_body', string> = {
	register_page: 'Looked up on the body’s own register',
	document_seen: 'Saw the document',
	told_by_body: 'The body or insurer told us',
};

/** How a check came to us, in the history. */
export const HOW_WORDS: Record<Check['how'], string> = {
	...WAYS_OF_CHECKING,
	programme: 'Asked by programme',
	declared: 'Told by the person, not yet looked at',
	imported: 'Brought in from a file',
};

export const CHECK_TYPES = {
	insurance: { own: 'Own policy', employer: 'Through the employer' },
	record_check: { basic: 'Basic', standard: 'Standard', enhanced: 'Enhanced', enhanced_barred: 'Enhanced with barred lists', pvg: 'PVG scheme' },
} as const;

export const RECORD_CHECK_BODIES = ['Disclosure and Barring Service', 'Disclosure Scotland', 'AccessNI', 'A body abroad'] as const;

/** Words and colour of each state; the word says it all. */
export const CHECK_STATE_WORDS: Record<CheckState, { label: string; tone: 'good' | 'caution' | 'stop' | 'neutral' }> = {
	fine: { label: 'In order', tone: 'good' },
	soon: { label: 'Runs out soon', tone: 'caution' },
	overdue: { label: 'To be looked at again', tone: 'caution' },
	expired: { label: 'Run out', tone: 'stop' },
	could_not_check: { label: 'Could not be checked', tone: 'stop' },
	not_found: { label: 'Not found', tone: 'stop' },
	restricted: { label: 'With restrictions', tone: 'caution' },
	declared: { label: 'Told to us, not yet looked at', tone: 'caution' },
	missing: { label: 'Never looked at', tone: 'stop' },
};

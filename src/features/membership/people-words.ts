import type { MembershipState } from './status.ts';

/** A membership's state as the office reads it. */
export const MEMBERSHIP_WORDS: Record<MembershipState, { label: string; tone: 'good' | 'caution' | 'stop' | 'neutral' }> = {
	none: { label: 'No membership', tone: 'neutral' },
	applicant: { label: 'Applicant', tone: 'neutral' },
	active: { label: 'Member', tone: 'good' },
	grace: { label: 'Renewal overdue', tone: 'caution' },
	lapsed: { label: 'Lapsed', tone: 'neutral' },
	on_leave: { label: 'On leave', tone: 'caution' },
	suspended: { label: 'Suspended', tone: 'stop' },
	resigned: { label: 'Resigned', tone: 'neutral' },
	retired: { label: 'Retired', tone: 'neutral' },
	removed: { label: 'Removed', tone: 'stop' },
	deceased: { label: 'Died', tone: 'neutral' },
};

export const GRADE_WORDS = { trainee: 'Trainee', basic: 'Basic', plus: 'Plus', organisation: 'Organisation' } as const;

/** Who did something, as the audit writes it, in words; a person by name. */
export function sayActor(actor: string, nameOf: (personId: string) => string | null): string {
	if (actor.startsWith('person:')) return nameOf(actor.slice(7)) ?? 'Someone whose name is erased';
	if (actor.startsWith('system:')) return `The system (${actor.slice(7)})`;
	return 'A visitor';
}

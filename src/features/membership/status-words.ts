import { addDays, sayDay } from '#core/dates.ts';
import { GRADES } from './grades.ts';
import type { OwnMembership } from './own-membership.ts';
import type { MembershipState, MembershipStatus } from './status.ts';

export const STATE_WORDS: Record<MembershipState, string> = {
	none: 'Not a member',
	applicant: 'Applicant',
	active: 'Active',
	grace: 'Fee overdue',
	lapsed: 'Lapsed',
	on_leave: 'On leave',
	suspended: 'Suspended',
	resigned: 'Resigned',
	retired: 'Retired',
	removed: 'Removed',
	deceased: 'Deceased',
};

/** Where a membership stands, in one line. */
export function statusLine(status: MembershipStatus): string {
	const on = (day: string | null) => (day === null ? '' : sayDay(day));
	const grade = status.category === null ? 'member' : GRADES[status.category].title;
	switch (status.state) {
		case 'none':
			return 'You are not a member.';
		case 'applicant':
			return `You have an application under way since ${on(status.sinceOn)}.`;
		case 'active':
			return `You are a member (${grade}), paid until ${on(status.paidToOn)}.`;
		case 'grace':
			return `Your fee was due on ${on(status.paidToOn)}. You are still a member (${grade}) until ${on(status.graceToOn)}.`;
		case 'on_leave':
			return `You are on leave since ${on(status.sinceOn)}. Your membership (${grade}) is paid until ${on(status.paidToOn)}.`;
		case 'suspended':
			return `Your membership (${grade}) is suspended since ${on(status.sinceOn)}.`;
		case 'lapsed':
			return `Your membership lapsed on ${on(status.sinceOn)}.`;
		case 'resigned':
		case 'retired':
			return `You left on ${on(status.sinceOn && addDays(status.sinceOn, -1))}.`;
		case 'removed':
			return `Your membership ended on ${on(status.sinceOn)} by a decision.`;
		case 'deceased':
			return 'This membership has ended.';
	}
}

/** What is next and when, in one line; null when nothing is known to come. */
export function nextLine({ status, renewal, leave, leaving, purchase }: OwnMembership, today: string): string | null {
	if (leaving?.heldOn && leaving.effectiveOn === null)
		return 'You have asked to leave. Something has to be finished first; then your membership ends by itself.';
	if (status.endsOn !== null && status.endsOn > today) return `You are leaving: your last day as a member is ${sayDay(addDays(status.endsOn, -1))}.`;
	if (purchase?.invoice && purchase.kind !== 'grade') return `Invoice ${purchase.invoice.number} is waiting to be paid, by ${sayDay(purchase.invoice.dueOn)}.`;
	if (status.state === 'grace' && status.graceToOn)
		return `Renew by ${sayDay(status.graceToOn)}. On the day after that your membership lapses and your listing is hidden.`;
	if (renewal.kind === 'renew') return `Renew by ${sayDay(renewal.period.paidToOn)}, so that nothing stops.`;
	if (renewal.kind === 'rejoin') return 'You can take your membership up again today. It begins on the day you pay.';
	if (leave && leave.fromOn > today) return `Your leave begins on ${sayDay(leave.fromOn)} and ends on ${sayDay(leave.toOn)}.`;
	if (leave) return `Your leave ends on ${sayDay(leave.toOn)}.`;
	if (renewal.kind === 'not_yet') return `You can renew from ${sayDay(renewal.opensOn)}.`;
	return null;
}

import { addDays, sayDay } from '#core/dates.ts';
import { GRADES } from './grades.ts';
import type { OwnMembership } from './own-membership.ts';

/** One's own history as rows of a table, newest first: from, to, what. */
export function historyRows({ periods, leaves }: Pick<OwnMembership, 'periods' | 'leaves'>): string[][] {
	const memberships = periods.map((p) => {
		const lastOn = p.endedOn !== null && p.endedOn <= p.paidToOn ? addDays(p.endedOn, -1) : p.paidToOn;
		const end = p.endReason === null ? '' : `, ${p.endReason}`;
		return { fromOn: p.fromOn, row: [sayDay(p.fromOn), sayDay(lastOn), `${GRADES[p.category].title}${p.employer ? `, ${p.employer}` : ''}${end}`] };
	});
	const rests = leaves.map((l) => ({ fromOn: l.fromOn, row: [sayDay(l.fromOn), sayDay(l.toOn), 'Leave'] }));
	return [...memberships, ...rests].sort((a, b) => b.fromOn.localeCompare(a.fromOn)).map(({ row }) => row);
}

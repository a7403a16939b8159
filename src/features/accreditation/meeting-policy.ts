import type { Actor } from '#core/ctx.ts';
import { hasRole, isStaff } from '#core/policy.ts';
import type { Role } from '#core/roles.ts';
import type { Item, Meeting, Member, Seat } from './meeting-rows.ts';
import { canKeepMeetings } from './policy.ts';

/** Who may sit where: a role that must be held on the day (workflows.md §6.2: the committee, with lay members). */
export const SEAT_ROLES: Record<Seat, readonly Role[]> = {
	chair: ['committee'],
	member: ['committee'],
	lay: ['lay_panel_member'],
	secretary: ['membership_officer', 'registrar'],
};

export type MeetingState = 'called' | 'open' | 'closed' | 'called_off';

/** Where a meeting stands, as it follows from its facts. */
export function meetingState({ openedAt, closedAt, calledOffAt }: Pick<Meeting, 'openedAt' | 'closedAt' | 'calledOffAt'>): MeetingState {
	if (calledOffAt !== null) return 'called_off';
	if (closedAt !== null) return 'closed';
	return openedAt === null ? 'called' : 'open';
}

export type ItemState = 'coming' | 'voting' | 'opened' | 'resolved';

/** Where an item stands: `opened` is when the votes were opened together. */
export function itemState({ openedAt, revealedAt, resolvedAt }: Pick<Item, 'openedAt' | 'revealedAt' | 'resolvedAt'>): ItemState {
	if (resolvedAt !== null) return 'resolved';
	if (revealedAt !== null) return 'opened';
	return openedAt === null ? 'coming' : 'voting';
}

/** The seat that somebody has at a table, with the role it needs still in hand; null for everyone else. */
export function seatOf(actor: Actor, members: readonly Member[]): Seat | null {
	if (actor.kind !== 'person') return null;
	const seat = members.find(({ personId }) => personId === actor.personId)?.seat;
	return seat !== undefined && isStaff(actor) && hasRole(actor, ...SEAT_ROLES[seat]) ? seat : null;
}

/** Sees that a meeting is held, and its agenda as far as it is not about their own circle. */
export function canSeeMeeting(actor: Actor, members: readonly Member[]): boolean {
	return canKeepMeetings(actor) || seatOf(actor, members) !== null;
}

/** Leads the meeting through its agenda. */
export function canRun(actor: Actor, members: readonly Member[]): boolean {
	const seat = seatOf(actor, members);
	return seat === 'chair' || seat === 'secretary';
}

/** Chairs an item: the chair, unless somebody took the chair for it. */
export function chairs(actor: Actor, members: readonly Member[], { chairId }: Pick<Item, 'chairId'>): boolean {
	const seat = seatOf(actor, members);
	if (actor.kind !== 'person' || seat === null) return false;
	return chairId === null ? seat === 'chair' : chairId === actor.personId;
}

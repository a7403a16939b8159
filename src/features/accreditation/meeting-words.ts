import type { Declared } from './meeting-part.ts';
import type { ItemState, MeetingState } from './meeting-policy.ts';
import type { Meeting, Seat } from './meeting-rows.ts';

export const MEETING_STATE_WORDS: Record<MeetingState, string> = { called: 'To come', open: 'Under way', closed: 'Closed', called_off: 'Called off' };
export const KIND_WORDS: Record<Meeting['kind'], string> = { ordinary: 'Meeting', between: 'Between meetings', review: 'Review panel' };
export const SEAT_WORDS: Record<Seat, string> = { chair: 'Chair', member: 'Member', lay: 'Lay member', secretary: 'Secretary' };
export const ITEM_STATE_WORDS: Record<ItemState, string> = {
	coming: 'To come',
	voting: 'Voting is open',
	opened: 'Votes opened, to be resolved',
	resolved: 'Resolved',
};
export const DECLARED_WORDS: Record<Declared, string> = { none: 'No interest', minor: 'A minor interest', recuse: 'Stepped back' };
/** What whoever takes no part reads in the place of an item. */
export const NO_PART = 'You take no part';

import { eq, sql } from 'drizzle-orm';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { allow } from '#core/policy.ts';
import { meeting, meetingItem } from '#db/schema/index.ts';
import { canSeeMeeting, itemState, type MeetingState, meetingState } from './meeting-policy.ts';
import { type Item, itemAt, type Meeting, type Member, meetingRow, membersOf } from './meeting-rows.ts';

export type Table = { meeting: Meeting; members: Member[] };

/** A meeting with those who sit at it, for somebody who may know of it. @throws NotFound */
export function tableFor(ctx: Pick<Ctx, 'db' | 'actor'>, reference: string): Table {
	const row = meetingRow(ctx.db, reference);
	const members = membersOf(ctx.db, row.id);
	if (!canSeeMeeting(ctx.actor, members)) throw new NotFound('There is no such meeting.');
	return { meeting: row, members };
}

/** One item of it too. @throws NotFound */
export function placeFor(ctx: Pick<Ctx, 'db' | 'actor'>, { reference, no }: { reference: string; no: number }): Table & { item: Item } {
	const table = tableFor(ctx, reference);
	return { ...table, item: itemAt(ctx.db, table.meeting.id, no) };
}

const SAID: Record<MeetingState, string> = {
	called: 'This meeting has not been opened yet.',
	open: 'This meeting is under way.',
	closed: 'This meeting has been closed.',
	called_off: 'This meeting was called off.',
};

/** Refuses what the meeting is past, or not yet at. @throws Conflict */
export function refuseUnless(row: Meeting, ...states: MeetingState[]): void {
	const state = meetingState(row);
	if (!states.includes(state)) throw new Conflict(SAID[state]);
}

const ITEM_SAID = {
	coming: 'Voting on this item has not been opened yet.',
	voting: 'Voting on this item is open.',
	opened: 'The votes on this item have been opened already.',
	resolved: 'This item has been resolved already.',
} as const;

/** The same for an item. @throws Conflict */
export function refuseItemUnless(row: Item, ...states: (keyof typeof ITEM_SAID)[]): void {
	const state = itemState(row);
	if (!states.includes(state)) throw new Conflict(ITEM_SAID[state]);
}

const MOVED_ON = 'Somebody has just done something about this meeting. Look at it again: what you wrote is still here.';

/** Changes a meeting that is still as it was seen; one winner. @throws Conflict */
export function advanceMeeting(tx: Tx, { id, version }: Meeting, saw: number, set: Partial<Meeting>): void {
	if (version !== saw) throw new Conflict(MOVED_ON);
	tx.db.orm
		.update(meeting)
		.set({ ...set, version: sql`${meeting.version} + 1` })
		.where(eq(meeting.id, id))
		.run();
}

/** Changes an item that is still as it was seen; one winner. @throws Conflict */
export function advanceItem(tx: Tx, { id, version }: Item, saw: number, set: Partial<Item>): void {
	if (version !== saw) throw new Conflict(MOVED_ON);
	tx.db.orm
		.update(meetingItem)
		.set({ ...set, version: sql`${meetingItem.version} + 1` })
		.where(eq(meetingItem.id, id))
		.run();
}

/** Refuses whoever may do none of this at the table. @throws Forbidden */
export function allowAtTable(may: boolean): void {
	allow(may, 'Your place at this meeting does not allow this.');
}

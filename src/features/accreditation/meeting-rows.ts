import { and, asc, eq, isNull } from 'drizzle-orm';
import { NotFound } from '#core/errors.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { meeting, meetingItem } from '#db/schema/index.ts';

export type Meeting = typeof meeting.$inferSelect;
export type Item = typeof meetingItem.$inferSelect;
export type Seat = 'chair' | 'member' | 'lay' | 'secretary';
/** Somebody at the table. `attended`: null until the meeting opens. */
export type Member = { personId: string; name: string; seat: Seat; attended: boolean | null };

const NO_MEETING = 'There is no such meeting.';

/** A meeting by its reference, `MTG-2026-03`. Never authorises. @throws NotFound */
export function meetingRow(db: Db, reference: string): Meeting {
	const row = db.orm.select().from(meeting).where(eq(meeting.reference, reference)).get();
	if (!row) throw new NotFound(NO_MEETING);
	return row;
}

/** The same by its key. @throws NotFound */
export function meetingById(db: Db, id: string): Meeting {
	const row = db.orm.select().from(meeting).where(eq(meeting.id, id)).get();
	if (!row) throw new NotFound(NO_MEETING);
	return row;
}

/** Who sits at the table: the chair first, the secretary last. Never authorises. */
export function membersOf(db: Db, meetingId: string): Member[] {
	const rows = prepared(db.sql, MEMBERS).all(meetingId) as (Omit<Member, 'attended'> & { attended: number | null })[];
	return rows.map((row) => ({ ...row, attended: row.attended === null ? null : row.attended === 1 }));
}

const MEMBERS = `SELECT m.person_id AS personId, n.given_names || ' ' || n.family_name AS name, m.seat, m.attended
	FROM meeting_member m JOIN person_name n ON n.person_id = m.person_id AND n.to_on IS NULL
	WHERE m.meeting_id = ? ORDER BY instr('chair,member,lay,secretary', m.seat), n.family_name, n.given_names, m.person_id`;

/** The items of a meeting by their numbers, without those that were taken off. Never authorises. */
export function itemsOf(db: Db, meetingId: string): Item[] {
	const isHere = and(eq(meetingItem.meetingId, meetingId), isNull(meetingItem.removedAt));
	return db.orm.select().from(meetingItem).where(isHere).orderBy(asc(meetingItem.position)).all();
}

/** One item by its number. Never authorises. @throws NotFound */
export function itemAt(db: Db, meetingId: string, no: number): Item {
	const found = Number.isSafeInteger(no) ? itemsOf(db, meetingId).find(({ position }) => position === no) : undefined;
	if (!found) throw new NotFound('There is no such item.');
	return found;
}

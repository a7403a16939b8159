import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { meetingItem } from '#db/schema/index.ts';
import { agendaCandidates } from './meeting-candidates.ts';
import type { AgendaInput } from './meeting-forms.ts';
import { recuseFound } from './meeting-interest-commands.ts';
import { type Item, itemAt, type Meeting, meetingRow } from './meeting-rows.ts';
import { advanceItem, advanceMeeting, placeFor, refuseItemUnless, refuseUnless, tableFor } from './meeting-table.ts';
import { canKeepMeetings } from './policy.ts';

const MOST_ITEMS = 60;

/**
 * Puts applications that wait, and other business, on an agenda; whoever the record keeps from an item is recused at once.
 * After the day papers were due it needs a reason. @throws NotFound, Forbidden, Conflict, Invalid beside the field
 */
export function addToAgenda(ctx: Ctx, reference: string, input: AgendaInput): void {
	allow(canKeepMeetings(ctx.actor));
	commit(ctx, { name: 'add to agenda', reason: input.lateBecause || undefined }, (tx) => {
		const { meeting } = tableFor(ctx, reference);
		refuseUnless(meeting, 'called', 'open');
		advanceMeeting(tx, meeting, input.version, {});
		const lateBecause = lateFor(ctx, meeting, input);
		const waiting = agendaCandidates(ctx, meeting.kind);
		for (const key of input.applications) {
			const found = waiting.find((one) => one.reference === key);
			if (!found) throw new Conflict(`${key} does not wait for a meeting like this any more. Look at the list again.`);
			putItem(tx, meeting, { kind: found.kind, applicationId: found.id, subjectId: null, title: found.title, lateBecause });
		}
		if (input.business) putItem(tx, meeting, { kind: 'business', applicationId: null, subjectId: null, title: input.business, lateBecause });
	});
}

function lateFor(ctx: Ctx, meeting: Meeting, { lateBecause }: AgendaInput): string | null {
	const isLate = meeting.papersSentAt !== null || ctx.today > meeting.papersOn;
	if (isLate && lateBecause === '') throw new Invalid('lateBecause', 'Papers for this meeting were due earlier. Say why this comes late.');
	return isLate ? lateBecause : null;
}

/** Takes an item off the agenda before it is opened. @throws NotFound, Forbidden, Conflict */
export function removeFromAgenda(ctx: Ctx, place: { reference: string; no: number }, input: { version: number; reason: string }): void {
	allow(canKeepMeetings(ctx.actor));
	commit(ctx, { name: 'remove from agenda', reason: input.reason }, (tx) => {
		const { meeting, item } = placeFor(ctx, place);
		refuseUnless(meeting, 'called', 'open');
		refuseItemUnless(item, 'coming');
		takeOff(tx, item, input.version, 'Taken off the agenda.');
	});
}

/** Takes an item off; what it was about waits for another meeting. Joins a transaction and never authorises. @throws Conflict */
export function takeOff(tx: Tx, item: Item, saw: number, resolution: string): void {
	advanceItem(tx, item, saw, { removedAt: tx.ctx.now, resolution });
	record(tx, 'meeting.item_removed', { type: 'meeting', id: item.meetingId }, { item: item.position, kind: item.kind });
}

export type NewItem = Pick<Item, 'kind' | 'applicationId' | 'subjectId' | 'title' | 'lateBecause'>;

/** Puts one item at the end of an agenda. Joins a transaction and never authorises. @returns its number */
export function putItem(tx: Tx, meeting: Meeting, item: NewItem): number {
	const last = prepared(tx.db.sql, 'SELECT coalesce(max(position), 0) FROM meeting_item WHERE meeting_id = ?').pluck().get(meeting.id) as number;
	if (last >= MOST_ITEMS) throw new Conflict('This agenda is full. Call another meeting.');
	const id = newId();
	tx.db.orm
		.insert(meetingItem)
		.values({ id, meetingId: meeting.id, position: last + 1, ...item })
		.run();
	record(tx, 'meeting.item_added', { type: 'meeting', id: meeting.id }, { item: last + 1, kind: item.kind, application: item.applicationId });
	recuseFound(tx, itemAt(tx.db, meeting.id, last + 1));
	return last + 1;
}

/** Puts something that another part refers to the committee, such as a CPD audit, on an agenda. Joins a transaction and never authorises. */
export function referToMeeting(tx: Tx, reference: string, item: { kind: 'audit' | 'business'; subjectId: string; title: string }): number {
	const meeting = meetingRow(tx.db, reference);
	refuseUnless(meeting, 'called', 'open');
	return putItem(tx, meeting, { ...item, applicationId: null, lateBecause: null });
}

/** Puts the minutes of earlier meetings that nobody approved yet on an agenda. Joins a transaction and never authorises. */
export function putOpenMinutes(tx: Tx, meeting: Meeting): void {
	const rows = prepared(tx.db.sql, OPEN_MINUTES).all(meeting.id) as { id: string; reference: string }[];
	for (const { id, reference } of rows)
		putItem(tx, meeting, { kind: 'minutes', applicationId: null, subjectId: id, title: `Minutes of ${reference}`, lateBecause: null });
}

const OPEN_MINUTES = `SELECT m.id, m.reference FROM meeting m WHERE m.closed_at IS NOT NULL AND m.minutes_approved_at IS NULL AND m.id <> ?
	AND NOT EXISTS (SELECT 1 FROM meeting_item i JOIN meeting o ON o.id = i.meeting_id
		WHERE i.kind = 'minutes' AND i.subject_id = m.id AND i.resolved_at IS NULL AND i.removed_at IS NULL AND o.called_off_at IS NULL)
	ORDER BY m.held_on, m.reference LIMIT 10`;

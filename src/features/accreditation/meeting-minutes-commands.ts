import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import type { MinutesPart } from './meeting-minutes.ts';
import { partIn } from './meeting-part.ts';
import { seatOf } from './meeting-policy.ts';
import { type Item, type Meeting, type Member, meetingById } from './meeting-rows.ts';
import { advanceMeeting, refuseUnless, tableFor } from './meeting-table.ts';

export type Minutes = { parts: (MinutesPart & { isHidden: boolean })[]; isApproved: boolean; mayEdit: boolean; version: number; meeting: Meeting };

const NOT_YET = 'There are no minutes of this meeting yet.';

/** The minutes as somebody may read them: an item in which they took no part, or that is about their own circle, stays shut. @throws NotFound */
export function minutesFor(ctx: Ctx, reference: string): Minutes {
	const { meeting, members } = tableFor(ctx, reference);
	if (meeting.minutes === null) throw new NotFound(NOT_YET);
	const parts = (JSON.parse(meeting.minutes) as MinutesPart[]).map((part) => {
		const isHidden = part.no !== null && !mayRead(ctx, members, meeting, part.no);
		return isHidden ? { no: part.no, title: `Item ${part.no}`, text: 'You take no part in this item.', isHidden } : { ...part, isHidden };
	});
	const isApproved = meeting.minutesApprovedAt !== null;
	return { parts, isApproved, mayEdit: !isApproved && seatOf(ctx.actor, members) === 'secretary', version: meeting.version, meeting };
}

function mayRead(ctx: Ctx, members: readonly Member[], meeting: Meeting, no: number): boolean {
	const { personId } = personOf(ctx);
	const text = 'SELECT id, kind, application_id AS applicationId FROM meeting_item WHERE meeting_id = ? AND position = ?';
	const item = prepared(ctx.db.sql, text).get(meeting.id, no) as Item | undefined;
	if (!item) return true;
	if (members.some((member) => member.personId === personId) && partIn(ctx.db, item, personId) === 'recused') return false;
	return item.applicationId === null || !interestsIn(ctx.db, item.applicationId, personId).some((interest) => OWN_CIRCLE.includes(interest));
}

/** The secretary edits the minutes until the next meeting approves them; parts that are shut to them stay as they are. @throws NotFound, Forbidden, Conflict */
export function editMinutes(ctx: Ctx, reference: string, input: { version: number; texts: ReadonlyMap<number, string> }): void {
	commit(ctx, { name: 'edit minutes' }, (tx) => {
		const { parts, isApproved, mayEdit, meeting } = minutesFor(ctx, reference);
		if (isApproved) throw new Conflict('These minutes have been approved.');
		allow(mayEdit, 'The secretary of this meeting edits its minutes.');
		const stored = JSON.parse(meeting.minutes ?? '[]') as MinutesPart[];
		const minutes = stored.map((part, index) => {
			const text = input.texts.get(index);
			return text === undefined || parts[index]?.isHidden ? part : { ...part, text };
		});
		advanceMeeting(tx, meeting, input.version, { minutes: JSON.stringify(minutes) });
		record(tx, 'meeting.minutes_changed', { type: 'meeting', id: meeting.id }, { reference });
	});
}

/** A later meeting approves minutes by its item. Joins a transaction and never authorises. @throws Conflict */
export function approveMinutes(tx: Tx, { item, meeting }: { item: Item; meeting: Meeting }): void {
	const of = meetingById(tx.db, item.subjectId ?? '');
	refuseUnless(of, 'closed');
	if (of.minutesApprovedAt !== null) throw new Conflict('These minutes have been approved already.');
	advanceMeeting(tx, of, of.version, { minutesApprovedAt: tx.ctx.now, minutesApprovedIn: meeting.id });
	record(tx, 'meeting.minutes_approved', { type: 'meeting', id: of.id }, { reference: of.reference, in: meeting.reference });
}

import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { holidaysOf, workingDaysBefore } from '#core/working-days.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { meeting, meetingMember } from '#db/schema/index.ts';
import { putOpenMinutes } from './meeting-agenda-commands.ts';
import type { MeetingCall, SeatsInput } from './meeting-forms.ts';
import { recuseFound } from './meeting-interest-commands.ts';
import { tellMembers } from './meeting-mail-commands.ts';
import { mailCalledOff, mailMeetingCalled } from './meeting-mails.ts';
import { itemsOf, meetingById, type Seat } from './meeting-rows.ts';
import { seatable } from './meeting-seatable.ts';
import { advanceMeeting, refuseUnless, tableFor } from './meeting-table.ts';
import { canKeepMeetings } from './policy.ts';
import { type Standards, standardsOn } from './standards.ts';

/** The day by which papers are due for a meeting, and whether that day can still be kept (issue: ten working days, by the standards). */
export function papersDueFor(db: Db, heldOn: string, today: string): { dueOn: string; isShort: boolean; workingDays: number } {
	const { papersWorkingDays } = standardsOn(db, today).standards.limits;
	const dueOn = workingDaysBefore(holidaysOf(db), heldOn, papersWorkingDays);
	return { dueOn, isShort: dueOn < today, workingDays: papersWorkingDays };
}

/**
 * Calls a meeting; those who sit at it are told. `id` is made with the form: the same form sent twice calls one meeting.
 * Minutes that are not approved yet are put on its agenda. @returns its reference
 * @throws Forbidden; Invalid beside the field
 */
export function callMeeting(ctx: Ctx, input: MeetingCall): string {
	allow(canKeepMeetings(ctx.actor));
	const before = prepared(ctx.db.sql, 'SELECT reference FROM meeting WHERE id = ?').pluck().get(input.id) as string | undefined;
	if (before) return before;
	const papers = papersDueFor(ctx.db, input.heldOn, ctx.today);
	if (input.heldOn < ctx.today) throw new Invalid('heldOn', 'Choose a day to come.');
	if (papers.isShort && input.shortNotice === '')
		throw new Invalid('shortNotice', `Papers are due ${papers.workingDays} working days ahead. Say why this meeting comes sooner.`);
	return commit(ctx, { name: 'call meeting', reason: input.shortNotice || undefined }, (tx) => {
		const reference = nextReference(tx);
		const papersOn = papers.isShort ? ctx.today : papers.dueOn;
		const { id, kind, heldOn, place } = input;
		const shortNotice = papers.isShort ? input.shortNotice : null;
		const row = { id, reference, kind, heldOn, place, calledBy: personOf(ctx).personId, calledAt: ctx.now, papersOn, shortNotice };
		tx.db.orm.insert(meeting).values(row).run();
		seat(tx, id, input);
		record(tx, 'meeting.called', { type: 'meeting', id }, { reference, kind, heldOn, papersOn });
		if (kind !== 'review') putOpenMinutes(tx, meetingById(tx.db, id));
		tellMembers(tx, id, (facts) => mailMeetingCalled({ ...facts, papersOn }));
		return reference;
	});
}

/** Changes who sits at a meeting that has not been opened. @throws NotFound, Forbidden, Conflict, Invalid */
export function changeSeats(ctx: Ctx, reference: string, input: SeatsInput & { version: number }): void {
	allow(canKeepMeetings(ctx.actor));
	commit(ctx, { name: 'change seats' }, (tx) => {
		const { meeting: row } = tableFor(ctx, reference);
		refuseUnless(row, 'called');
		advanceMeeting(tx, row, input.version, {});
		prepared(tx.db.sql, 'DELETE FROM meeting_member WHERE meeting_id = ?').run(row.id);
		seat(tx, row.id, input);
		for (const item of itemsOf(tx.db, row.id)) recuseFound(tx, item);
		record(tx, 'meeting.seats_changed', { type: 'meeting', id: row.id }, { reference });
	});
}

/** Calls off a meeting that has not been opened: what was on its agenda waits for another. @throws NotFound, Forbidden, Conflict */
export function callOffMeeting(ctx: Ctx, reference: string, input: { version: number; reason: string }): void {
	allow(canKeepMeetings(ctx.actor));
	commit(ctx, { name: 'call off meeting', reason: input.reason }, (tx) => {
		const { meeting: row } = tableFor(ctx, reference);
		refuseUnless(row, 'called');
		advanceMeeting(tx, row, input.version, { calledOffAt: ctx.now });
		const text =
			"UPDATE meeting_item SET removed_at = ?, resolution = 'The meeting was called off.', version = version + 1 WHERE meeting_id = ? AND removed_at IS NULL";
		prepared(tx.db.sql, text).run(ctx.now, row.id);
		record(tx, 'meeting.called_off', { type: 'meeting', id: row.id }, { reference });
		tellMembers(tx, row.id, mailCalledOff);
	});
}

/** Seats the people chosen: each role held, each person once, and enough of them for a decision. @throws Invalid */
function seat(tx: Tx, meetingId: string, input: SeatsInput): void {
	const wanted: [Seat, string, string][] = [
		['chair', input.chair, 'chair'],
		...input.members.map((id): [Seat, string, string] => ['member', id, 'members']),
		...input.lay.map((id): [Seat, string, string] => ['lay', id, 'lay']),
		['secretary', input.secretary, 'secretary'],
	];
	const able = seatable(tx.db, tx.ctx.today);
	const seated = new Set<string>();
	for (const [place, personId, field] of wanted) {
		if (!able[place].some((one) => one.personId === personId)) throw new Invalid(field, 'Choose somebody who holds the role for this seat.');
		if (seated.has(personId)) throw new Invalid(field, 'Somebody has two seats. Give each person one.');
		seated.add(personId);
		tx.db.orm.insert(meetingMember).values({ meetingId, personId, seat: place }).run();
	}
	refuseTooFew(input, meetingById(tx.db, meetingId).kind === 'review', standardsOn(tx.db, tx.ctx.today).standards);
}

function refuseTooFew(input: SeatsInput, isReview: boolean, { committee }: Standards): void {
	const needed = isReview ? committee.reviewQuorum : committee.quorum;
	if (input.lay.length < committee.layAtLeast) throw new Invalid('lay', 'A meeting needs a lay member to decide anything.');
	if (1 + input.members.length + input.lay.length < needed)
		throw new Invalid('members', `A decision needs ${needed} with a vote. Seat more, so that it holds when somebody steps back.`);
}

/** Counted inside the write, which nobody shares. */
function nextReference(tx: Tx): string {
	const year = tx.ctx.today.slice(0, 4);
	const last = prepared(tx.db.sql, 'SELECT max(CAST(substr(reference, 10) AS INTEGER)) FROM meeting WHERE reference LIKE ?').pluck().get(`MTG-${year}-%`);
	return `MTG-${year}-${String(((last as number | null) ?? 0) + 1).padStart(2, '0')}`;
}

import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { paths } from '#paths';
import { interestsIn, OWN_CIRCLE } from './interests.ts';
import { asksInterests, partIn, seatedFor } from './meeting-part.ts';
import { canRun, canSeeMeeting, itemState, type MeetingState, meetingState, seatOf } from './meeting-policy.ts';
import { type Item, itemsOf, type Meeting, type Member, meetingById, membersOf, type Seat } from './meeting-rows.ts';
import { tableFor } from './meeting-table.ts';
import { ITEM_STATE_WORDS, KIND_WORDS, MEETING_STATE_WORDS, NO_PART, SEAT_WORDS } from './meeting-words.ts';
import { canKeepMeetings } from './policy.ts';
import { standingOf } from './step.ts';
import { isQuorate, quorumFor } from './vote-count.ts';

export type AgendaLine = { no: number; title: string; href: string | null; state: string; todo: string; warning: string };
export type MeetingView = {
	meeting: Meeting;
	state: MeetingState;
	seat: Seat | null;
	members: Member[];
	rows: { key: string; value: string }[];
	agenda: AgendaLine[];
	acts: { label: string; href: string }[];
};

/** A meeting as somebody may see it: items in which they take no part have a number and nothing else. @throws NotFound */
export function meetingView(ctx: Ctx, reference: string): MeetingView {
	const { meeting, members } = tableFor(ctx, reference);
	const state = meetingState(meeting);
	const seat = seatOf(ctx.actor, members);
	const agenda = itemsOf(ctx.db, meeting.id).map((item) => agendaLine(ctx, { meeting, seat }, item));
	return { meeting, state, seat, members, rows: rowsOf(meeting, members), agenda, acts: actsFor(ctx, { meeting, members, state }) };
}

function agendaLine(ctx: Ctx, { meeting, seat }: { meeting: Meeting; seat: Seat | null }, item: Item): AgendaLine {
	const no = item.position;
	if (isHiddenFrom(ctx, item, seat)) return { no, title: NO_PART, href: null, state: '', todo: '', warning: '' };
	const state = itemState(item);
	const isOver = meeting.closedAt !== null || meeting.calledOffAt !== null;
	return {
		no,
		title: item.title,
		href: paths.meetingItem(meeting.reference, no),
		state: state === 'resolved' ? item.resolution.split('.')[0] || ITEM_STATE_WORDS[state] : ITEM_STATE_WORDS[state],
		todo: seat === null || isOver ? '' : todoIn(ctx, item, seat),
		warning: isOver || state === 'resolved' ? '' : warningOn(ctx, item),
	};
}

/** Is an item shut to somebody: they took no part in it at the table, or it is about their own circle? */
export function isHiddenFrom(ctx: Ctx, item: Item, seat: Seat | null): boolean {
	const { personId } = personOf(ctx);
	if (seat !== null && partIn(ctx.db, item, personId) === 'recused') return true;
	return item.applicationId !== null && interestsIn(ctx.db, item.applicationId, personId).some((interest) => OWN_CIRCLE.includes(interest));
}

function todoIn(ctx: Ctx, item: Item, seat: Seat): string {
	const { personId } = personOf(ctx);
	if (item.resolvedAt !== null) return '';
	if (partIn(ctx.db, item, personId) === 'undeclared') return 'Say whether you have an interest';
	const hasVoted = prepared(ctx.db.sql, 'SELECT 1 FROM vote WHERE item_id = ? AND person_id = ?').get(item.id, personId) !== undefined;
	return itemState(item) === 'voting' && seat !== 'secretary' && !hasVoted ? 'Vote' : '';
}

/** What stands in the way of deciding an item here, told early enough to do something about it. */
function warningOn(ctx: Ctx, item: Item): string {
	if (item.applicationId === null || !asksInterests(item)) return '';
	const { state, standards } = standingOf(ctx.db, item.applicationId);
	if (!['panel', 'review'].includes(state.phase)) return 'Does not wait for the committee any more';
	if (state.hold !== null) return `On hold until ${sayDay(state.hold.untilOn)}`;
	const quorum = quorumFor(item.kind, standards);
	return isQuorate(seatedFor(ctx.db, item), quorum) ? '' : `Too few can take part: ${quorum.members} are needed, ${quorum.lay} of them lay`;
}

function rowsOf(meeting: Meeting, members: readonly Member[]): { key: string; value: string }[] {
	const papers = meeting.papersSentAt === null ? `Due on ${sayDay(meeting.papersOn)}` : 'Sent out';
	const seated = (seat: Seat) => members.filter((member) => member.seat === seat).map(({ name, attended }) => `${name}${attended === false ? ' (away)' : ''}`);
	return [
		{ key: 'Kind', value: KIND_WORDS[meeting.kind] },
		{ key: 'Day', value: sayDay(meeting.heldOn) },
		...(meeting.place ? [{ key: 'Where', value: meeting.place }] : []),
		{ key: 'How it stands', value: MEETING_STATE_WORDS[meetingState(meeting)] },
		{ key: 'Papers', value: meeting.shortNotice ? `${papers}. Short notice: ${meeting.shortNotice}` : papers },
		...(['chair', 'member', 'lay', 'secretary'] as const).map((seat) => ({ key: SEAT_WORDS[seat], value: seated(seat).join(', ') || 'Nobody' })),
	];
}

function actsFor(ctx: Ctx, { meeting, members, state }: { meeting: Meeting; members: readonly Member[]; state: MeetingState }): MeetingView['acts'] {
	const act = (label: string, name: string) => ({ label, href: paths.meeting(meeting.reference, name) });
	const keeps = canKeepMeetings(ctx.actor);
	const runs = canRun(ctx.actor, members);
	if (state === 'called')
		return [
			...(keeps ? [act('Put something on the agenda', 'agenda'), act('Change who sits here', 'seats')] : []),
			...(keeps && meeting.papersSentAt === null ? [act('Send the papers', 'papers')] : []),
			...(runs && meeting.papersSentAt !== null ? [act('Open the meeting', 'attendance')] : []),
			...(keeps ? [act('Call it off', 'call-off')] : []),
		];
	if (state === 'open')
		return [
			...(keeps ? [act('Put something on the agenda', 'agenda')] : []),
			...(runs ? [act('Note who is present', 'attendance'), act('Close the meeting', 'close')] : []),
		];
	return state === 'closed' ? [act('Minutes', 'minutes')] : [];
}

export type MeetingLine = { reference: string; kind: string; heldOn: string; state: MeetingState; seat: string; items: number };

/** Meetings the actor may know of: those to come by their day, then the past ones, newest first. */
export function meetingsFor(ctx: Ctx): { coming: MeetingLine[]; past: MeetingLine[] } {
	const ids = prepared(ctx.db.sql, 'SELECT id FROM meeting ORDER BY held_on DESC, reference DESC LIMIT 300').pluck().all() as string[];
	const lines = ids.flatMap((id) => {
		const members = membersOf(ctx.db, id);
		return canSeeMeeting(ctx.actor, members) ? [lineOf(ctx, meetingById(ctx.db, id), members)] : [];
	});
	const isComing = ({ state }: MeetingLine) => state === 'called' || state === 'open';
	return { coming: lines.filter(isComing).reverse(), past: lines.filter((line) => !isComing(line)) };
}

function lineOf(ctx: Ctx, meeting: Meeting, members: readonly Member[]): MeetingLine {
	const seat = seatOf(ctx.actor, members);
	const { reference, heldOn } = meeting;
	const items = itemsOf(ctx.db, meeting.id).length;
	return { reference, kind: KIND_WORDS[meeting.kind], heldOn, state: meetingState(meeting), seat: seat === null ? '' : SEAT_WORDS[seat], items };
}

import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { takeOff } from './meeting-agenda-commands.ts';
import { recuseFound } from './meeting-interest-commands.ts';
import { tellMembers } from './meeting-mail-commands.ts';
import { mailPapersReady, mailVotesAsked } from './meeting-mails.ts';
import { draftMinutes } from './meeting-minutes.ts';
import { partIn, votersOn } from './meeting-part.ts';
import { canRun, seatOf } from './meeting-policy.ts';
import { type Item, itemsOf } from './meeting-rows.ts';
import { advanceItem, advanceMeeting, allowAtTable, placeFor, refuseItemUnless, refuseUnless, tableFor } from './meeting-table.ts';
import { canKeepMeetings } from './policy.ts';
import { standingOf } from './step.ts';
import { choicesFor, isQuorate, quorumFor } from './vote-count.ts';
import { castersOn } from './vote-reveal.ts';

type Place = { reference: string; no: number };
type Saw = { version: number };

/** Sends the papers out. After the day they were due it needs a reason. @throws NotFound, Forbidden, Conflict, Invalid */
export function sendPapers(ctx: Ctx, reference: string, input: Saw & { shortNotice: string }): void {
	allow(canKeepMeetings(ctx.actor));
	commit(ctx, { name: 'send papers', reason: input.shortNotice || undefined }, (tx) => {
		const { meeting } = tableFor(ctx, reference);
		refuseUnless(meeting, 'called');
		if (meeting.papersSentAt !== null) throw new Conflict('The papers have been sent out already.');
		if (itemsOf(tx.db, meeting.id).length === 0) throw new Conflict('Nothing is on the agenda yet.');
		const isLate = ctx.today > meeting.papersOn;
		if (isLate && input.shortNotice === '') throw new Invalid('shortNotice', `They were due on ${sayDay(meeting.papersOn)}. Say why they come late.`);
		advanceMeeting(tx, meeting, input.version, { papersSentAt: ctx.now, ...(isLate && { shortNotice: input.shortNotice }) });
		record(tx, 'meeting.papers_sent', { type: 'meeting', id: meeting.id }, { reference, isLate });
		tellMembers(tx, meeting.id, mailPapersReady);
	});
}

/**
 * Opens a meeting with those who are there; between meetings, with everyone who has a seat, who are asked for their votes.
 * @throws NotFound, Forbidden; Conflict before its day, without papers, or when it was opened by somebody else
 */
export function openMeeting(ctx: Ctx, reference: string, input: Saw & { present: readonly string[] }): void {
	commit(ctx, { name: 'open meeting' }, (tx) => {
		const { meeting, members } = tableFor(ctx, reference);
		allowAtTable(canRun(ctx.actor, members));
		refuseUnless(meeting, 'called');
		if (meeting.papersSentAt === null) throw new Conflict('Send the papers first.');
		const isBetween = meeting.kind === 'between';
		if (!isBetween && ctx.today < meeting.heldOn) throw new Conflict(`This meeting is held on ${sayDay(meeting.heldOn)}.`);
		advanceMeeting(tx, meeting, input.version, { openedAt: ctx.now });
		const present = isBetween ? members.map(({ personId }) => personId) : input.present;
		prepared(tx.db.sql, ATTEND).run(JSON.stringify(present), meeting.id);
		record(tx, 'meeting.opened', { type: 'meeting', id: meeting.id }, { reference, present: present.length });
		if (isBetween) tellMembers(tx, meeting.id, mailVotesAsked);
	});
}

/** Notes who is present now: people come late and leave early. A vote that was cast stays. @throws NotFound, Forbidden, Conflict */
export function takeAttendance(ctx: Ctx, reference: string, input: Saw & { present: readonly string[] }): void {
	commit(ctx, { name: 'take attendance' }, (tx) => {
		const { meeting, members } = tableFor(ctx, reference);
		allowAtTable(canRun(ctx.actor, members));
		refuseUnless(meeting, 'open');
		advanceMeeting(tx, meeting, input.version, {});
		prepared(tx.db.sql, ATTEND).run(JSON.stringify(input.present), meeting.id);
		record(tx, 'meeting.attendance_taken', { type: 'meeting', id: meeting.id }, { reference, present: input.present.length });
	});
}

const ATTEND = 'UPDATE meeting_member SET attended = person_id IN (SELECT value FROM json_each(?)) WHERE meeting_id = ?';

/**
 * Opens voting on an item, once those present who take part are a quorum.
 * @throws NotFound, Forbidden; Conflict without a quorum, or when the application has moved on or is on hold
 */
export function openItem(ctx: Ctx, place: Place, { version }: Saw): void {
	commit(ctx, { name: 'open item' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		allowAtTable(canRun(ctx.actor, members) && partIn(ctx.db, item, personOf(ctx).personId) !== 'recused');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'coming');
		if (choicesFor(item.kind).length === 0) throw new Conflict('There is no vote on this item. Write down what was resolved.');
		recuseFound(tx, item);
		refuseWithoutQuorum(ctx, item);
		advanceItem(tx, item, version, { openedAt: ctx.now });
		record(tx, 'meeting.item_opened', { type: 'meeting', id: meeting.id }, { item: item.position });
	});
}

function refuseWithoutQuorum(ctx: Ctx, item: Item): void {
	if (item.applicationId === null) return;
	const { state, standards } = standingOf(ctx.db, item.applicationId);
	if (state.phase !== (item.kind === 'review' ? 'review' : 'panel'))
		throw new Conflict('This application does not wait for the committee any more. Take it off.');
	if (state.hold !== null) throw new Conflict('This application is on hold. Put it over to another meeting.');
	const quorum = quorumFor(item.kind, standards);
	if (isQuorate(votersOn(ctx.db, item), quorum)) return;
	throw new Conflict(`A decision needs ${quorum.members} who take part, ${quorum.lay} of them lay. Put this item over to another meeting.`);
}

/** A member takes the chair for an item in which the chair takes no part. @throws NotFound, Forbidden, Conflict */
export function takeChair(ctx: Ctx, place: Place, { version }: Saw): void {
	const { personId } = personOf(ctx);
	commit(ctx, { name: 'take the chair' }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		allowAtTable(seatOf(ctx.actor, members) === 'member' && partIn(ctx.db, item, personId) === 'free');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'coming', 'voting', 'opened');
		const chair = members.find(({ seat }) => seat === 'chair');
		const isThere = chair?.attended === true && partIn(ctx.db, item, chair.personId) !== 'recused';
		if (isThere || item.chairId !== null) throw new Conflict('Somebody chairs this item already.');
		if (members.find((member) => member.personId === personId)?.attended !== true) throw new Conflict('Only somebody who is present can take the chair.');
		advanceItem(tx, item, version, { chairId: personId });
		record(tx, 'meeting.chair_taken', { type: 'meeting', id: meeting.id }, { item: item.position, person: personId });
	});
}

/**
 * Puts an item over to another meeting: not reached, or there is no quorum for it, or everyone abstained. Votes cast are kept and decide nothing.
 * @throws NotFound, Forbidden, Conflict when it can be decided here
 */
export function putOver(ctx: Ctx, place: Place, { version, reason }: Saw & { reason: string }): void {
	commit(ctx, { name: 'put item over', reason }, (tx) => {
		const { meeting, members, item } = placeFor(ctx, place);
		allowAtTable(canRun(ctx.actor, members) && partIn(ctx.db, item, personOf(ctx).personId) !== 'recused');
		refuseUnless(meeting, 'open');
		refuseItemUnless(item, 'coming', 'voting', 'opened');
		if (canBeDecided(ctx, item, meeting.kind === 'between')) throw new Conflict('The votes on this item can be decided on. Resolve it.');
		takeOff(tx, item, version, `Put over to another meeting: ${reason}`);
	});
}

function canBeDecided(ctx: Ctx, item: Item, isBetween: boolean): boolean {
	if (item.openedAt === null || item.applicationId === null) return false;
	const { state, standards } = standingOf(ctx.db, item.applicationId);
	if (state.hold !== null || !['panel', 'review'].includes(state.phase)) return false;
	// Whoever is at the table may still vote; between meetings nobody knows whether they will.
	const counted = item.revealedAt === null && !isBetween ? votersOn(ctx.db, item) : castersOn(ctx.db, item.id);
	return isQuorate(counted, quorumFor(item.kind, standards)) && !(item.revealedAt !== null && allAbstained(ctx, item.id));
}

function allAbstained(ctx: Ctx, itemId: string): boolean {
	return prepared(ctx.db.sql, "SELECT 1 FROM vote WHERE item_id = ? AND choice <> 'abstain'").get(itemId) === undefined;
}

/**
 * Closes a meeting: what was not reached waits for another; minutes are drafted from what happened.
 * @throws NotFound, Forbidden; Conflict while an item is under way
 */
export function closeMeeting(ctx: Ctx, reference: string, { version }: Saw): void {
	commit(ctx, { name: 'close meeting' }, (tx) => {
		const { meeting, members } = tableFor(ctx, reference);
		allowAtTable(canRun(ctx.actor, members));
		refuseUnless(meeting, 'open');
		const open = itemsOf(tx.db, meeting.id).filter(({ resolvedAt }) => resolvedAt === null);
		const underWay = open.find(({ openedAt }) => openedAt !== null);
		if (underWay) throw new Conflict(`Item ${underWay.position} is under way. Resolve it, or put it over.`);
		for (const item of open) takeOff(tx, item, item.version, 'Not reached.');
		advanceMeeting(tx, meeting, version, { closedAt: ctx.now, minutes: JSON.stringify(draftMinutes(tx.db, meeting)) });
		record(tx, 'meeting.closed', { type: 'meeting', id: meeting.id }, { reference });
	});
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import {
	closeMeeting,
	closeVote,
	giveCastingVote,
	itemView,
	meetingView,
	minutesFor,
	openPapers,
	putOver,
	resolveItem,
	standingByReference,
	takeAttendance,
	takeChair,
	takeStep,
} from '#features/accreditation/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn, staff } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
let seats: ReturnType<typeof aCommittee>;
let applicant: Someone;
beforeEach(() => {
	place = registerIn('2026-11-02');
	seats = aCommittee(place.ctx);
	applicant = aPerson(place.ctx, 'Ann');
});
afterEach(() => {
	expect(verifyAudit(place.ctx.db, place.ctx.keys.audit)).toMatchObject({ ok: true });
	place.close();
});

const sql = () => place.ctx.db.sql;
const hasPhase = (reference: string) => standingByReference(place.ctx.db, reference).state.phase;
/** The two supervise each other, by the record. */
function supervise(supervisee: Someone, supervisor: Someone) {
	const text = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, asked_by, asked_at, from_on, agreed_at) VALUES (?, ?, ?, ?, 0, '2025-01-01', 1)`;
	sql().prepare(text).run(`r-${supervisor.id}`, supervisee.id, supervisor.id, 'supervisee');
}

describe('interests', () => {
	test('that the record shows recuse by themselves; the item then has a number for them and nothing else, in agenda, papers and minutes', () => {
		const [max] = seats.members.slice(1) as [Someone];
		supervise(applicant, max);
		const reference = inPanel(place.ctx, applicant);
		const meeting = aMeeting(seats, [reference]);
		const room = roomOn(seats, meeting);
		expect(sql().prepare('SELECT declared, is_found AS found FROM meeting_interest').all()).toEqual([{ declared: 'recuse', found: 1 }]);
		expect(meetingView(max.ctx, meeting).agenda).toEqual([{ no: 1, title: 'You take no part', href: null, state: '', todo: '', warning: '' }]);
		expect(itemView(max.ctx, room.place(1))).toMatchObject({ isHidden: true, acts: [], votes: [], applicant: '' });
		expect(() => openPapers(max.ctx, room.place(1))).toThrow('no papers for you');
		expect(() => room.declare(max, 1)).toThrow('You take no part');
		room.open();
		room.allVote(1, 'award', [seats.chair, seats.members[0] as Someone, seats.lay]);
		room.resolve(1, reference);
		closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
		const read = (who: Someone) => minutesFor(who.ctx, meeting).parts.map(({ title, text }) => `${title} ${text}`);
		expect(read(max)[1]).toBe('Item 1 You take no part in this item.');
		expect(read(seats.secretary)[1]).toContain('Took no part, as found from the record: Max Example.');
		expect(read(seats.secretary).join()).not.toContain('Ann');
	});

	test('are declared before anything opens, for every item anew, and every opening of papers is recorded', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		expect(() => openPapers(seats.chair.ctx, room.place(1))).toThrow('no papers for you');
		room.declare(seats.chair, 1, 'minor');
		expect(openPapers(seats.chair.ctx, room.place(1)).applicant).toBe('Ann Example');
		const opened = sql().prepare("SELECT count(*) FROM audit_event WHERE kind = 'meeting.papers_opened'").pluck().get();
		expect(opened).toBe(1);
		room.declare(seats.chair, 1, 'recuse');
		expect(() => room.declare(seats.chair, 1, 'none')).toThrow('You take no part');
		expect(() => sql().prepare("UPDATE meeting_interest SET declared = 'none'").run()).toThrow('stays away');
	});

	test.each(['assessed it', 'was asked for a report', 'shares a practice', 'is the applicant'])('the schema takes no vote from whoever %s', (how) => {
		const mary = seats.members[0] as Someone;
		const reference = how === 'is the applicant' ? inPanel(place.ctx, mary) : inPanel(place.ctx, applicant);
		const { application } = standingByReference(place.ctx.db, reference);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		for (const who of [seats.chair, ...seats.members.slice(how === 'is the applicant' ? 1 : 0), seats.lay]) room.declare(who, 1);
		room.openItem(1);
		const run = (text: string, ...values: unknown[]) =>
			sql()
				.prepare(text)
				.run(...values);
		const item = sql().prepare('SELECT id FROM meeting_item').pluck().get();
		if (how === 'assessed it')
			run(
				`INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at, ended_at, end_reason) VALUES ('x', ?, ?, 3, 't', 0, 1, 'replaced')`,
				application.id,
				mary.id,
			);
		if (how === 'was asked for a report')
			run(
				`INSERT INTO accreditation_request (id, application_id, kind, place, to_name, to_person_id, made_at, made_by, due_on) VALUES ('x', ?, 'reference', 9, 'M', ?, 0, 't', '2027-01-01')`,
				application.id,
				mary.id,
			);
		if (how === 'shares a practice')
			for (const [index, id] of [mary.id, applicant.id].entries())
				run(
					`INSERT INTO practice_place (id, person_id, position, practice_name, town, district, nation, latitude, longitude, precision, step_free) VALUES (?, ?, 0, 'The Rooms', 'Leeds', 'LS1', 'england', 53.8, -1.5, 'district', 0)`,
					`p${index}`,
					id,
				);
		expect(() => run("INSERT INTO vote (item_id, person_id, choice, cast_at) VALUES (?, ?, 'award', 0)", item, mary.id)).toThrow('free of interests');
		expect(() => room.vote(mary, 1, 'award')).toThrow(/does not allow/);
	});
});

describe('votes', () => {
	test('are sealed until everyone present has voted, and then never change', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		const all = [seats.chair, ...seats.members, seats.lay];
		for (const who of all) room.declare(who, 1);
		room.openItem(1);
		for (const who of all.slice(0, 3)) room.vote(who, 1, 'award');
		expect(itemView(room.on(seats.chair), room.place(1))).toMatchObject({ state: 'voting', votes: [], carried: null });
		room.vote(all[0] as Someone, 1, 'award');
		expect(() => room.vote(all[0] as Someone, 1, 'decline')).toThrow('never changed');
		room.vote(seats.lay, 1, 'decline');
		const seen = itemView(room.on(seats.chair), room.place(1));
		expect([seen.state, seen.votes.map(({ choice }) => choice).sort(), seen.carried]).toEqual(['opened', ['Award', 'Award', 'Award', 'Decline'], 'award']);
		expect(() => sql().prepare("UPDATE vote SET choice = 'award'").run()).toThrow('never changed');
		expect(() => sql().prepare('DELETE FROM vote').run()).toThrow('kept');
	});

	test('that are even are decided by the chair’s casting vote, a row of its own', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		const [mary, max] = seats.members as [Someone, Someone];
		for (const who of [seats.chair, mary, max, seats.lay]) room.declare(who, 1);
		room.openItem(1);
		room.vote(seats.chair, 1, 'award');
		room.vote(mary, 1, 'award_with_conditions');
		room.vote(max, 1, 'decline');
		room.vote(seats.lay, 1, 'decline');
		const cast = (who: Someone, choice: 'award' | 'decline' | 'defer') => giveCastingVote(room.on(who), room.place(1), { choice, reasons: [], words: '' });
		expect(() => room.resolve(1, reference)).toThrow('Nothing is carried yet');
		expect(() => cast(mary, 'award')).toThrow(/does not allow/);
		expect(() => cast(seats.chair, 'defer')).toThrow('Choose one of those that are even');
		cast(seats.chair, 'award');
		expect(() => cast(seats.chair, 'decline')).toThrow('given already');
		room.resolve(1, reference);
		expect(sql().prepare('SELECT count(*) FROM vote WHERE is_casting = 1').pluck().get()).toBe(1);
		expect(standingByReference(place.ctx.db, reference).state.outcome).toBe('awarded');
	});

	test('are not taken from the secretary, nor from whoever is away or has not declared', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		const [mary, max] = seats.members as [Someone, Someone];
		room.open([seats.chair, mary, seats.lay, seats.secretary]);
		for (const who of [seats.chair, max, seats.lay, seats.secretary]) room.declare(who, 1);
		room.openItem(1);
		expect(() => room.vote(seats.secretary, 1, 'award')).toThrow(/does not allow/);
		expect(() => room.vote(max, 1, 'award')).toThrow('noted as not present');
		expect(() => room.vote(mary, 1, 'award')).toThrow('Say first whether you have an interest');
		const assessor = staff(place.ctx, 'Ass', 'assessor');
		expect(() => room.vote(assessor, 1, 'award')).toThrow('There is no such meeting');
		takeAttendance(room.on(seats.secretary), room.place(1).reference, {
			version: room.version(),
			present: [seats.chair, mary, max, seats.lay].map(({ id }) => id),
		});
		room.vote(max, 1, 'award');
	});

	test('decide nothing without a quorum with a lay member: in the room, at its closing and in the schema', () => {
		const reference = inPanel(place.ctx, applicant);
		const meeting = aMeeting(seats, [reference]);
		const room = roomOn(seats, meeting);
		room.open([seats.chair, ...seats.members, seats.secretary]);
		expect(() => room.openItem(1)).toThrow('1 of them lay');
		takeAttendance(room.on(seats.secretary), meeting, { version: room.version(), present: [seats.chair, ...seats.members, seats.lay].map(({ id }) => id) });
		for (const who of [seats.chair, ...seats.members, seats.lay]) room.declare(who, 1);
		room.openItem(1);
		for (const who of seats.members) room.vote(who, 1, 'award');
		expect(() => closeVote(room.on(seats.chair), room.place(1), { version: room.itemVersion(1) })).toThrow('2 have voted who take part');
		expect(() => putOver(room.on(seats.chair), room.place(1), { version: room.itemVersion(1), reason: 'x' })).toThrow('can be decided on');
		const { application } = standingByReference(place.ctx.db, reference);
		const decide = `INSERT INTO decision (id, application_id, item_id, outcome, reasons, words, decided_on, decided_at)
			SELECT 'd', ?, id, 'awarded', '[]', '', '2026-11-20', 0 FROM meeting_item`;
		sql().prepare('UPDATE meeting_item SET revealed_at = 1').run();
		expect(() => sql().prepare(decide).run(application.id)).toThrow('quorum with a lay member');
	});

	test('between meetings follow the same rules, with everyone who has a seat', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference], 'between'), '2026-11-04');
		room.open();
		room.allVote(1, 'award');
		room.resolve(1, reference);
		expect(hasPhase(reference)).toBe('decided');
		expect(sql().prepare("SELECT count(*) FROM outbox WHERE kind = 'meeting.votes'").pluck().get()).toBe(5);
	});
});

describe('who is too late', () => {
	test('two chairs who close the vote at once: one does, the other is told', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		for (const who of [seats.chair, ...seats.members, seats.lay]) room.declare(who, 1);
		room.openItem(1);
		for (const who of [seats.chair, seats.members[0] as Someone, seats.lay]) room.vote(who, 1, 'award');
		const version = room.itemVersion(1);
		closeVote(room.on(seats.chair), room.place(1), { version });
		expect(() => closeVote(room.on(seats.chair), room.place(1), { version })).toThrow('have been opened already');
		expect(() => room.vote(seats.members[1] as Someone, 1, 'decline')).toThrow('have been opened already');
		const item = sql().prepare('SELECT id FROM meeting_item').pluck().get();
		const late = "INSERT INTO vote (item_id, person_id, choice, cast_at) VALUES (?, ?, 'award', 0)";
		expect(() => sql().prepare(late).run(item, seats.members[1]?.id)).toThrow('while voting is open');
		room.resolve(1, reference);
		expect(() => room.resolve(1, reference)).toThrow('resolved already');
	});

	test('a decision while a hold begins, and on an older sight: nothing is written', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		room.allVote(1, 'award');
		const steps = standingByReference(place.ctx.db, reference).seen;
		commit(place.ctx, { name: 'test' }, (tx) => takeStep(tx, standingByReference(tx.db, reference), 'held', { untilOn: '2027-01-10' }));
		const resolve = (seen: number) =>
			resolveItem(room.on(seats.chair), room.place(1), { version: room.itemVersion(1), steps: seen, reasons: [], words: '', variedTo: null, conditions: [] });
		expect(() => resolve(steps)).toThrow('Somebody has just done something');
		expect(() => resolve(steps + 1)).toThrow('on hold');
		expect(sql().prepare('SELECT (SELECT count(*) FROM decision) + (SELECT count(*) FROM award) + (SELECT count(*) FROM registration)').pluck().get()).toBe(0);
		putOver(room.on(seats.secretary), room.place(1), { version: room.itemVersion(1), reason: 'On hold' });
	});

	test('a chair who steps back: a member takes the chair, once', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		const [mary, max] = seats.members as [Someone, Someone];
		room.open();
		room.declare(seats.chair, 1, 'recuse');
		for (const who of [mary, max, seats.lay]) room.declare(who, 1);
		takeChair(room.on(mary), room.place(1), { version: room.itemVersion(1) });
		expect(() => takeChair(room.on(max), room.place(1), { version: room.itemVersion(1) })).toThrow('chairs this item already');
		room.openItem(1);
		for (const who of [mary, max, seats.lay]) room.vote(who, 1, 'award');
		expect(() => room.resolve(1, reference)).toThrow(/does not allow/);
		room.resolve(1, reference, {}, mary);
		expect(onDay(place.ctx, HELD_ON) && hasPhase(reference)).toBe('decided');
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import {
	addToAgenda,
	answerUndo,
	askUndo,
	closeMeeting,
	conditionsOf,
	conditionsWaiting,
	decisionsOn,
	editMinutes,
	judgeCondition,
	mayApplyAgainOn,
	minutesFor,
	remindOfConditions,
	requestReview,
	reviewChance,
	showCondition,
	standingByReference,
} from '#features/accreditation/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn, staff } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
let seats: ReturnType<typeof aCommittee>;
let others: ReturnType<typeof aCommittee>;
let applicant: Someone;
beforeEach(() => {
	place = registerIn('2026-11-02');
	seats = aCommittee(place.ctx);
	others = aCommittee(place.ctx);
	applicant = aPerson(place.ctx, 'Ann');
});
afterEach(() => {
	expect(verifyAudit(place.ctx.db, place.ctx.keys.audit)).toMatchObject({ ok: true });
	place.close();
});

const WHY = { reasons: ['standard_not_met'], words: 'Two cases are missing.' };
const standing = (reference: string) => standingByReference(place.ctx.db, reference);
const mails = (kind: string) => place.ctx.db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
type Choice = Parameters<ReturnType<typeof roomOn>['allVote']>[1];

/** Decides in one meeting: everyone of a committee votes the same. */
function decide(who: typeof seats, reference: string, choice: Choice, more = {}, kind: 'ordinary' | 'review' = 'ordinary', day = HELD_ON): string {
	const meeting = aMeeting(who, [reference], kind, day);
	const room = roomOn(who, meeting, day);
	room.open();
	const no = itemOf(meeting);
	room.allVote(no, choice);
	room.resolve(no, reference, more, who.chair);
	closeMeeting(room.on(who.secretary), meeting, { version: room.version() });
	return meeting;
}
/** The number of the application on an agenda that may begin with minutes. */
function itemOf(meeting: string): number {
	const text = 'SELECT i.position FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.application_id IS NOT NULL';
	return place.ctx.db.sql.prepare(text).pluck().get(meeting) as number;
}
function askReview(reference: string, day = '2026-11-25'): void {
	const seen = standing(reference).seen;
	requestReview(onDay(applicant.ctx, day), reference, { seen, grounds: ['procedure'], words: 'Nobody looked at my fourth case.', files: [] });
}
const isAccredited = (day: string) => {
	const facts = factsOf(place.ctx.db, applicant.id);
	return facts !== null && registerStatus(facts, day, registerRules(place.ctx.db, day)).standing === 'accredited';
};

describe('a review', () => {
	test('is asked for within 28 days, on a ground, once', () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'decline', WHY);
		expect(reviewChance(place.ctx.db, standing(reference), '2026-12-18')).toEqual({ may: true, untilOn: '2026-12-18' });
		expect(() => askReview(reference, '2026-12-19')).toThrow('until 18 December 2026');
		const stranger = aPerson(place.ctx, 'Eve');
		expect(() => requestReview(stranger.ctx, reference, { seen: 0, grounds: ['error'], words: 'x', files: [] })).toThrow('There is no such application');
		askReview(reference);
		askReview(reference);
		expect([standing(reference).state.phase, mails('accreditation.review-asked')]).toEqual(['review', 1]);
	});

	test('is not for those who decided: policy, meeting and schema keep them out', () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'decline', WHY);
		askReview(reference);
		const meeting = aMeeting(seats, [reference], 'review', '2026-12-01');
		const room = roomOn(seats, meeting, '2026-12-01');
		room.open();
		expect(place.ctx.db.sql.prepare("SELECT count(*) FROM meeting_interest WHERE declared = 'recuse' AND is_found = 1").pluck().get()).toBe(4);
		expect(() => room.openItem(1)).toThrow('A decision needs 3');
		const item = place.ctx.db.sql.prepare("SELECT id FROM meeting_item WHERE kind = 'review'").pluck().get();
		const vote = "INSERT INTO vote (item_id, person_id, choice, cast_at) VALUES (?, ?, 'uphold', 0)";
		place.ctx.db.sql.prepare('UPDATE meeting_item SET opened_at = 1 WHERE id = ?').run(item);
		expect(() => place.ctx.db.sql.prepare(vote).run(item, seats.chair.id)).toThrow('free of interests');
	});

	test('that quashes sends it to a panel of neither those it overruled nor those who reviewed', () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'decline', WHY);
		askReview(reference);
		const grounds = { reasons: ['procedure'], words: 'The fourth case was overlooked.' };
		decide(others, reference, 'quash', grounds, 'review', '2026-12-01');
		expect(standing(reference).state).toMatchObject({ phase: 'panel', outcome: null });
		expect(mayApplyAgainOn(place.ctx.db, applicant.id, 'practitioner', '2026-12-02')).toBeNull();
		for (const who of [seats, others]) {
			const meeting = aMeeting(who, [reference], 'ordinary', '2026-12-02');
			const room = roomOn(who, meeting, '2026-12-02');
			room.open();
			expect(() => room.openItem(itemOf(meeting))).toThrow('A decision needs 3');
			place.ctx.db.sql.prepare('UPDATE meeting_item SET removed_at = 1 WHERE resolved_at IS NULL AND application_id IS NOT NULL').run();
		}
		decide(aCommittee(place.ctx), reference, 'award', {}, 'ordinary', '2026-12-03');
		expect(standing(reference).state.outcome).toBe('awarded');
		expect(decisionsOn(place.ctx.db, standing(reference).application.id).map(({ outcome, overturnedAt }) => [outcome, overturnedAt !== null])).toEqual([
			['awarded', false],
			['quashed', false],
			['declined', true],
		]);
	});

	test('that varies gives the award at once; one that upholds leaves everything, and there is no second', () => {
		const [first, second] = [inPanel(place.ctx, applicant), inPanel(place.ctx, applicant, { route: 'adolescent' })];
		decide(seats, first, 'decline', WHY);
		decide(seats, second, 'decline', WHY);
		for (const reference of [first, second]) askReview(reference);
		decide(others, first, 'vary', { variedTo: 'awarded', words: 'The cases were there.' }, 'review', '2026-12-01');
		decide(others, second, 'uphold', { words: 'Nothing was overlooked.' }, 'review', '2026-12-01');
		expect([standing(first).state.outcome, isAccredited('2026-12-01')]).toEqual(['awarded', true]);
		expect(standing(second).state).toMatchObject({ phase: 'decided', outcome: 'declined' });
		expect(reviewChance(place.ctx.db, standing(second), '2026-12-02')).toMatchObject({ may: false, why: expect.stringContaining('no second review') });
		expect(mayApplyAgainOn(place.ctx.db, applicant.id, 'adolescent', '2026-12-02')).toBe('2027-05-20');
	});
});

describe('conditions', () => {
	const conditional = () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'award_with_conditions', { ...WHY, conditions: [{ words: 'Rate a recording.', dueOn: '2027-02-01' }] });
		return { reference, conditions: () => conditionsOf(place.ctx.db, standing(reference).state.decisionId ?? '') };
	};
	const judge = (id: string, reference: string, verdict: 'met' | 'missed') => {
		const { version } = conditionsWaiting(seats.officer.ctx).find((one) => one.id === id) ?? { version: 1 };
		judgeCondition(onDay(seats.officer.ctx, '2027-01-20'), id, { version, seen: standing(reference).seen, verdict, words: 'We looked.' });
	};

	test('are shown by the applicant, judged by an officer, and then it is an award without any', () => {
		const { reference, conditions } = conditional();
		const { id, version } = conditions()[0] ?? { id: '', version: 0 };
		const show = (saw: number) =>
			showCondition(onDay(applicant.ctx, '2027-01-10'), reference, { condition: id, version: saw, words: 'It was rated 4.', files: [] });
		show(version);
		expect(() => show(version)).toThrow('has changed since');
		expect(conditionsWaiting(seats.officer.ctx)).toMatchObject([{ state: 'shown', isLate: false }]);
		judge(id, reference, 'met');
		expect([standing(reference).state.outcome, mails('accreditation.condition-met')]).toEqual(['awarded', 1]);
		expect(() => judge(id, reference, 'met')).toThrow('judged already');
	});

	test('that are missed go to the committee, and a refusal then ends the award from that day', () => {
		const { reference, conditions } = conditional();
		judge(conditions()[0]?.id ?? '', reference, 'missed');
		expect(standing(reference).state).toMatchObject({ phase: 'panel', outcome: 'awarded_with_conditions' });
		expect(isAccredited('2027-01-20')).toBe(true);
		decide(seats, reference, 'decline', WHY, 'ordinary', '2027-02-10');
		expect([isAccredited('2027-02-09'), isAccredited('2027-02-10')]).toEqual([true, false]);
	});

	test('are reminded of four weeks, two weeks and three days ahead, each once', () => {
		conditional();
		const sent = ['2027-01-03', '2027-01-04', '2027-01-05', '2027-01-18', '2027-01-29', '2027-01-30', '2027-02-02'].map((day) =>
			remindOfConditions(onDay(place.ctx, day)),
		);
		expect(sent).toEqual([0, 1, 0, 1, 1, 0, 0]);
	});
});

describe('a mistake', () => {
	const undo = (reference: string, day: string, who = others.officer, answer: 'agree' | 'refuse' = 'agree') => {
		const seen = standing(reference).seen;
		askUndo(onDay(seats.officer.ctx, day), reference, { seen, reason: 'The wrong application was read out.' });
		answerUndo(onDay(who.ctx, day), reference, { seen, answer });
	};

	test('is undone by two: the award ends that day, the days between stay as they were told, nothing is erased', () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'award');
		const told = isAccredited('2026-11-25');
		expect(() => undo(reference, '2026-12-01', seats.officer)).toThrow('Somebody else has to agree');
		expect(() => askUndo(onDay(seats.officer.ctx, '2026-12-01'), reference, { seen: standing(reference).seen, reason: 'x' })).toThrow('asked to undo');
		answerUndo(onDay(others.officer.ctx, '2026-12-01'), reference, { seen: standing(reference).seen, answer: 'agree' });
		expect(standing(reference).state).toMatchObject({ phase: 'panel', outcome: null, decisionId: null });
		expect([told, isAccredited('2026-11-25'), isAccredited('2026-11-30'), isAccredited('2026-12-01')]).toEqual([true, true, true, false]);
		expect(decisionsOn(place.ctx.db, standing(reference).application.id)[0]).toMatchObject({
			outcome: 'awarded',
			overturnedBy: expect.stringMatching(/^undo:/),
		});
		expect(mails('accreditation.corrected')).toBe(1);
		decide(seats, reference, 'award', {}, 'ordinary', '2026-12-03');
		expect([isAccredited('2026-12-02'), isAccredited('2026-12-03')]).toEqual([false, true]);
	});

	test('in a renewal takes the further period back and leaves the one before', () => {
		const held = aPerson(place.ctx, 'Hal', { award: 'practitioner' });
		const awardId = place.ctx.db.sql.prepare('SELECT id FROM award WHERE person_id = ?').pluck().get(held.id) as string;
		const reference = inPanel(place.ctx, held, { route: 'reaccreditation', awardId });
		decide(seats, reference, 'award');
		const terms = () => place.ctx.db.sql.prepare('SELECT from_on, to_on FROM award_term WHERE award_id = ? ORDER BY from_on').raw().all(awardId);
		expect(terms()).toEqual([
			['2020-02-01', '2030-01-31'],
			['2030-02-01', expect.any(String)],
		]);
		undo(reference, '2026-12-01');
		expect(terms()).toEqual([['2020-02-01', '2030-01-31']]);
	});

	test('that was none stays decided when the second person does not agree', () => {
		const reference = inPanel(place.ctx, applicant);
		decide(seats, reference, 'decline', WHY);
		undo(reference, '2026-12-01', others.chair, 'refuse');
		expect(standing(reference).state.phase).toBe('decided');
		expect(() => undo(reference, '2026-12-01', staff(place.ctx, 'Memo', 'membership_officer'))).toThrow();
		expect(() => askUndo(onDay(seats.chair.ctx, '2026-12-01'), reference, { seen: 0, reason: 'x' })).toThrow('The registrar asks');
	});
});

describe('minutes', () => {
	test('are drafted from what happened, edited by the secretary, approved by the next meeting and then fixed', () => {
		const reference = inPanel(place.ctx, applicant);
		const meeting = decide(seats, reference, 'decline', WHY);
		const { parts, mayEdit, version } = minutesFor(seats.secretary.ctx, meeting);
		expect(parts[1]?.text).toBe('Votes: Decline 4.\nDeclined. Two cases are missing.');
		expect([mayEdit, minutesFor(seats.chair.ctx, meeting).mayEdit]).toEqual([true, false]);
		const edited = (saw: number) => editMinutes(seats.secretary.ctx, meeting, { version: saw, texts: new Map([[0, 'The committee met.']]) });
		expect(() => editMinutes(seats.chair.ctx, meeting, { version, texts: new Map() })).toThrow('The secretary');
		edited(version);
		expect(() => edited(version)).toThrow('Somebody has just done something');
		const next = aMeeting(seats, [], 'ordinary', '2026-12-10');
		const room = roomOn(seats, next, '2026-12-10');
		room.open();
		room.resolve(1, '', { words: 'As drafted.' }, seats.secretary);
		expect(minutesFor(seats.chair.ctx, meeting)).toMatchObject({ isApproved: true, mayEdit: false });
		expect(() => place.ctx.db.sql.prepare("UPDATE meeting SET minutes = 'x' WHERE reference = ?").run(meeting)).toThrow('never rewritten');
		const held = onDay(seats.officer.ctx, '2026-12-10');
		expect(() => addToAgenda(held, meeting, { version: 1, applications: [], business: 'Late', lateBecause: 'x' })).toThrow('has been closed');
	});
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import { addDays } from '#core/dates.ts';
import { answerUndo, askUndo, closeMeeting, conditionsOf, judgeCondition, standingByReference } from '#features/accreditation/index.ts';
import { endAward, factsOf, registerPerson, registerRules, registerStatus, sayAccredited } from '#features/register/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn } from '#tests/helpers/committee.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let place: TestRegister;
let seats: ReturnType<typeof aCommittee>;
beforeEach(() => {
	place = registerIn('2026-11-02');
	seats = aCommittee(place.ctx);
});
afterEach(() => {
	expect(verifyAudit(place.ctx.db, place.ctx.keys.audit)).toMatchObject({ ok: true });
	place.close();
});

const WHY = { reasons: ['standard_not_met'], words: 'Two cases are missing.' };
const standing = (reference: string) => standingByReference(place.ctx.db, reference);
const status = ({ id }: Someone, day: string) => registerStatus(factsOf(place.ctx.db, id) as never, day, registerRules(place.ctx.db, day));
const days = (from: string, count: number) => Array.from({ length: count }, (_, n) => addDays(from, n));

function decide(reference: string, choice: 'award' | 'award_with_conditions' | 'decline', more = {}, day = HELD_ON): void {
	const meeting = aMeeting(seats, [reference], 'ordinary', day);
	const room = roomOn(seats, meeting, day);
	room.open();
	const text = 'SELECT i.position FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.application_id IS NOT NULL';
	const no = place.ctx.db.sql.prepare(text).pluck().get(meeting) as number;
	room.allVote(no, choice);
	room.resolve(no, reference, more, seats.chair);
	closeMeeting(room.on(seats.secretary), meeting, { version: room.version() });
}

/** Given with a condition, refused since it was missed, and the refusal undone as a mistake. */
function undoneRefusal(applicant: Someone, undoneOn: string): { told: () => unknown } {
	const reference = inPanel(place.ctx, applicant);
	decide(reference, 'award_with_conditions', { ...WHY, conditions: [{ words: 'Rate a recording.', dueOn: '2027-01-10' }] });
	const [condition] = conditionsOf(place.ctx.db, standing(reference).state.decisionId ?? '');
	const missed = { version: condition?.version ?? 1, seen: standing(reference).seen, verdict: 'missed' as const, words: 'Nothing came.' };
	judgeCondition(onDay(seats.officer.ctx, '2027-01-20'), condition?.id ?? '', missed);
	decide(reference, 'decline', WHY, '2027-02-10');
	const told = () =>
		days('2026-11-15', 100)
			.filter((day) => day < undoneOn)
			.map((day) => {
				const { standing: is, awards, sinceOn, validToOn } = status(applicant, day);
				return { day, is, awards, sinceOn, validToOn };
			});
	const before = told();
	const { seen } = standing(reference);
	askUndo(onDay(seats.officer.ctx, undoneOn), reference, { seen, reason: 'The rating had come by post.' });
	answerUndo(onDay(aCommittee(place.ctx).officer.ctx, undoneOn), reference, { seen, answer: 'agree' });
	expect(told()).toEqual(before);
	return { told };
}

test('a refusal that had ended an award is undone: accredited since the first day, and every day between stays as it was told', () => {
	const applicant = aPerson(place.ctx, 'Ann');
	undoneRefusal(applicant, '2027-02-15');
	expect(['2027-02-09', '2027-02-10', '2027-02-14', '2027-02-15'].map((day) => status(applicant, day).standing)).toEqual([
		'accredited',
		'left',
		'left',
		'accredited',
	]);
	expect(sayAccredited(status(applicant, '2027-02-15'))).toBe('20 November 2026, reinstated 15 February 2027');
	expect(status(applicant, '2027-02-15').validToOn).toBe(status(applicant, '2027-02-09').validToOn);
});

test('undone on the day of the refusal, nothing was ever away', () => {
	const applicant = aPerson(place.ctx, 'Ann');
	undoneRefusal(applicant, '2027-02-10');
	expect(status(applicant, '2027-02-10')).toMatchObject({ standing: 'accredited', accreditedSinceOn: HELD_ON, reinstatedOn: null });
});

test('a further period that is taken back is told no more from that day: no late window follows it', () => {
	const held = aPerson(place.ctx, 'Hal', { award: 'practitioner' });
	const awardId = place.ctx.db.sql.prepare('SELECT id FROM award WHERE person_id = ?').pluck().get(held.id) as string;
	place.ctx.db.sql.prepare("UPDATE award_term SET to_on = '2026-08-31' WHERE award_id = ?").run(awardId);
	const reference = inPanel(place.ctx, held, { route: 'reinstatement', awardId });
	decide(reference, 'award');
	expect(sayAccredited(status(held, HELD_ON))).toBe('1 February 2020, reinstated 20 November 2026');
	const before = status(held, '2026-11-25');
	const { seen } = standing(reference);
	askUndo(onDay(seats.officer.ctx, '2026-12-01'), reference, { seen, reason: 'The wrong file was read out.' });
	answerUndo(onDay(aCommittee(place.ctx).officer.ctx, '2026-12-01'), reference, { seen, answer: 'agree' });
	expect(['2026-11-30', '2026-12-01', '2027-01-15'].map((day) => status(held, day).isOnRegister)).toEqual([true, false, false]);
	expect(status(held, '2026-11-25')).toEqual(before);
});

test('reinstated by the committee after its award was ended for good: since the first day, reinstated on the day of the decision', () => {
	const held = aPerson(place.ctx, 'Hal', { award: 'practitioner' });
	const awardId = place.ctx.db.sql.prepare('SELECT id FROM award WHERE person_id = ?').pluck().get(held.id) as string;
	const officer = { ...place.ctx, actor: { kind: 'system', name: 'test' } } as const;
	commit(officer, { name: 'test' }, (tx) => {
		registerPerson(tx, held.id, { registeredOn: '2020-02-01', number: null });
		endAward(tx, awardId, { endedOn: '2025-06-01', endReason: 'given_up' });
	});
	const past = days('2025-05-25', 20);
	const before = past.map((day) => status(held, day));
	decide(inPanel(place.ctx, held, { route: 'reinstatement', awardId }), 'award');
	expect(status(held, HELD_ON)).toMatchObject({ standing: 'accredited', accreditedSinceOn: '2020-02-01', reinstatedOn: HELD_ON });
	expect(past.map((day) => status(held, day))).toEqual(before);
	expect(place.ctx.db.sql.prepare('SELECT count(*) FROM award WHERE person_id = ?').pluck().get(held.id)).toBe(1);
});

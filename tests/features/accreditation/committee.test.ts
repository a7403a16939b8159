import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { decisionsOn, mayApplyAgainOn, standingByReference } from '#features/accreditation/index.ts';
import { cpdStandingOf } from '#features/cpd/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { aPerson, onDay, type Someone } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, HELD_ON, inPanel, roomOn } from '#tests/helpers/committee.ts';
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

const mails = (kind: string) => place.ctx.db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
const row = <T>(text: string, ...values: unknown[]) => place.ctx.db.sql.prepare(text).get(...values) as T;

describe('a decision of the committee', () => {
	test('an award is given, the person is on the register and counted for CPD, and the letters go out, in one', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		const groups = () => cpdStandingOf(onDay(applicant.ctx, HELD_ON), applicant.id).groups.map(({ group }) => group);
		const before = groups();
		room.open();
		room.allVote(1, 'award');
		room.resolve(1, reference);
		const standing = standingByReference(place.ctx.db, reference);
		expect(standing.state).toMatchObject({ phase: 'decided', outcome: 'awarded' });
		const [decided] = decisionsOn(place.ctx.db, standing.application.id);
		expect(decided).toMatchObject({ outcome: 'awarded', termFromOn: HELD_ON, termToOn: '2031-11-19', decidedOn: HELD_ON });
		const facts = factsOf(place.ctx.db, applicant.id);
		const status = facts && registerStatus(facts, HELD_ON, registerRules(place.ctx.db, HELD_ON));
		expect(status).toMatchObject({ standing: 'accredited', isOnRegister: true, accreditedSinceOn: HELD_ON });
		expect([before.includes('practitioner'), groups().includes('practitioner')]).toEqual([false, true]);
		expect([mails('accreditation.decided'), mails('accreditation.certificate')]).toEqual([1, 1]);
	});

	test('a refusal gives reasons and says from when one may apply again', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		room.allVote(1, 'decline');
		expect(() => room.resolve(1, reference)).toThrow('Choose at least one reason');
		expect(() => room.resolve(1, reference, { reasons: ['standard_not_met'] })).toThrow('in your own words');
		room.resolve(1, reference, { reasons: ['evidence_missing', 'standard_not_met'], words: 'Two cases are missing.' });
		expect(mayApplyAgainOn(place.ctx.db, applicant.id, 'practitioner', HELD_ON)).toBe('2027-05-20');
		expect(mayApplyAgainOn(place.ctx.db, applicant.id, 'practitioner', '2027-05-20')).toBeNull();
		expect(mayApplyAgainOn(place.ctx.db, applicant.id, 'adolescent', HELD_ON)).toBeNull();
		expect([row('SELECT 1 FROM award'), mails('accreditation.certificate')]).toEqual([undefined, 0]);
	});

	test('conditions have a day each, and the award is given with them', () => {
		const reference = inPanel(place.ctx, applicant);
		const room = roomOn(seats, aMeeting(seats, [reference]));
		room.open();
		room.allVote(1, 'award_with_conditions');
		const why = { reasons: ['evidence_unclear'], words: 'One recording is to be rated again.' };
		expect(() => room.resolve(1, reference, why)).toThrow('at least one condition');
		expect(() => room.resolve(1, reference, { ...why, conditions: [{ words: 'Rate it.', dueOn: '2028-01-01' }] })).toThrow('at the latest');
		room.resolve(1, reference, { ...why, conditions: [{ words: 'Rate it.', dueOn: '2027-02-01' }] });
		const { state, application } = standingByReference(place.ctx.db, reference);
		expect([state.outcome, state.openConditions.map(({ dueOn }) => dueOn), application.dueOn]).toEqual([
			'awarded_with_conditions',
			['2027-02-01'],
			'2027-02-01',
		]);
		expect(row('SELECT count(*) AS n FROM award')).toEqual({ n: 1 });
	});
});

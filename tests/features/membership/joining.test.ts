import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import {
	admitApplicant,
	answerQuestion,
	applicationClock,
	applicationFor,
	applicationsWaiting,
	askApplicant,
	beginApplication,
	closeIdleApplications,
	confirmDecline,
	consentInForce,
	ownApplication,
	proposeDecline,
	readApplication,
	returnToQueue,
	saveStep,
	sentOf,
	submitApplication,
	withdrawApplication,
} from '#features/membership/index.ts';
import { closeOrder, imposeOrder } from '#features/register/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { ABOUT, admit, answersOf, apply, as, fillIn, mails, newMember, newPerson, officer, on, pay, periods, stateOn, versionOf } from './living.ts';

let register: TestRegister;
let ctx: Ctx;
let ann: string;
let applicant: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = newPerson(ctx);
	applicant = as(ctx, ann);
});
afterEach(() => register.close());

const move = (reference: string, words = '') => ({ reference, version: applicationFor(officer(ctx), reference).version, words });
const row = () => ctx.db.sql.prepare('SELECT state, reference, answers, removed_match AS removedMatch FROM membership_application').get();

describe('an application', () => {
	test('is kept step by step as it was typed, also what is wrong, and gone on with later', () => {
		beginApplication(applicant);
		saveStep(applicant, 'about', { ...ABOUT, 'born-day': '31', 'born-month': '02' }, 1);
		const draft = beginApplication(on(applicant, '2026-12-01'));
		expect(answersOf(draft).about?.['born-day']).toBe('31');
		expect(() => submitApplication(applicant, draft.version)).toThrow('Something is missing in “Your grade”');
	});

	test('from two windows keeps the first and tells the second', () => {
		beginApplication(applicant);
		saveStep(applicant, 'grade', { category: 'plus' }, 1);
		expect(() => saveStep(applicant, 'grade', { category: 'basic' }, 1)).toThrow(Conflict);
	});

	test('is sent once, with a reference, the words that were agreed to, and a promise; the person’s facts are written', () => {
		const reference = apply(applicant);
		expect(reference).toBe('MEM-2026-0001');
		expect(submitApplication(applicant, 0)).toBe(reference);
		const sent = sentOf(applicationFor(officer(ctx), reference));
		expect(sent?.declarations.map((d) => [d.key, d.agreed])).toEqual([
			['conduct', true],
			['insurance', true],
			['convictions', true],
			['registers', true],
		]);
		expect(sent?.declarations[0]?.text).toContain('code of conduct');
		expect(consentInForce(ctx, ann, 'conduct')).toBe('2026-1');
		expect(ctx.db.sql.prepare('SELECT title, born_on AS bornOn FROM person WHERE id = ?').get(ann)).toEqual({ title: 'Dr', bornOn: '1980-05-03' });
		expect(ctx.db.sql.prepare('SELECT body, reference, standing FROM core_profession').get()).toEqual({
			body: 'HCPC',
			reference: 'PYL12345',
			standing: 'could_not_check',
		});
		expect(mails(ctx)).toEqual(['membership.application-received']);
		expect(applicationsWaiting(officer(ctx))[0]?.clock).toEqual({ dueOn: '2026-11-29', daysLeft: 7, isPaused: false });
		expect(() => ctx.db.sql.prepare("UPDATE membership_application SET frozen = '{}'").run()).toThrow('never rewritten');
	});

	test('that is accepted becomes a membership on the day it is paid, whoever asks twice', () => {
		apply(applicant, { category: 'plus' });
		admit(officer(ctx), applicant);
		expect(stateOn(ctx, ann, '2026-11-22')).toBe('applicant');
		const later = on(ctx, '2026-11-25');
		pay(later, ann);
		expect(periods(later, ann)).toEqual([['plus', '2026-11-25', '2027-11-24', null]]);
		expect(ownApplication(applicant)?.state).toBe('joined');
		expect(mails(ctx)).toEqual(['membership.application-received', 'membership.admitted', 'membership.welcome']);
		expect(() => beginApplication(as(later, ann))).toThrow('You are a member already');
	});

	test('for organisation membership needs an employer and no core profession', () => {
		apply(applicant, { category: 'organisation' });
		admit(officer(ctx), applicant);
		pay(ctx, ann);
		expect(ctx.db.sql.prepare('SELECT category, employer FROM membership_period').all()).toEqual([{ category: 'organisation', employer: 'A trust' }]);
		expect(ctx.db.sql.prepare('SELECT 1 FROM core_profession').all()).toEqual([]);
	});

	test('may be taken back, and what was typed into a draft is deleted', () => {
		fillIn(applicant);
		withdrawApplication(applicant, versionOf(applicant));
		expect(row()).toMatchObject({ state: 'withdrawn', answers: '{}' });
		expect(stateOn(ctx, ann, '2026-11-23')).toBe('none');
	});
});

describe('the office', () => {
	test('asks for more: the promise stands still until the answer comes', () => {
		const reference = apply(applicant);
		askApplicant(officer(on(ctx, '2026-11-24')), move(reference, 'Which course?'));
		const waiting = applicationFor(officer(ctx), reference);
		expect(applicationClock(waiting, '2026-11-26')).toEqual({ dueOn: '2026-12-01', daysLeft: 5, isPaused: true });
		answerQuestion(on(applicant, '2026-11-30'), 'The one in Leeds.', waiting.version);
		expect(applicationClock(applicationFor(officer(ctx), reference), '2026-11-30')).toEqual({ dueOn: '2026-12-05', daysLeft: 5, isPaused: false });
	});

	test('declines only with two officers; the second may put it back', () => {
		const reference = apply(applicant);
		const first = officer(ctx);
		const second = officer(ctx, 'Sue');
		proposeDecline(first, move(reference, 'No training.'));
		expect(() => confirmDecline(first, move(reference))).toThrow(Forbidden);
		returnToQueue(second, move(reference, 'There is a course.'));
		proposeDecline(first, move(reference, 'No training.'));
		confirmDecline(second, move(reference));
		expect(row()).toMatchObject({ state: 'declined' });
		expect(mails(ctx).at(-1)).toBe('membership.declined');
		expect(stateOn(ctx, ann, '2026-11-23')).toBe('none');
		beginApplication(applicant);
	});

	test('cannot decide alone even by a slip in the program: the table refuses it', () => {
		const reference = apply(applicant);
		proposeDecline(officer(ctx), move(reference, 'No training.'));
		expect(() => ctx.db.sql.prepare("UPDATE membership_application SET state = 'declined', decided_by = proposed_by").run()).toThrow('CHECK');
	});

	test('never decides about itself', () => {
		const own = as(ctx, ann, 'membership_officer');
		const reference = apply(own);
		expect(() => admitApplicant(own, move(reference), MEMBERSHIP_HANDLERS)).toThrow('somebody else');
	});

	test('has one winner: the second is told that something has happened', () => {
		const reference = apply(applicant);
		const seen = move(reference);
		admitApplicant(officer(ctx), seen, MEMBERSHIP_HANDLERS);
		expect(() => askApplicant(officer(ctx, 'Sue'), { ...seen, words: 'What?' })).toThrow(Conflict);
		expect(() => admitApplicant(officer(ctx, 'Sue'), seen, MEMBERSHIP_HANDLERS)).toThrow(Conflict);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM invoice').pluck().get()).toBe(1);
	});

	test('is the only one to see it, and that it looked is noted', () => {
		const reference = apply(applicant);
		expect(() => applicationFor(as(ctx, newPerson(ctx, 'Bob')), reference)).toThrow(NotFound);
		expect(() => applicationFor(as(ctx, newPerson(ctx, 'Eve'), 'finance'), reference)).toThrow(NotFound);
		readApplication(officer(ctx), reference);
		expect(ctx.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'membership.application_read'").pluck().get()).toBe(1);
	});

	test('is shown that somebody bears the name and birth date of a removed person; it refuses nobody, but a note is owed', () => {
		const gone = newMember(ctx, { fromOn: '2020-01-01', paidToOn: '2026-12-31', name: 'Example' });
		ctx.db.sql.prepare("UPDATE person SET born_on = '1980-05-03' WHERE id = ?").run(gone);
		ctx.db.sql.prepare("UPDATE person_name SET given_names = 'ÉXAMPLE', family_name = 'Ann' WHERE person_id = ?").run(gone);
		const order = { kind: 'removal', awardId: null, fromOn: '2025-01-01', toOn: null, reviewOn: null, publicText: '', displayUntilOn: null } as const;
		commit(ctx, { name: 'test' }, (tx) => imposeOrder(tx, gone, order));
		const reference = apply(applicant);
		expect(row()).toMatchObject({ removedMatch: 'name_and_birth' });
		expect(() => admit(officer(ctx), applicant)).toThrow('not the person who was removed');
		admit(officer(ctx), applicant, 'Another person: seen their passport.');
		expect(applicationFor(officer(ctx), reference).state).toBe('admitted');
		const bob = as(ctx, newPerson(ctx, 'Bob'));
		apply(bob, { about: { ...ABOUT, 'born-year': '1979' } });
		expect(ownApplication(bob)?.removedMatch).toBe('name');
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM removed_person').all())).not.toMatch(/example|1980/i);
	});

	test('is refused whatever the note while the applicant was removed themselves and nobody has restored them', () => {
		const personId = applicant.actor.kind === 'person' ? applicant.actor.personId : '';
		const order = { kind: 'removal', awardId: null, fromOn: '2025-01-01', toOn: null, reviewOn: null, publicText: '', displayUntilOn: null } as const;
		const orderId = commit(ctx, { name: 'test' }, (tx) => imposeOrder(tx, personId, order));
		apply(applicant);
		expect(() => admit(officer(ctx), applicant, 'They asked nicely.')).toThrow('nobody has restored them');
		commit(ctx, { name: 'test' }, (tx) => closeOrder(tx, orderId, { outcome: 'met', outcomeOn: ctx.today }));
		admit(officer(ctx), applicant, 'Two people restored them.');
	});
});

describe('an application that nobody goes on with', () => {
	test('is reminded of 30 and 14 days before it is closed, once each, and closed after 60', () => {
		fillIn(applicant);
		const seen: [string, object][] = [];
		for (let day = 0; day <= 61; day += 1) {
			const then = on(ctx, new Date(Date.UTC(2026, 10, 22 + day)).toISOString().slice(0, 10));
			const work = [closeIdleApplications(then), closeIdleApplications(then)];
			for (const done of work) if (done.reminded + done.closed > 0) seen.push([then.today, done]);
		}
		expect(seen).toEqual([
			['2026-12-22', { reminded: 1, closed: 0 }],
			['2027-01-07', { reminded: 1, closed: 0 }],
			['2027-01-21', { reminded: 0, closed: 1 }],
		]);
		expect(row()).toMatchObject({ state: 'closed', answers: '{}' });
	});

	test('is closed unpaid too: its invoice is void, and a late payment makes no member', () => {
		apply(applicant);
		admit(officer(ctx), applicant);
		closeIdleApplications(on(ctx, '2027-01-21'));
		expect(row()).toMatchObject({ state: 'closed' });
		expect(ctx.db.sql.prepare('SELECT voided_on FROM invoice').pluck().get()).toBe('2027-01-21');
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { MEMBERSHIP_HANDLERS } from '#features/directory/index.ts';
import {
	changeEmployer,
	decideLeave,
	endEmployment,
	endLeave,
	leaveMembership,
	leaveRequest,
	leaveRequestsWaiting,
	ownMembership,
	remindMembers,
	takeLeave,
	withdrawLeaveRequest,
	withdrawLeaving,
} from '#features/membership/index.ts';
import { closeOrder, imposeOrder, registerPerson } from '#features/register/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { as, mails, newMember, officer, on, pay, periods, renew, stateOn } from './living.ts';

let register: TestRegister;
let ctx: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-06-01');
	ctx = register.ctx;
	ann = newMember(ctx, { fromOn: '2026-01-01', paidToOn: '2026-12-31' });
});
afterEach(() => register.close());

const own = (at: Ctx) => ownMembership(as(at, ann));
const paidTo = () => own(ctx).periods.at(-1)?.paidToOn;
const leave = (at: Ctx, fromOn: string, toOn: string, reason = '') => takeLeave(as(at, ann), { mark: own(at).mark, fromOn, toOn, reason }, MEMBERSHIP_HANDLERS);
const leaveFor = (at: Ctx, lastOn: string, kind: 'resigned' | 'retired' = 'resigned') =>
	leaveMembership(as(at, ann), { mark: own(at).mark, kind, lastOn }, MEMBERSHIP_HANDLERS);

describe('leave', () => {
	test('of a few months needs nobody, and uses up no paid time', () => {
		expect(leave(ctx, '2026-07-01', '2026-09-30')).toBe('recorded');
		expect(paidTo()).toBe('2027-04-02');
		expect([stateOn(ctx, ann, '2026-06-30'), stateOn(ctx, ann, '2026-07-01'), stateOn(ctx, ann, '2026-10-01')]).toEqual(['active', 'on_leave', 'active']);
		expect(mails(ctx)).toEqual(['membership.leave-agreed']);
	});

	test('ended early gives back the paid days it took; called off before it began, all of them', () => {
		leave(ctx, '2026-07-01', '2026-09-30');
		const july = on(ctx, '2026-07-11');
		endLeave(as(july, ann), { mark: own(july).mark }, MEMBERSHIP_HANDLERS);
		expect(paidTo()).toBe('2027-01-10');
		expect(stateOn(ctx, ann, '2026-07-11')).toBe('active');
		leave(july, '2026-08-01', '2026-08-31');
		endLeave(as(july, ann), { mark: own(july).mark }, MEMBERSHIP_HANDLERS);
		expect(paidTo()).toBe('2027-01-10');
		expect(own(july).leaves).toEqual([{ fromOn: '2026-07-01', toOn: '2026-07-10' }]);
	});

	test('of more than six months waits for an officer, who is never the member', () => {
		expect(() => leave(ctx, '2026-07-01', '2027-03-31')).toThrow(Invalid);
		expect(leave(ctx, '2026-07-01', '2027-03-31', 'A baby.')).toBe('asked');
		expect(stateOn(ctx, ann, '2026-07-01')).toBe('active');
		const id = leaveRequestsWaiting(officer(ctx))[0]?.id ?? '';
		const answer = { id, version: 1, agrees: true, words: '' };
		expect(() => leaveRequest(as(ctx, ann), id)).toThrow(NotFound);
		expect(() => decideLeave(as(ctx, ann, 'membership_officer'), answer, MEMBERSHIP_HANDLERS)).toThrow(Forbidden);
		decideLeave(officer(ctx), answer, MEMBERSHIP_HANDLERS);
		expect(() => decideLeave(officer(ctx), answer, MEMBERSHIP_HANDLERS)).toThrow(Conflict);
		expect(stateOn(ctx, ann, '2026-07-01')).toBe('on_leave');
		expect(paidTo()).toBe('2027-10-01');
	});

	test('refused says why; a request may be taken back', () => {
		leave(ctx, '2026-07-01', '2027-03-31', 'A baby.');
		const id = leaveRequestsWaiting(officer(ctx))[0]?.id ?? '';
		expect(() => decideLeave(officer(ctx), { id, version: 1, agrees: false, words: '' }, MEMBERSHIP_HANDLERS)).toThrow(Invalid);
		decideLeave(officer(ctx), { id, version: 1, agrees: false, words: 'Too long.' }, MEMBERSHIP_HANDLERS);
		expect(own(ctx).leaveRequest).toMatchObject({ state: 'refused', decisionReason: 'Too long.' });
		leave(ctx, '2026-07-01', '2027-03-31', 'A baby.');
		withdrawLeaveRequest(as(ctx, ann));
		expect(leaveRequestsWaiting(officer(ctx))).toEqual([]);
	});

	test.each([
		['2026-05-31', '2026-07-31', 'today or later'],
		['2026-07-01', '2026-06-30', 'before its first day'],
		['2027-01-01', '2027-02-01', 'before that'],
		['2026-07-01', '2028-07-02', '24 months at most'],
	])('from %s to %s is refused', (fromOn, toOn, message) => {
		expect(() => leave(ctx, fromOn, toOn, 'Because.')).toThrow(message);
	});
});

describe('leaving', () => {
	test('takes effect by the passing of its day, and can be called off until then', () => {
		expect(leaveFor(ctx, '2026-06-30')).toBe('noted');
		expect([stateOn(ctx, ann, '2026-06-30'), stateOn(ctx, ann, '2026-07-01')]).toEqual(['active', 'resigned']);
		expect(() => renew(on(ctx, '2026-06-20'), ann)).toThrow('You are leaving');
		withdrawLeaving(as(on(ctx, '2026-06-30'), ann), MEMBERSHIP_HANDLERS);
		expect(stateOn(ctx, ann, '2026-07-01')).toBe('active');
		expect(() => withdrawLeaving(as(ctx, ann), MEMBERSHIP_HANDLERS)).toThrow(Conflict);
	});

	test('cannot be called off once the day has come', () => {
		leaveFor(ctx, '2026-06-30', 'retired');
		expect(() => withdrawLeaving(as(on(ctx, '2026-07-01'), ann), MEMBERSHIP_HANDLERS)).toThrow(Conflict);
		expect(stateOn(ctx, ann, '2026-07-01')).toBe('retired');
	});

	test('just after a renewal ends the earlier period’s grace too, and the order that is not paid', () => {
		const november = on(ctx, '2026-11-22');
		renew(november, ann);
		pay(november, ann);
		const january = on(ctx, '2027-01-05');
		leaveFor(january, '2027-01-05');
		expect(stateOn(ctx, ann, '2027-01-06')).toBe('resigned');
		expect(periods(ctx, ann).map((p) => p[3])).toEqual(['2027-01-06', '2027-01-06']);
	});

	test.each([['2026-05-31'], ['2027-01-31']])('on %s is refused', (lastOn) => {
		expect(() => leaveFor(ctx, lastOn)).toThrow(Invalid);
	});

	test('waits while a case is open, and takes effect by itself when it is closed', async () => {
		const orderId = commit(ctx, { name: 'test' }, (tx) => {
			registerPerson(tx, ann, { registeredOn: '2026-01-01', number: null });
			const order = {
				kind: 'interim_conditions',
				awardId: null,
				fromOn: '2026-05-01',
				toOn: null,
				reviewOn: null,
				publicText: '',
				displayUntilOn: null,
			} as const;
			return imposeOrder(tx, ann, order);
		});
		expect(leaveFor(ctx, '2026-06-30')).toBe('held');
		expect(stateOn(ctx, ann, '2026-07-01')).toBe('active');
		expect((await remindMembers(on(ctx, '2026-07-05'), MEMBERSHIP_HANDLERS)).released).toBe(0);
		commit(ctx, { name: 'test' }, (tx) => closeOrder(tx, orderId, { outcome: 'met', outcomeOn: '2026-07-10' }));
		expect((await remindMembers(on(ctx, '2026-07-10'), MEMBERSHIP_HANDLERS)).released).toBe(1);
		expect([stateOn(ctx, ann, '2026-07-09'), stateOn(ctx, ann, '2026-07-10')]).toEqual(['active', 'resigned']);
		expect(mails(ctx)).toEqual(['membership.leaving-held', 'membership.leaving']);
	});
});

describe('organisation membership', () => {
	beforeEach(() => {
		ann = newMember(ctx, { fromOn: '2026-01-01', paidToOn: '2026-12-31', category: 'organisation', name: 'Org' });
	});

	test('ends with the employment, also when it is told afterwards', () => {
		endEmployment(as(ctx, ann), { mark: own(ctx).mark, lastOn: '2026-05-15' }, MEMBERSHIP_HANDLERS);
		expect([stateOn(ctx, ann, '2026-05-15'), stateOn(ctx, ann, '2026-05-16')]).toEqual(['active', 'resigned']);
	});

	test('goes on with another employer', () => {
		changeEmployer(as(ctx, ann), { mark: own(ctx).mark, employer: 'Another trust' }, MEMBERSHIP_HANDLERS);
		expect(own(ctx).status.employer).toBe('Another trust');
	});
});

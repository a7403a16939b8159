import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict } from '#core/errors.ts';
import { EMPTY_QUERY, MEMBERSHIP_HANDLERS, ON_SETTLED, refreshFinder, searchFinder } from '#features/directory/index.ts';
import { cancelOrder, changeGrade, ownMembership, remindMembers } from '#features/membership/index.ts';
import { registerEntry } from '#features/register/index.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';
import { listTherapist } from '#tests/helpers/therapist.ts';
import { as, mails, newMember, on, pay, periods, renew, stateOn } from './living.ts';

let register: TestRegister;
let ctx: Ctx;
let ann: string;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	ann = newMember(ctx, { fromOn: '2026-01-01', paidToOn: '2026-12-31', category: 'basic' });
});
afterEach(() => register.close());

const night = (day: string) => remindMembers(on(ctx, day), MEMBERSHIP_HANDLERS);
const invoices = () => ctx.db.sql.prepare('SELECT total_pence FROM invoice WHERE voided_at IS NULL').pluck().all();

describe('renewing', () => {
	test('early adds the next period on the day after the last paid one, and needs nobody', () => {
		renew(ctx, ann);
		pay(ctx, ann);
		expect(periods(ctx, ann)).toEqual([
			['basic', '2026-01-01', '2026-12-31', null],
			['basic', '2027-01-01', '2027-12-31', null],
		]);
		for (let day = '2026-11-22'; day <= '2027-12-31'; day = addDays(day, 1)) expect([day, stateOn(ctx, ann, day)]).toEqual([day, 'active']);
		expect(mails(ctx)).toEqual(['membership.renewed']);
	});

	test('on the last day of grace makes no gap', () => {
		const last = on(ctx, '2027-01-30');
		renew(last, ann);
		pay(last, ann);
		expect(periods(last, ann)[1]).toEqual(['basic', '2027-01-01', '2027-12-31', null]);
	});

	test('paid in time and noted late makes no gap either', () => {
		renew(ctx, ann);
		pay(on(ctx, '2027-02-10'), ann, '2027-01-29');
		expect(periods(ctx, ann)[1]).toEqual(['basic', '2027-01-01', '2027-12-31', null]);
	});

	test('after a lapse begins anew on the day of the payment, within twelve months', () => {
		const late = on(ctx, '2027-06-01');
		expect(stateOn(ctx, ann, late.today)).toBe('lapsed');
		renew(late, ann);
		pay(late, ann);
		expect(periods(late, ann)[1]).toEqual(['basic', '2027-06-01', '2028-05-31', null]);
		expect(stateOn(ctx, ann, '2027-05-31')).toBe('lapsed');
		expect(() => renew(on(ctx, '2030-01-01'), ann)).toThrow('a new application is needed');
	});

	test('is refused while it is too early, and twice in two windows is one order and one invoice', () => {
		expect(() => renew(on(ctx, '2026-10-31'), ann)).toThrow('too early');
		renew(ctx, ann);
		renew(ctx, ann);
		expect(invoices()).toEqual([7500]);
		pay(ctx, ann);
		expect(() => renew(ctx, ann)).toThrow('too early');
	});

	test('in another grade voids the order for the first, and changes the grade with the next period only', () => {
		renew(ctx, ann);
		renew(ctx, ann, 'plus');
		expect(invoices()).toEqual([9500]);
		pay(ctx, ann);
		expect(periods(ctx, ann)[1]).toEqual(['plus', '2027-01-01', '2027-12-31', null]);
		expect(ownMembership(as(ctx, ann)).status.category).toBe('basic');
	});

	test('that was settled is granted once, however often the payment is reported', () => {
		renew(ctx, ann);
		const { purchase } = ownMembership(as(ctx, ann));
		pay(ctx, ann);
		const invoice = {
			id: purchase?.invoiceId ?? '',
			number: '',
			personId: ann,
			purpose: 'membership' as const,
			subjectId: purchase?.id ?? '',
			totalPence: 7500,
		};
		commit(ctx, { name: 'test' }, (tx) => {
			ON_SETTLED.membership?.(tx, invoice);
			MEMBERSHIP_HANDLERS.onChanged(tx, ann);
			tx.recorded += 1;
		});
		expect(periods(ctx, ann)).toHaveLength(2);
	});

	test('may be called off while it is not paid; nothing is owed then', () => {
		renew(ctx, ann);
		cancelOrder(as(ctx, ann), ownMembership(as(ctx, ann)).purchase?.id ?? '');
		expect(invoices()).toEqual([]);
		renew(ctx, ann);
		expect(invoices()).toEqual([7500]);
	});
});

describe('another grade', () => {
	const move = (at: Ctx, category: 'basic' | 'plus') => changeGrade(as(at, ann), { mark: ownMembership(as(at, ann)).mark, category }, MEMBERSHIP_HANDLERS);

	test('that costs more begins when the difference for the months left is paid', () => {
		const june = on(ctx, '2026-07-01');
		move(june, 'plus');
		expect(invoices()).toEqual([1000]);
		expect(ownMembership(as(june, ann)).status.category).toBe('basic');
		pay(june, ann);
		expect(periods(june, ann)).toEqual([
			['basic', '2026-01-01', '2026-06-30', null],
			['plus', '2026-07-01', '2026-12-31', null],
		]);
		expect(mails(ctx)).toEqual(['membership.grade-changed']);
	});

	test('that costs less begins at once; the difference is taken off the next fee', () => {
		const june = on(ctx, '2026-07-01');
		move(june, 'plus');
		pay(june, ann);
		move(june, 'basic');
		expect(ownMembership(as(june, ann)).creditPence).toBe(1000);
		expect(ownMembership(as(june, ann)).status.category).toBe('basic');
		renew(ctx, ann);
		expect(invoices().at(-1)).toBe(6500);
		cancelOrder(as(ctx, ann), ownMembership(as(ctx, ann)).purchase?.id ?? '');
		expect(ownMembership(as(ctx, ann)).creditPence).toBe(1000);
	});

	test('is refused to someone whose page is out of date', () => {
		const { mark } = ownMembership(as(ctx, ann));
		renew(ctx, ann);
		pay(ctx, ann);
		expect(() => changeGrade(as(ctx, ann), { mark, category: 'plus' }, MEMBERSHIP_HANDLERS)).toThrow(Conflict);
	});
});

describe('reminders', () => {
	test('go out 60, 30, 14, 3 and 0 days before the end, once each, then a word when the membership has lapsed', async () => {
		const sent: string[] = [];
		for (let day = '2026-10-25'; day <= '2027-03-20'; day = addDays(day, 1)) {
			for (let i = 0; i < 2; i += 1) {
				const { reminded, lapseTold } = await night(day);
				if (reminded + lapseTold > 0) sent.push(`${day} ${reminded ? 'reminded' : 'lapsed'}`);
			}
		}
		expect(sent).toEqual([
			'2026-11-01 reminded',
			'2026-12-01 reminded',
			'2026-12-17 reminded',
			'2026-12-28 reminded',
			'2026-12-31 reminded',
			'2027-01-31 lapsed',
		]);
	});

	test('stop when the membership is renewed, resigned or over', async () => {
		await night('2026-11-01');
		renew(ctx, ann);
		pay(ctx, ann);
		expect((await night('2026-12-01')).reminded).toBe(0);
		expect((await night('2027-11-01')).reminded).toBe(1);
	});

	test('that were missed while the jobs stood still come as one, not as three', async () => {
		expect((await night('2026-12-29')).reminded).toBe(1);
		expect(ctx.db.sql.prepare('SELECT dedupe_key FROM outbox').pluck().all()).toEqual([expect.stringMatching(/^membership\.reminder:[\w-]+:3$/)]);
	});

	test('are not sent to those without an address, who are counted', async () => {
		ctx.db.sql.prepare('UPDATE person SET email = NULL').run();
		expect(await night('2026-12-01')).toMatchObject({ reminded: 0, unreachable: 1 });
	});

	test('do not reach those who lapsed long before the program knew them', async () => {
		expect((await night('2027-06-01')).lapseTold).toBe(0);
	});

	test('are beside the granting of what was paid while the program was stopped', async () => {
		renew(ctx, ann);
		ctx.db.sql.prepare('UPDATE invoice SET settled_at = ?').run(ctx.now);
		expect((await night('2026-12-01')).granted).toBe(1);
		expect(periods(ctx, ann)[1]).toEqual(['basic', '2027-01-01', '2027-12-31', null]);
		expect((await night('2026-12-01')).granted).toBe(0);
	});
});

describe('lapsing', () => {
	test('hides the listing and ends the entry with the passing of the day alone: no job, no write', () => {
		const cat = listTherapist(ctx.db, 'cat', { paidToOn: '2026-12-31' });
		commit(on(ctx, '2026-12-31'), { name: 'test' }, (tx) => {
			refreshFinder(tx, cat);
			tx.recorded += 1;
		});
		const number = ctx.db.sql.prepare('SELECT number FROM registration WHERE person_id = ?').pluck().get(cat) as string;
		const found = (day: string) => searchFinder(on(ctx, day), EMPTY_QUERY, null).results.length;
		const standing = (day: string) => registerEntry(on(ctx, day), number)?.status.standing;
		expect([found('2027-01-30'), standing('2027-01-30')]).toEqual([1, 'accredited']);
		expect([found('2027-01-31'), standing('2027-01-31')]).toEqual([0, 'lapsed']);
		renew(on(ctx, '2027-02-02'), cat);
		pay(on(ctx, '2027-02-02'), cat);
		expect([found('2027-02-02'), standing('2027-02-02')]).toEqual([1, 'accredited']);
	});
});

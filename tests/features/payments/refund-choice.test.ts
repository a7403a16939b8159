import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import { ON_REFUNDED } from '#features/directory/index.ts';
import { membershipStatusOf, ownMembership } from '#features/membership/index.ts';
import { invoiceDetail, type OnRefunded, refundPayment, wouldEndWith } from '#features/payments/index.ts';
import { registerPerson } from '#features/register/index.ts';
import { as, mails, newMember, on, pay, periods, renew, stateOn } from '#tests/features/membership/living.ts';
import { finance, invoiceTo } from '#tests/helpers/payer.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ctx: Ctx;
let books: Ctx;
let personId: string;
beforeEach(() => {
	register = registerIn('2026-12-10');
	ctx = register.ctx;
	books = finance(ctx);
	personId = newMember(ctx, { fromOn: '2026-01-01', paidToOn: '2026-12-31', category: 'basic' });
	renew(ctx, personId);
	pay(ctx, personId);
});
afterEach(() => register.close());

const one = (text: string) => ctx.db.sql.prepare(text).get() as Record<string, unknown> | undefined;
const number = () => String(one('SELECT number FROM invoice')?.number);
const paid = () => ({ paymentId: String(one('SELECT id FROM payment')?.id), reason: 'Not wanted any more.', reference: 'OUT 1', repeatKey: newId() });
const refund = (pence: number, membership: 'stays' | 'ends' | null, { at = books, onRefunded = ON_REFUNDED as OnRefunded } = {}) =>
	refundPayment(at, { ...paid(), pence, membership }, onRefunded);
const choice = () => one('SELECT membership, ends_on AS endsOn FROM refund_choice');

describe('a refund of a membership fee', () => {
	test('asks what becomes of the membership where all is given back; where a part is, it stays unless said otherwise', async () => {
		await expect(refund(7500, null)).rejects.toThrow('choose whether the membership stays or ends');
		expect(one('SELECT count(*) AS n FROM refund')).toEqual({ n: 0 });
		await refund(2500, null);
		expect([choice(), periods(ctx, personId)[1]]).toEqual([{ membership: 'stays', endsOn: null }, ['basic', '2027-01-01', '2027-12-31', null]]);
	});

	test('as goodwill leaves the membership as it is, and says so in the books and the audit', async () => {
		await refund(7500, 'stays');
		expect(stateOn(ctx, personId, '2027-06-01')).toBe('active');
		expect(invoiceDetail(books, number()).refunds).toMatchObject([{ membership: 'stays', endsOn: null }]);
		const event = one("SELECT data, reason FROM audit_event WHERE kind = 'payments.refund_choice_made'");
		expect([event?.reason, JSON.parse(String(event?.data))]).toEqual(['Not wanted any more.', expect.objectContaining({ membership: 'stays' })]);
	});

	test('that ends it takes away only what that fee paid for: the year before runs to its last day', async () => {
		await refund(7500, 'ends');
		expect(choice()).toEqual({ membership: 'ends', endsOn: '2027-01-01' });
		expect([stateOn(ctx, personId, '2026-12-31'), stateOn(ctx, personId, '2027-01-01')]).toEqual(['active', 'resigned']);
		expect(mails(ctx)).toContain('membership.ended-by-refund');
	});

	test('that ends a running year ends it today', async () => {
		const later = on(ctx, '2027-03-01');
		await refund(7500, 'ends', { at: finance(later) });
		expect([stateOn(ctx, personId, '2027-02-28'), membershipStatusOf(later, personId).state]).toEqual(['active', 'resigned']);
		expect(() => renew(later, personId)).toThrow();
	});

	test('ends nothing twice, and cannot end what is over or never was', async () => {
		await refund(2500, 'ends');
		const invoice = invoiceDetail(books, number());
		expect(wouldEndWith(books, invoice, ON_REFUNDED)).toEqual({ cannot: 'The membership that it paid for has ended already.' });
		await expect(refund(5000, 'ends')).rejects.toThrow('has ended already');
		await refund(5000, null);
		expect(one('SELECT count(*) AS n FROM refund_choice')).toEqual({ n: 1 });
		invoiceTo(ctx, personId, { subjectId: 'none' });
		expect(ownMembership(as(ctx, personId)).purchase).toBeNull();
	});

	test('does not end it while something is open about the person', async () => {
		commit(ctx, { name: 'test' }, (tx) => registerPerson(tx, personId, { registeredOn: '2026-01-01', number: null }));
		ctx.db.sql.prepare("INSERT INTO register_order (id, person_id, kind, from_on) VALUES ('o', ?, 'interim_suspension', '2026-01-01')").run(personId);
		await expect(refund(7500, 'ends')).rejects.toThrow('has to be finished first');
		expect(one('SELECT count(*) AS n FROM refund')).toEqual({ n: 0 });
	});

	test('stands even when the membership cannot be ended any more at that moment, and finance is told to look', async () => {
		const moved: OnRefunded = { membership: { wouldEnd: () => ({ endsOn: '2027-02-01' }), end: ON_REFUNDED.membership?.end ?? (() => undefined) } };
		ctx.db.sql.prepare("UPDATE membership_period SET ended_on = '2026-06-01', end_reason = 'resigned'").run();
		await refund(7500, 'ends', { onRefunded: moved });
		expect([one('SELECT pence FROM refund'), choice()]).toEqual([{ pence: 7500 }, undefined]);
		expect(String(one("SELECT look FROM payment_event WHERE kind = 'refund'")?.look)).toContain('could not be ended');
	});

	test('is a fact: what was chosen is never rewritten', async () => {
		await refund(100, 'stays');
		expect(() => ctx.db.sql.prepare("UPDATE refund_choice SET membership = 'ends', ends_on = '2027-01-01'").run()).toThrow('is a fact');
		expect(() => ctx.db.sql.prepare('DELETE FROM refund_choice').run()).toThrow('is a fact');
	});
});

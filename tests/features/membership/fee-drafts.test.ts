import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import {
	changeFeeDraft,
	compareFees,
	discardFeeDraft,
	draftFees,
	feeDifferences,
	feeDraft,
	feeDrafts,
	feesForm,
	feesTyped,
	publishFees,
	sayFeeTrial,
} from '#features/membership/index.ts';
import { type Fees, feesOn, grantConcession } from '#features/payments/index.ts';
import { as, newMember, newPerson, on, renew } from '#tests/features/membership/living.ts';
import { registerIn, type TestRegister } from '#tests/helpers/register-in.ts';

let register: TestRegister;
let ctx: Ctx;
let finance: Ctx;
let registrar: Ctx;
beforeEach(() => {
	register = registerIn('2026-11-22');
	ctx = register.ctx;
	finance = as(ctx, newPerson(ctx, 'Fin', null), 'finance');
	registrar = as(ctx, newPerson(ctx, 'Reg', null), 'registrar');
});
afterEach(() => register.close());

const SPRING = { name: '2027-1', fromOn: '2027-04-01' };
const dearer = (fees: Fees): Fees => ({ ...fees, categories: { ...fees.categories, plus: fees.categories.plus + 1200 } });
function drafted(change = dearer): string {
	const id = draftFees(finance, SPRING);
	changeFeeDraft(finance, id, { ...SPRING, fees: change(feeDraft(finance, id).fees), version: 1 });
	return id;
}
const publish = (id: string, version = 2, by = registrar) => publishFees(by, id, { reason: 'Minute 4', version });

describe('a draft of fees', () => {
	test('begins with the figures that hold on its day, and says in words what it changes', () => {
		const id = drafted();
		expect(compareFees(finance, feeDraft(finance, id)).differences).toEqual([
			{ label: 'Member Plus', before: '£95.00', after: '£107.00', change: '£12.00 more' },
		]);
		expect(feesOn(ctx.db, '2027-06-01').categories.plus).toBe(9500);
		const fees = feesOn(ctx.db, ctx.today);
		expect(feeDifferences(fees, { ...fees, dueDays: 14 })).toEqual([{ label: 'Days until an invoice is due', before: '30', after: '14', change: '' }]);
	});

	test('counts the renewals it would touch: due from its day on, of members who have not left, reduced fees as they are', () => {
		newMember(ctx, { fromOn: '2026-02-01', paidToOn: '2027-01-31', name: 'Early' });
		for (const name of ['Ann', 'Bo', 'Cy']) newMember(ctx, { fromOn: '2026-06-01', paidToOn: '2027-05-31', name });
		newMember(ctx, { fromOn: '2026-06-01', paidToOn: '2027-05-31', name: 'Dee', category: 'basic' });
		const reduced = newMember(ctx, { fromOn: '2026-04-01', paidToOn: '2027-03-31', name: 'Eve' });
		grantConcession(finance, { personId: reduced, fromOn: '2026-01-01', toOn: '2027-12-31', reason: 'Unwaged' });
		const gone = newMember(ctx, { fromOn: '2026-06-01', paidToOn: '2027-05-31', name: 'Fay' });
		ctx.db.sql.prepare("UPDATE membership_period SET ended_on = '2026-12-01', end_reason = 'resigned' WHERE person_id = ?").run(gone);
		const { trial } = compareFees(finance, feeDraft(finance, drafted()));
		expect(trial).toEqual({ due: 5, touched: 4, pence: 3 * 1200 + 600 });
		expect(sayFeeTrial(trial)).toBe('4 of 5 renewals due from that day on would cost another amount, £42.00 more in a year altogether.');
	});

	test('is published by the registrar for its day: what was ordered before keeps its invoice', () => {
		const before = newMember(ctx, { fromOn: '2026-04-10', paidToOn: '2027-04-09', name: 'Ann' });
		const after = newMember(ctx, { fromOn: '2026-04-10', paidToOn: '2027-04-09', name: 'Bo' });
		const id = drafted();
		expect(() => publish(id, 2, finance)).toThrow('The registrar publishes');
		expect(() => publish(id, 1)).toThrow(Conflict);
		publish(id);
		renew(on(ctx, '2027-03-31'), before);
		renew(on(ctx, '2027-04-01'), after);
		const total = (personId: string) => ctx.db.sql.prepare('SELECT total_pence FROM invoice WHERE person_id = ?').pluck().get(personId);
		expect([total(before), total(after)]).toEqual([9500, 10_700]);
		expect([feesOn(ctx.db, '2027-03-31').categories.plus, feesOn(ctx.db, '2027-04-01').categories.plus]).toEqual([9500, 10_700]);
		expect(() => publish(id)).toThrow(NotFound);
		const event = ctx.db.sql.prepare("SELECT reason, data FROM audit_event WHERE kind = 'payments.fees_published'").get() as { reason: string; data: string };
		expect([event.reason, JSON.parse(event.data)]).toEqual(['Minute 4', expect.objectContaining({ version: '2027-1', fromOn: '2027-04-01' })]);
	});

	test('is refused for a day that has come, for one on which others begin, and when it changes nothing', () => {
		expect(() => draftFees(finance, { ...SPRING, fromOn: ctx.today })).toThrow('Choose a day to come');
		const same = draftFees(finance, SPRING);
		expect(() => publish(same, 1)).toThrow('says the same');
		expect(() => draftFees(finance, SPRING)).toThrow('of this name already');
		expect(() => draftFees(finance, { ...SPRING, name: '2026-1' })).toThrow('of this name already');
		changeFeeDraft(registrar, same, { ...SPRING, fees: dearer(feeDraft(finance, same).fees), version: 1 });
		expect(() => publish(same, 2, on(registrar, '2027-04-01'))).toThrow();
		publish(same);
		const second = draftFees(finance, { ...SPRING, name: '2027-2' });
		expect(() => publish(second, 1)).toThrow('begin on that day already');
	});

	test('belongs to finance and the registrar; the loser of two who save at once is told; thrown away it is gone', () => {
		for (const role of ['committee', 'membership_officer', 'administrator', 'external_reviewer'] as const)
			expect(() => feeDrafts(as(ctx, newPerson(ctx, role, null), role))).toThrow('does not allow');
		const id = drafted();
		expect(() => changeFeeDraft(registrar, id, { ...SPRING, fees: feeDraft(registrar, id).fees, version: 1 })).toThrow('Somebody changed this draft');
		discardFeeDraft(finance, id);
		expect([feeDrafts(finance), () => feeDraft(finance, id)]).toEqual([[], expect.any(Function)]);
		expect(() => feeDraft(finance, id)).toThrow(NotFound);
		expect(draftFees(finance, SPRING)).not.toBe(id);
	});
});

describe('the form of fees', () => {
	const sent = () => ({ ...feesTyped(feesOn(ctx.db, ctx.today)), name: '2027-1', fromOn: '1 April 2027', version: '3' });

	test('reads pounds into pence and gives back what it was filled with', () => {
		expect(feesForm.parse({ ...sent(), 'fee-plus': '£107' })).toEqual({
			...SPRING,
			version: 3,
			fees: { ...feesOn(ctx.db, ctx.today), categories: { trainee: 4500, basic: 7500, plus: 10_700, organisation: 6000 } },
		});
	});

	test.each([
		['fee-plus', '-1'],
		['fee-plus', '1e3'],
		['fee-plus', '95,5'],
		['fee-plus', ''],
		['concessionPercent', '101'],
		['concessionPercent', '2.5'],
		['dueDays', '0'],
		['proRata', 'weeks'],
		['fromOn', '31/02/2027'],
		['name', 'two words'],
	])('refuses %s %j beside its field', (field, typed) => {
		const read = feesForm.safeParse({ ...sent(), [field]: typed });
		expect(read.error?.issues.map((issue) => issue.path[0])).toEqual([field]);
	});
});

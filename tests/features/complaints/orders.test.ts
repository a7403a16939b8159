import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { checkDraft, draftOrder, dropDraft } from '#features/complaints/order-draft.ts';
import { endsOf, proposeEnd, settleEnd } from '#features/complaints/order-end.ts';
import { publishOrder } from '#features/complaints/order-publish.ts';
import { orderIn, ordersIn, stateOfOrder } from '#features/complaints/order-store.ts';
import { standingOf } from '#features/complaints/step.ts';
import { registerEntry } from '#features/register/index.ts';
import { onDay } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { aTherapist, decidedCase, disclosedCase, draft, interimCase, publish, published, seen, step } from '#tests/helpers/sanctions.ts';

let ctx: Ctx;
const TODAY = '2026-11-23';
// The time for an appeal is over with 21 December; the first day after it.
const FREE = '2026-12-22';

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
});

const on = (day: string) => onDay(ctx, day);
const standing = (number: string, day: string) => registerEntry(on(day), number)?.status.standing;
const notices = (number: string, day: string) => registerEntry(on(day), number)?.status.notices.map((one) => one.publicText) ?? [];
const state = (id: string, key: string, day: string) => {
	const found = standingOf(ctx.db, id);
	return stateOfOrder(ctx.db, found, orderIn(ctx.db, found, key), day);
};

describe('an order is drafted', () => {
	test('only from what a panel decided, or both sides agreed to: the command and the schema refuse all else', () => {
		const made = { ...disclosedCase(ctx), step: 5 };
		for (const decision of ['1-0', '5-0', '99-0', 'x']) {
			const input = { seen: seen(made), decision, months: 3, reviewMonths: null, words: 'Words.', award: null, reasons: 'Why.' };
			expect(() => draftOrder(made.writer.ctx, made.reference, input), decision).toThrow('no such decision');
		}
		const insert = `INSERT INTO concern_order (id, concern_id, step_no, item, version, kind, months, public_text, drafted_by, drafted_at)
			VALUES ('x', ?, ?, 0, 1, 'suspension', 3, 'Words.', ?, 0)`;
		expect(() => ctx.db.sql.prepare(insert).run(made.id, made.step, made.writer.id)).toThrow('follows from a decision of a panel');
		const decided = decidedCase(ctx, [{ kind: 'suspension', months: 3 }]);
		expect(draft(decided, TODAY)).toBe(`${decided.step}-0-1`);
		expect(() => draft(decided, TODAY)).toThrow('drafted already');
	});

	test('by owner or secretary of the case only; to everybody else there is none', () => {
		const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		expect(() => draft({ ...made, writer: made.monitor }, TODAY)).toThrow(Forbidden);
		for (const stranger of [staff(ctx, 'Stan', 'registrar'), staff(ctx, 'Adam', 'administrator'), made.therapist])
			expect(() => draft({ ...made, writer: stranger }, TODAY)).toThrow(NotFound);
	});

	test('an interim order in our own words: nothing of what is looked into', () => {
		const fixed = interimCase(ctx);
		expect(() => draft(fixed, TODAY, { words: 'Anything at all.' })).toThrow('is fixed');
		const limited = interimCase(ctx, 'interim_conditions', 6);
		for (const words of ['After an allegation about boundaries.', 'A complaint was made.', 'There is a risk to clients.', 'Police look into it.'])
			expect(() => draft(limited, TODAY, { words }), words).toThrow('no finding');
		const key = published(limited, TODAY, { words: 'They see no new clients.', check: false });
		expect(notices(limited.number, TODAY)).toEqual([expect.stringMatching(/not a finding[\s\S]*They see no new clients\./)]);
		expect(key).toBe(`${limited.step}-0-1`);
	});

	test('without the name of anybody but the therapist', () => {
		const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		const text = "INSERT INTO concern_party (id, concern_id, kind, person_id, added_at) VALUES ('p', ?, 'witness', ?, 0)";
		ctx.db.sql.prepare(text).run(made.id, aTherapist(ctx, 'Wilma', 'Witnessname').therapist.id);
		expect(() => draft(made, TODAY, { words: 'Wilma Witnessname said so.' })).toThrow('names somebody of the case');
	});

	test('for as long as the rules allow', () => {
		const warned = decidedCase(ctx, [{ kind: 'warning', months: null }]);
		for (const months of [null, 11, 61]) expect(() => draft(warned, TODAY, { months })).toThrow('12 to 60 months');
		expect(() => draft(decidedCase(ctx, [{ kind: 'suspension', months: 13 }]), TODAY)).toThrow('1 to 12 months');
		expect(() => draft(interimCase(ctx, 'interim_suspension', 19), TODAY, { words: '' })).toThrow('1 to 18 months');
		expect(() => draft(decidedCase(ctx, [{ kind: 'conditions', months: null }]), TODAY)).toThrow('when it is looked at again');
	});
});

describe('an order is published', () => {
	test('by somebody else than who wrote it: the command and the schema refuse', () => {
		const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		const key = draft(made, FREE);
		expect(() => checkDraft(onDay(made.writer.ctx, FREE), made.reference, key, { seen: seen(made) })).toThrow('You wrote it yourself');
		checkDraft(onDay(made.owner.ctx, FREE), made.reference, key, { seen: seen(made) });
		expect(() => publishOrder(onDay(made.writer.ctx, FREE), made.reference, key, { seen: seen(made) })).toThrow('You wrote it yourself');
		const text = `UPDATE concern_order SET published_by = drafted_by, published_at = 1, from_on = '2026-12-22', register_order_id = NULL`;
		expect(() => ctx.db.sql.prepare(text).run()).toThrow('CHECK');
		expect(notices(made.number, FREE)).toEqual([]);
		publish(made, key, FREE, { check: false });
		expect(notices(made.number, FREE)).toHaveLength(1);
	});

	test('after its legal check, with a fresh proof of who one is, and once', () => {
		const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		const key = draft(made, FREE);
		expect(() => publish(made, key, FREE, { check: false })).toThrow('legal check');
		publish(made, key, FREE);
		expect(() => publish(made, key, FREE, { check: false })).toThrow('was published');
		expect(() => dropDraft(onDay(made.writer.ctx, FREE), made.reference, key, { seen: seen(made) })).toThrow('was published');
		expect(() => ctx.db.sql.prepare("UPDATE concern_order SET public_text = 'other'").run()).toThrow('never changed');
	});

	test.each([
		['warning', 24],
		['conditions', 12],
		['suspension', 6],
		['removal', null],
		['voluntary_removal', null],
	] as const)('as %s only after the time of an appeal, and after one that was made is decided', (kind, months) => {
		const made = decidedCase(ctx, [{ kind, months }]);
		const key = draft(made, TODAY);
		expect(state(made.id, key, '2026-12-21')).toBe('pending_appeal');
		expect(() => publish(made, key, '2026-12-21')).toThrow('not over yet');
		step(on('2026-12-20'), made.id, 'appealed', {}, { side: 'respondent', personId: null });
		expect(state(made.id, key, '2027-02-01')).toBe('pending_appeal');
		expect(() => publish(made, key, '2027-02-01', { check: false })).toThrow('being heard');
		step(on('2027-02-02'), made.id, 'appeal_decided', { result: 'upheld' });
		publish(made, key, '2027-02-02', { check: false });
		expect(notices(made.number, '2027-02-02')).toHaveLength(1);
		expect(standing(made.number, '2027-02-01')).toBe('accredited');
	});

	test('an interim order waits for nothing, and gives way to what is decided', () => {
		const made = interimCase(ctx);
		published(made, TODAY, { words: '', check: false });
		expect(standing(made.number, TODAY)).toBe('interim_suspended');
		step(on(TODAY), made.id, 'reported', {}, { side: 'office', personId: made.owner.id });
		for (const kind of ['referred', 'facts_found', 'breach_found'] as const) step(on(TODAY), made.id, kind);
		const no = step(on(TODAY), made.id, 'sanction_decided', { outcome: 'upheld', orders: [{ kind: 'suspension', months: 6 }] });
		expect(standing(made.number, '2026-12-21')).toBe('interim_suspended');
		published({ ...made, step: no }, FREE);
		expect([standing(made.number, '2026-12-21'), standing(made.number, FREE)]).toEqual(['interim_suspended', 'suspended']);
		expect(standingOf(ctx.db, made.id).state.interim).toBe('none');
		expect(ordersIn(ctx.db, standingOf(ctx.db, made.id)).map(({ row }) => row.closedHow)).toEqual(['lifted', null]);
	});

	test('an agreement of both sides becomes undertakings, and nothing else', () => {
		const made = disclosedCase(ctx);
		step(ctx, made.id, 'resolution_begun', {}, { side: 'office', personId: made.owner.id });
		const no = step(ctx, made.id, 'resolution_agreed', {}, { side: 'office', personId: made.owner.id });
		published({ ...made, step: no }, TODAY, { months: 12, words: 'They will have weekly supervision.' });
		expect(notices(made.number, TODAY)).toEqual(['They will have weekly supervision.']);
		expect(standing(made.number, TODAY)).toBe('accredited');
	});
});

describe('an appeal', () => {
	test('that sets an order aside corrects the register with its own step; earlier days stay as they were', () => {
		const made = decidedCase(ctx, [{ kind: 'removal', months: null }]);
		const key = published(made, FREE);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM removed_person').pluck().get()).toBe(1);
		step(on('2027-01-10'), made.id, 'appealed', {}, { side: 'respondent', personId: null });
		expect(standing(made.number, '2027-01-11')).toBe('removed');
		step(on('2027-02-10'), made.id, 'appeal_decided', { result: 'quashed', to: 'hearing' });
		expect([standing(made.number, '2027-02-09'), standing(made.number, '2027-02-10')]).toEqual(['removed', 'accredited']);
		expect(state(made.id, key, '2027-02-10')).toBe('revoked_on_appeal');
		expect(ctx.db.sql.prepare('SELECT kind, corrected_on AS on_ FROM public_order_correction').all()).toEqual([{ kind: 'removal', on_: '2027-02-10' }]);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM removed_person').pluck().get()).toBe(0);
	});

	test('that varies it leaves a new order to be published, which nothing holds', () => {
		const made = decidedCase(ctx, [{ kind: 'suspension', months: 12 }]);
		const old = draft(made, TODAY);
		step(on('2026-12-01'), made.id, 'appealed', {}, { side: 'respondent', personId: null });
		const no = step(on('2027-02-01'), made.id, 'appeal_decided', { result: 'varied', outcome: 'partly_upheld', orders: [{ kind: 'warning', months: 12 }] });
		expect(() => publish(made, old, '2027-02-01')).toThrow('does not stand');
		published({ ...made, step: no }, '2027-02-01');
		expect(registerEntry(on('2028-01-31'), made.number)?.status.notices).toHaveLength(1);
		expect(registerEntry(on('2028-02-01'), made.number)?.status.notices).toHaveLength(0);
	});
});

describe('an order ends', () => {
	test('by two people; what was met is shown for six months more, what was not for five years', () => {
		for (const [kind, last] of [
			['met', '2027-09-01'],
			['not_met', '2032-03-01'],
		] as const) {
			const made = decidedCase(on(TODAY), [{ kind: 'conditions', months: 12 }]);
			const key = published(made, FREE);
			const propose = (who: typeof made.writer) => proposeEnd(onDay(who.ctx, '2027-03-01'), made.reference, key, { seen: seen(made), kind, reasons: 'Seen.' });
			const settle = (who: typeof made.writer) => settleEnd(onDay(who.ctx, '2027-03-01'), made.reference, key, { seen: seen(made), result: 'agreed' });
			propose(made.writer);
			expect(() => propose(made.publisher)).toThrow('proposed already');
			expect(() => settle(made.writer)).toThrow('You proposed it yourself');
			settle(made.publisher);
			expect(state(made.id, key, '2027-03-01')).toBe(kind);
			expect([notices(made.number, last).length, state(made.id, key, last)]).toEqual([1, kind]);
			const next = addDays(last, 1);
			expect([notices(made.number, next).length, state(made.id, key, next)]).toEqual([0, 'spent']);
			expect(() => settle(made.owner)).toThrow(Conflict);
		}
	});

	test('by its last day alone, and is spent by date alone', () => {
		const made = decidedCase(ctx, [{ kind: 'suspension', months: 3 }]);
		const key = published(made, FREE);
		expect(standing(made.number, '2027-03-21')).toBe('suspended');
		expect([standing(made.number, '2027-03-22'), state(made.id, key, '2027-03-22')]).toEqual(['accredited', 'ended']);
		expect([state(made.id, key, '2027-09-21'), notices(made.number, '2027-09-21').length]).toEqual(['ended', 1]);
		expect([state(made.id, key, '2027-09-22'), notices(made.number, '2027-09-22').length]).toEqual(['spent', 0]);
	});

	test('a removal by restoring somebody, after five years, by two', () => {
		const made = decidedCase(ctx, [{ kind: 'removal', months: null }]);
		const key = published(made, FREE);
		const input = { seen: seen(made), kind: 'restored' as const, reasons: 'They have changed.' };
		expect(() => proposeEnd(onDay(made.writer.ctx, '2031-12-21'), made.reference, key, input)).toThrow('22 December 2031');
		expect(endsOf(orderIn(ctx.db, standingOf(ctx.db, made.id), key), '2031-12-22', 60)).toEqual(['restored']);
		proposeEnd(onDay(made.writer.ctx, '2031-12-22'), made.reference, key, input);
		settleEnd(onDay(made.publisher.ctx, '2031-12-23'), made.reference, key, { seen: seen(made), result: 'agreed' });
		expect(state(made.id, key, '2031-12-23')).toBe('spent');
	});
});

describe('a review', () => {
	test('comes sixty days before its day, and goes on with a new version; the old one stays as it was', () => {
		const made = decidedCase(ctx, [{ kind: 'suspension', months: 6 }]);
		const first = published(made, FREE, { reviewMonths: 4 });
		expect([state(made.id, first, '2027-02-20'), state(made.id, first, '2027-02-21')]).toEqual(['in_force', 'under_review']);
		const second = published(made, '2027-04-01', { months: 3, reviewMonths: 2, words: 'It goes on.' });
		expect([first, second]).toEqual([`${made.step}-0-1`, `${made.step}-0-2`]);
		expect([state(made.id, first, '2027-03-31'), state(made.id, first, '2027-04-01'), state(made.id, second, '2027-04-01')]).toEqual([
			'under_review',
			'varied',
			'in_force',
		]);
		expect(registerEntry(on('2027-04-01'), made.number)?.status).toMatchObject({ standing: 'suspended', sinceOn: FREE });
		expect([notices(made.number, '2027-03-31'), notices(made.number, '2027-04-01')]).toEqual([['What the panel found, in short.'], ['It goes on.']]);
	});

	test('an interim order goes on for eighteen months at most', () => {
		const made = interimCase(ctx, 'interim_suspension', 6);
		published(made, TODAY, { words: '', check: false });
		published(made, '2027-05-01', { words: '', months: 6, check: false });
		published(made, '2027-10-01', { words: '', months: 18, check: false });
		expect([standing(made.number, '2028-05-22'), standing(made.number, '2028-05-23')]).toEqual(['interim_suspended', 'accredited']);
	});
});

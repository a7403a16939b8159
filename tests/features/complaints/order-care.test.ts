import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { giveCondition, judgeCondition, showCondition } from '#features/complaints/condition-acts.ts';
import { addCondition, type ConditionInput, dropCondition } from '#features/complaints/condition-draft.ts';
import { casework, orderCare } from '#features/complaints/index.ts';
import { standingOf } from '#features/complaints/step.ts';
import { registerEntry } from '#features/register/index.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { decidedCase, draft, interimCase, type OrderCase, publish, published, seen, step } from '#tests/helpers/sanctions.ts';

let ctx: Ctx;
const TODAY = '2026-11-23';
const FREE = '2026-12-22';

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
});

const on = (day: string) => onDay(ctx, day);
const by = (who: Someone, day: string) => onDay(who.ctx, day);
const mails = (kind: string) => ctx.db.sql.prepare('SELECT count(*) FROM outbox WHERE kind = ?').pluck().get(kind);
const address = (...people: Someone[]) => {
	for (const { id } of people) ctx.db.sql.prepare('UPDATE person SET email = ? WHERE id = ?').run(`${id}@example.org`, id);
};

/** Conditions in force from FREE on: the first of practice with a day, the second of health. */
function underConditions(): OrderCase & { step: number; key: string } {
	const made = decidedCase(ctx, [{ kind: 'conditions', months: 12 }]);
	const key = draft(made, FREE, { reviewMonths: 6 });
	const add = (input: Partial<ConditionInput>) => {
		const typed = {
			words: 'A course on boundaries-canary.',
			isHealth: false,
			publicText: 'They attend a course.',
			monitor: made.monitor.id,
			dueOn: '2027-03-01',
		};
		addCondition(by(made.writer, FREE), made.reference, key, { seen: seen(made), ...typed, ...input });
	};
	add({});
	add({ words: 'Treatment-canary every month.', isHealth: true, publicText: '', dueOn: null });
	add({ words: 'To be dropped.' });
	dropCondition(by(made.writer, FREE), made.reference, key, { seen: seen(made), condition: 3 });
	publish(made, key, FREE);
	address(made.owner, made.monitor, made.therapist);
	return { ...made, key };
}

describe('conditions', () => {
	test('of health are in no public word, and no word of any is outside the vault', () => {
		const made = underConditions();
		const [notice] = registerEntry(on(FREE), made.number)?.status.notices ?? [];
		expect(notice?.publicText).toBe('What the panel found, in short.\n\n1. They attend a course.\n\nOne condition concerns health and is not published.');
		for (const table of [
			'concern_condition',
			'concern_condition_act',
			'concern_order',
			'concern_order_end',
			'register_order',
			'audit_event',
			'audit_personal',
			'outbox',
		])
			expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all()), table).not.toContain('canary');
		const [own] = orderCare.ownOrders(by(made.therapist, FREE), made.reference);
		expect(own?.conditions.map(({ words, isHealth }) => [words, isHealth])).toEqual([
			['A course on boundaries-canary.', false],
			['Treatment-canary every month.', true],
		]);
	});

	test('of health with public words, of an order of another kind, or for somebody who is not let in are refused', () => {
		const made = decidedCase(ctx, [
			{ kind: 'conditions', months: 12 },
			{ kind: 'warning', months: 12 },
		]);
		const [key, warning] = [draft(made, FREE, {}), draft(made, FREE, { item: 1 })];
		const input = { seen: seen(made), words: 'W', isHealth: true, publicText: 'P', monitor: made.monitor.id, dueOn: null };
		const add = (order: string, more: Partial<ConditionInput>) => addCondition(by(made.writer, FREE), made.reference, order, { ...input, ...more });
		expect(() => add(key, {})).toThrow('nothing of health is published');
		expect(() => add(warning, { publicText: '' })).toThrow('has no conditions');
		expect(() => add(key, { publicText: '', monitor: staff(ctx, 'Stan', 'registrar').id })).toThrow('Let somebody in');
		expect(() => ctx.db.sql.prepare("INSERT INTO concern_condition VALUES ('c', 'o', NULL, 1, 1, 'words', 'm', NULL)").run()).toThrow();
	});

	test('are shown by the therapist, judged by who looks after them, and shown again where it is not enough', () => {
		const made = underConditions();
		const which = { order: made.key, condition: 1 };
		const show = (day: string, done: number, who = made.therapist) =>
			showCondition(by(who, day), made.reference, { ...which, done, words: 'Certificate-canary.', documents: [] });
		const judge = (day: string, done: number, result: 'accepted' | 'not_enough' | 'breach', who = made.monitor) =>
			judgeCondition(by(who, day), made.reference, { ...which, done, result, words: 'Because.' });
		expect(() => show('2027-01-10', 0, made.monitor)).toThrow(NotFound);
		expect(() => judge('2027-01-10', 0, 'accepted')).toThrow('Nothing waits');
		show('2027-01-10', 0);
		expect(() => show('2027-01-10', 0)).toThrow(Conflict);
		expect(mails('concern.evidence_came')).toBe(1);
		expect(orderCare.dueOrders(by(made.monitor, '2027-01-25'))).toEqual([
			expect.objectContaining({ kind: 'condition', who: 'Who looks after it', isLate: true }),
		]);
		judge('2027-01-26', 1, 'not_enough');
		show('2027-02-01', 2);
		judge('2027-02-02', 3, 'accepted');
		expect(() => judge('2027-02-02', 4, 'breach')).toThrow('settled already');
		expect(orderCare.dueOrders(by(made.monitor, '2027-03-02'))).toEqual([]);
		const [own] = orderCare.ownOrders(by(made.therapist, '2027-02-02'), made.reference);
		expect(own?.conditions[0]?.acts.map(({ said }) => said.split(',')[0])).toEqual([
			'You showed this',
			'We said: it is not enough yet',
			'You showed this',
			'We said: it is enough',
		]);
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM concern_condition_act').all())).not.toContain('canary');
	});

	test('that are broken wait in red for two people; and go to somebody else who is let in', () => {
		const made = underConditions();
		const which = { order: made.key, condition: 1 };
		giveCondition(by(made.monitor, FREE), made.reference, { ...which, monitor: made.owner.id });
		expect(() => giveCondition(by(made.monitor, FREE), made.reference, { ...which, monitor: made.therapist.id })).toThrow('Let them in');
		judgeCondition(by(made.monitor, '2027-03-02'), made.reference, { ...which, done: 0, result: 'breach', words: 'Nothing came.' });
		expect(orderCare.dueOrders(by(made.owner, '2027-03-03'))).toEqual([expect.objectContaining({ who: 'Two people of the case', isLate: true })]);
		expect(orderCare.orderWarnings(by(made.owner, '2027-03-03'))).toEqual([
			`${made.reference}: conditions of practice: condition 1. It was due on 2 March 2027.`,
		]);
	});
});

describe('what is due', () => {
	test('is told to who works on the case, and to nobody else: not a number', () => {
		const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		const kinds = (who: Someone, day: string) => orderCare.dueOrders(by(who, day)).map(({ kind, isLate }) => [kind, isLate]);
		expect(kinds(made.owner, '2026-12-21')).toEqual([]);
		expect(kinds(made.owner, FREE)).toEqual([['publish', false]]);
		// Five working days after 21 December, over Christmas.
		expect([kinds(made.owner, '2026-12-30'), kinds(made.owner, '2026-12-31')]).toEqual([[['publish', false]], [['publish', true]]]);
		expect(casework.concernWork(by(made.owner, '2027-01-10'))).toContainEqual(expect.objectContaining({ label: 'Orders: overdue', count: 1 }));
		for (const other of [staff(ctx, 'Stan', 'registrar'), staff(ctx, 'Otto', 'complaints_officer'), staff(ctx, 'Adam', 'administrator'), made.therapist]) {
			expect(orderCare.dueOrders(by(other, '2027-01-10'))).toEqual([]);
			expect(orderCare.orderWarnings(by(other, '2027-01-10'))).toEqual([]);
			expect(() => orderCare.caseOrders(by(other, '2027-01-10'), made.reference)).toThrow(NotFound);
		}
		published(made, '2027-01-10');
		expect(kinds(made.owner, '2027-01-10')).toEqual([]);
	});

	test('reviews are told of 60, 30 and 14 days before, once each, and every day once they are overdue, whatever days the job ran', () => {
		const made = underConditions();
		const tend = (day: string) => orderCare.tendOrders({ ...on(day), actor: { kind: 'system', name: 'test' } });
		const review = '2027-06-22';
		judgeCondition(by(made.monitor, FREE), made.reference, { order: made.key, condition: 1, done: 0, result: 'breach', words: 'For quiet.' });
		const count = () => [mails('concern.review_soon'), mails('concern.review_overdue')];
		ctx.db.sql.prepare('DELETE FROM outbox').run();
		const soon: number[] = [];
		for (const before of [61, 60, 59, 31, 30, 20, 14, 13, 1, 0]) {
			const earlier = mails('concern.review_soon') as number;
			for (let twice = 0; twice < 2; twice += 1) tend(addDays(review, -before));
			if ((mails('concern.review_soon') as number) > earlier) soon.push(before);
		}
		expect(soon).toEqual([60, 30, 14]);
		// The broken condition is overdue too: one message a day each, to the owner, both secretaries and who looks after it.
		ctx.db.sql.prepare('DELETE FROM outbox').run();
		for (const after of [1, 1, 2, 3]) tend(addDays(review, after));
		expect(count()).toEqual([0, 24]);
		expect(orderCare.orderWarnings(by(made.owner, addDays(review, 1)))).toHaveLength(2);
	});

	test('the therapist is reminded before a condition is due', () => {
		const made = underConditions();
		const tend = (day: string) => orderCare.tendOrders({ ...on(day), actor: { kind: 'system', name: 'test' } });
		for (const before of [31, 30, 29, 14, 10, 3, 0]) tend(addDays('2027-03-01', -before));
		expect(mails('concern.something_due')).toBe(3);
		tend('2027-03-02');
		expect(mails('concern.something_due')).toBe(3);
		expect(made.key).toMatch(/-1$/);
	});

	test('the job ends nothing and publishes nothing; that an interim order is over it notes in the case', () => {
		const waiting = decidedCase(ctx, [{ kind: 'removal', months: null }]);
		draft(waiting, FREE);
		const made = interimCase(ctx);
		published(made, TODAY, { words: '', check: false });
		const tend = (day: string) => orderCare.tendOrders({ ...on(day), actor: { kind: 'system', name: 'test' } });
		expect(tend('2027-05-22').ended).toBe(0);
		expect(standingOf(ctx.db, made.id).state.interim).toBe('in_force');
		expect([tend('2027-05-23').ended, tend('2027-05-23').ended]).toEqual([1, 0]);
		expect(standingOf(ctx.db, made.id).state.interim).toBe('none');
		expect(registerEntry(on('2029-01-01'), waiting.number)?.status.standing).toBe('accredited');
	});

	test('an order that nobody looks after any more is taken over by a complaints officer, who is asked first what ties them to it', () => {
		const made = underConditions();
		const officer = staff(ctx, 'Otto', 'complaints_officer');
		const day = '2027-04-01';
		expect(orderCare.orphanedCases(by(officer, day))).toEqual([]);
		ctx.db.sql.prepare("UPDATE concern_access SET ended_at = 1, end_reason = 'over'").run();
		step(on(day), made.id, 'closed', {}, { side: 'office', personId: officer.id });
		expect(() => orderCare.takeOverOrders(by(staff(ctx, 'Rita', 'registrar'), day), { reference: made.reference })).toThrow(NotFound);
		expect(orderCare.orphanedCases(by(officer, day))).toEqual([{ reference: made.reference, what: 'Conditions of practice' }]);
		orderCare.takeOverOrders(by(officer, day), { reference: made.reference });
		expect(() => orderCare.caseOrders(by(officer, day), made.reference)).toThrow(NotFound);
		casework.declareAtGate(by(officer, day), made.reference, { declared: 'none', words: '' });
		expect(orderCare.caseOrders(by(officer, day), made.reference)).toHaveLength(1);
		expect(orderCare.orphanedCases(by(officer, day))).toEqual([]);
	});
});

test('what somebody may do with an order follows from what they were let in as', () => {
	const made = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
	const key = draft(made, FREE);
	const acts = (who: Someone) => orderCare.orderView(by(who, FREE), made.reference, key).acts.map((act) => act.key);
	expect(acts(made.writer)).toEqual(['change', 'drop']);
	expect(acts(made.owner)).toEqual(['change', 'check', 'drop']);
	expect(acts(made.monitor)).toEqual([]);
	expect(() => orderCare.orderAct(by(made.monitor, FREE), made.reference, key, 'drop')).toThrow(NotFound);
	const check = orderCare.orderAct(by(made.owner, FREE), made.reference, key, 'check');
	check.run(check.schema.parse({ seen: check.seen }) as never);
	expect(acts(made.publisher)).toEqual(['change', 'publish', 'drop']);
	expect(acts(made.writer)).toEqual(['change', 'drop']);
	expect(() => judgeCondition(by(made.monitor, FREE), made.reference, { order: key, condition: 1, done: 0, result: 'breach', words: 'x' })).toThrow(NotFound);
	expect(() => orderCare.judgeAct(by(made.publisher, FREE), made.reference, key, '1')).toThrow(NotFound);
});

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { recordAppeal } from '#features/complaints/appeal-acts.ts';
import { casework } from '#features/complaints/index.ts';
import { askInterim, openRequest, settleInterim, takeBackInterim } from '#features/complaints/interim-commands.ts';
import { recordDecision } from '#features/complaints/panel-record-commands.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { standingOf } from '#features/complaints/step.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import {
	aPanel,
	ask,
	decide,
	hear,
	list,
	type PanelCase,
	panelsIn,
	referredCase,
	reportedCase,
	seen,
	sitsOn,
	stateNow,
	vote,
	writeDown,
} from '#tests/helpers/concern-panels.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { step } from '#tests/helpers/sanctions.ts';

const DAY = '2026-11-23';
let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), DAY);
	onTestFinished(() => void ctx.db.sql.close());
});

const lastStep = (made: PanelCase) => standingOf(ctx.db, made.id).steps.at(-1);
const findings = (made: PanelCase) => ctx.db.sql.prepare('SELECT finding FROM concern_allegation WHERE concern_id = ? ORDER BY no').pluck().all(made.id);

describe('an interim order', () => {
	function asked(): PanelCase {
		const made = reportedCase(ctx);
		const second = staff(ctx, 'Carl', 'complaints_officer');
		letIn(ctx, made.id, second, 'caseworker');
		askInterim(made.owner.ctx, made.reference, { seen: seen(made), words: 'a-risk-canary' });
		settleInterim(second.ctx, made.reference, { seen: seen(made), result: 'agreed', words: '' });
		return made;
	}

	test('is asked for by two, the same day, with the risk sealed; nobody agrees to their own', () => {
		const made = reportedCase(ctx);
		const second = staff(ctx, 'Carl', 'complaints_officer');
		letIn(ctx, made.id, second, 'caseworker');
		askInterim(made.owner.ctx, made.reference, { seen: seen(made), words: 'a-risk-canary' });
		expect(() => askInterim(second.ctx, made.reference, { seen: seen(made), words: 'Again.' })).toThrow('asked for already');
		expect(() => settleInterim(made.owner.ctx, made.reference, { seen: seen(made), result: 'agreed', words: '' })).toThrow('You asked for it yourself');
		expect(() => ctx.db.sql.prepare("UPDATE concern_interim_request SET settled_by = asked_by, settled_at = 1, result = 'agreed'").run()).toThrow('CHECK');
		settleInterim(second.ctx, made.reference, { seen: seen(made), result: 'refused', words: 'Not so.' });
		expect(stateNow(made).interim).toBe('none');
		askInterim(second.ctx, made.reference, { seen: seen(made), words: 'Once more.' });
		takeBackInterim(second.ctx, made.reference, { seen: seen(made) });
		expect(openRequest(ctx.db, made.id)).toBeNull();
		expect(JSON.stringify(ctx.db.sql.prepare('SELECT * FROM concern_interim_request').all())).not.toContain('canary');
	});

	test('is imposed by a panel two days later, for as long as the rules allow; the therapist is told', () => {
		const made = asked();
		const table = aPanel(made, 'interim', DAY);
		const day = addDays(DAY, 2);
		const put = (orders: object[]) => ask(made, table.no, 'interim', day, { orders });
		expect(() => put([{ kind: 'interim_suspension', months: 19 }])).toThrow('Enter between 1 and 18 months.');
		expect(() => put([{ kind: 'suspension', months: 6 }])).toThrow('cannot order that');
		expect(() => put([])).toThrow('Put one order to the vote.');
		put([{ kind: 'interim_suspension', months: 6 }]);
		for (const who of table.all) vote(made, table.no, who, day, 'not_impose');
		decide(made, table, 'interim', day, 'impose', { orders: [{ kind: 'interim_conditions', months: 12 }] });
		const silent = () =>
			recordDecision(
				onDay(table.chair.ctx, day),
				{ reference: made.reference, no: table.no },
				{ seen: seen(made), words: 'Why.', reasons: {}, told: '', toldRespondent: '' },
			);
		expect(silent).toThrow('Write what the therapist reads.');
		writeDown(made, table.no, day);
		expect(lastStep(made)).toMatchObject({
			kind: 'interim_decided',
			data: { panel: panelsIn(made)[0]?.id, imposed: true, kind: 'interim_conditions', months: 12 },
		});
		expect(stateNow(made)).toMatchObject({ interim: 'in_force', phase: 'decision_to_refer' });
	});

	test('is not imposed, or is looked at again by others who end it', () => {
		const made = asked();
		const table = aPanel(made, 'interim', DAY);
		const day = addDays(DAY, 2);
		decide(made, table, 'interim', day, 'impose', { orders: [{ kind: 'interim_suspension', months: 6 }] });
		writeDown(made, table.no, day);
		const later = addMonths(DAY, 5);
		const review = aPanel(made, 'interim', later);
		decide(made, review, 'interim_review', addDays(later, 2), 'continue');
		writeDown(made, review.no, addDays(later, 2));
		expect(stateNow(made).interim).toBe('in_force');
		const last = aPanel(made, 'interim', later);
		decide(made, last, 'interim_review', addDays(later, 2), 'end');
		writeDown(made, last.no, addDays(later, 2));
		expect([stateNow(made).interim, lastStep(made)?.kind, lastStep(made)?.bySide]).toEqual(['none', 'interim_ended', 'panel']);
	});
});

describe('an appeal', () => {
	/** A case that was heard, with an outcome and orders, by a panel that sat on 21 December. */
	function heard(): PanelCase {
		const made = referredCase(ctx);
		const table = aPanel(made, 'hearing', DAY);
		hear(made, table, list(made, table.no, DAY), { orders: [{ kind: 'suspension', months: 6 }] });
		return made;
	}
	const appealed = (made: PanelCase, day: string) =>
		recordAppeal(onDay(made.owner.ctx, day), made.reference, { seen: seen(made), side: 'respondent', words: 'The grounds.' });

	test('without a realistic prospect is over; the decision stands', () => {
		const made = heard();
		appealed(made, '2027-01-10');
		const table = aPanel(made, 'appeal', '2027-01-10');
		const day = sitsOn('2027-01-10', 'appeal');
		expect(() => ask(made, table.no, 'appeal', day, { result: 'upheld' })).toThrow('Another question comes first.');
		decide(made, table, 'filter', day, 'none');
		writeDown(made, table.no, day);
		expect(lastStep(made)).toMatchObject({ kind: 'appeal_decided', data: { panel: panelsIn(made).at(-1)?.id, result: 'upheld' } });
		expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'upheld' });
	});

	test('changes the outcome and its orders, or sets it aside for a panel of others', () => {
		const made = heard();
		appealed(made, '2027-01-10');
		const table = aPanel(made, 'appeal', '2027-01-10');
		const day = sitsOn('2027-01-10', 'appeal');
		decide(made, table, 'filter', day, 'realistic');
		const put = (motion: object) => ask(made, table.no, 'appeal', day, { ...motion });
		expect(() => put({ result: 'quashed', to: 'triage' })).toThrow('Choose who decides it anew.');
		expect(() => put({ result: 'varied', outcome: 'not_upheld', orders: [{ kind: 'warning', months: 12 }] })).toThrow('An order needs a breach');
		expect(() => put({ result: 'varied', outcome: 'upheld', orders: [{ kind: 'suspension', months: 24 }] })).toThrow('between 1 and 12');
		decide(made, table, 'appeal', day, 'agree', { result: 'varied', outcome: 'partly_upheld', orders: [{ kind: 'warning', months: 12 }] });
		writeDown(made, table.no, day);
		expect(lastStep(made)?.data).toEqual({
			panel: panelsIn(made).at(-1)?.id,
			result: 'varied',
			outcome: 'partly_upheld',
			orders: [{ kind: 'warning', months: 12 }],
		});
		const other = heard();
		appealed(other, '2027-01-10');
		const second = aPanel(other, 'appeal', '2027-01-10');
		decide(other, second, 'filter', day, 'realistic');
		decide(other, second, 'appeal', day, 'agree', { result: 'quashed', to: 'hearing' });
		writeDown(other, second.no, day);
		expect(stateNow(other)).toMatchObject({ phase: 'hearing', outcome: null, hearing: 'not_begun', hearingOn: null });
		const again = aPanel(other, 'hearing', day);
		hear(other, again, list(other, again.no, day), { fact: 'not_proved' });
		expect(stateNow(other)).toMatchObject({ phase: 'outcome', outcome: 'not_upheld' });
		expect(findings(other)).toEqual(['not_proved', 'not_proved']);
	});

	test('that came after its time is heard with the chair’s leave only', () => {
		const made = heard();
		appealed(made, '2027-03-10');
		const table = aPanel(made, 'appeal', '2027-03-10');
		const day = sitsOn('2027-03-10', 'appeal');
		expect(() => ask(made, table.no, 'filter', day)).toThrow('Another question comes first.');
		ask(made, table.no, 'leave', day);
		expect(() => vote(made, table.no, table.members[0] as Someone, day, 'given')).toThrow(Forbidden);
		vote(made, table.no, table.chair, day, 'refused');
		expect(() => ask(made, table.no, 'filter', day)).toThrow('Another question comes first.');
		writeDown(made, table.no, day);
		expect(stateNow(made)).toMatchObject({ phase: 'outcome', outcome: 'upheld', appeals: 1 });
	});

	test('of a side that cannot appeal against it, or twice, is not written down', () => {
		const made = heard();
		const more = () => recordAppeal(onDay(made.owner.ctx, '2027-01-10'), made.reference, { seen: seen(made), side: 'complainant', words: 'x' });
		const { reference } = made;
		expect(() => casework.caseAct(onDay(made.therapist.ctx, '2027-01-10'), reference, 'appeal')).toThrow(NotFound);
		appealed(made, '2027-01-10');
		expect(more).toThrow(Conflict);
		expect(sightOf(onDay(made.owner.ctx, '2027-01-10'), reference).state.phase).toBe('appeal');
		step(ctx, made.id, 'updated', {}, { side: 'office', personId: null });
	});
});

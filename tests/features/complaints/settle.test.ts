import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, NotFound } from '#core/errors.ts';
import { casework, ownArea, settling } from '#features/complaints/index.ts';
import { standingByReference } from '#features/complaints/step.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;
let lay: Someone;
let therapist: Someone;
let id: string;
let reference: string;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	lay = staff(ctx, 'Lars', 'lay_panel_member');
	therapist = aPerson(ctx, 'Tess');
	({ id, reference } = inPreparation(ctx, { owner, lay, about: therapist }));
	act(owner, reference, 'settle', { told: 'We begin.', toldRespondent: 'We begin.', words: '' });
});

const state = () => standingByReference(ctx.db, reference);
const offer = (months: string) => act(owner, reference, 'offer', { words: 'A letter of apology within a month.', months });
const seenBy = (side: 'complainant' | 'respondent') => settling.offerFor(ctx, { concernId: id, state: state().state }, side);
const complains = {
	get ctx() {
		return { ...ctx, actor: { kind: 'public' as const } };
	},
};
const complainant = (answer: settling.OfferAnswer) => settling.answerAsComplainant(complains.ctx, id, { offer: seenBy('complainant')?.id ?? '', answer });
const respondent = (answer: settling.OfferAnswer) => {
	const found = ownArea.ownAct(therapist.ctx, reference, 'settle');
	found.run(found.schema.parse({ answer, offer: seenBy('respondent')?.id ?? '' }) as never);
};

describe('terms to settle it', () => {
	test('settle it when both sides agreed, each by itself, and not before; undertakings stand in the step as keys', () => {
		offer('6');
		expect(ownArea.ownView(therapist.ctx, reference).offer).toMatchObject({ terms: 'A letter of apology within a month.', months: 6, own: null });
		complainant('agreed');
		expect(state().state.phase).toBe('early_resolution');
		expect(JSON.stringify(seenBy('respondent'))).not.toContain('agreed');
		expect(() => complainant('agreed')).toThrow('answered already');
		respondent('agreed');
		expect(state().steps.at(-1)).toMatchObject({ kind: 'resolution_agreed', bySide: 'respondent', data: { orders: [{ kind: 'undertakings', months: 6 }] } });
		expect(state().state).toMatchObject({ phase: 'outcome', outcome: 'resolved' });
		for (const table of ['concern_offer', 'concern_step', 'audit_event', 'outbox'])
			expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all())).not.toContain('apology');
	});

	test('leave nothing to undertake when none is asked for, and can be agreed to by telephone, with words', () => {
		offer('');
		expect(() => act(owner, reference, 'offer-answer', { side: 'complainant', answer: 'agreed', words: '' })).toThrow();
		act(owner, reference, 'offer-answer', { side: 'complainant', answer: 'agreed', words: 'She rang on Monday and said yes.' });
		respondent('agreed');
		expect(state().steps.at(-1)?.data).toMatchObject({ orders: [] });
	});

	test('are over when one side does not want them, and other terms can be laid before both', () => {
		offer('');
		complainant('not_these');
		expect(seenBy('respondent')).toBe(null);
		expect(() => ownArea.ownAct(therapist.ctx, reference, 'settle')).toThrow(NotFound);
		offer('3');
		const old = seenBy('complainant')?.id ?? '';
		offer('2');
		expect(() => settling.answerAsComplainant(complains.ctx, id, { offer: old, answer: 'agreed' })).toThrow('other terms now');
		expect(state().state.phase).toBe('early_resolution');
	});

	test('end the trying when either wants to stop: the case is investigated', () => {
		offer('');
		respondent('stop');
		expect(state().steps.at(-1)).toMatchObject({ kind: 'resolution_failed', bySide: 'respondent' });
		expect(state().state.phase).toBe('investigation');
		expect(() => complainant('agreed')).toThrow(Conflict);
	});

	test('never settle a case in which somebody is at risk', () => {
		offer('');
		act(owner, reference, 'propose-flag', { flag: 'immediate_risk', words: 'She fears for somebody.' });
		const proposal = casework.caseAct(lay.ctx, reference, 'agree').fields[0]?.options?.[0]?.value;
		act(lay, reference, 'agree', { proposal, result: 'agreed', words: '' });
		expect(() => complainant('agreed')).toThrow('mark of a risk');
		expect(() => respondent('agreed')).toThrow('mark of a risk');
		expect(() => casework.caseAct(owner.ctx, reference, 'offer')).toThrow(NotFound);
		act(owner, reference, 'not-settled', { told: 'It is investigated.', toldRespondent: 'It is investigated.', words: '' });
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern_offer WHERE ended_at IS NULL').pluck().get()).toBe(0);
	});

	test('are nobody’s who only looks, nor a stranger’s', () => {
		const adviser = staff(ctx, 'Ada', 'complaints_officer');
		letIn(ctx, id, adviser, 'adviser');
		const { seen } = state();
		expect(() => settling.makeOffer(adviser.ctx, reference, { seen, words: 'x', months: null })).toThrow('does not allow');
		expect(() => settling.makeOffer(staff(ctx, 'Sam', 'complaints_officer').ctx, reference, { seen, words: 'x', months: null })).toThrow(NotFound);
		expect(() => settling.answerAsRespondent(aPerson(ctx, 'Sue').ctx, reference, { offer: 'x', answer: 'agreed' })).toThrow(NotFound);
	});
});

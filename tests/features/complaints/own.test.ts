import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Forbidden, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { casework, ownArea, packs } from '#features/complaints/index.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { standingByReference, takeStep } from '#features/complaints/step.ts';
import { gatherData } from '#features/membership/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { approvedPack, versionOf } from '#tests/helpers/concern-packs.ts';
import { act, disclosed, inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;
let lay: Someone;
let therapist: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	lay = staff(ctx, 'Lars', 'lay_panel_member');
	therapist = aPerson(ctx, 'Tess');
});

const people = () => ({ owner, lay, about: therapist });
const own = (who: Someone, reference: string, name: string, input: object = {}) => {
	const found = ownArea.ownAct(who.ctx, reference, name);
	found.run(found.schema.parse({ seen: found.seen, ...input }) as never);
};
const NONE = 'There is no such case.';
const read = (text: string, ...values: unknown[]) =>
	ctx.db.sql
		.prepare(text)
		.pluck()
		.all(...values);
const number = (someone: Someone, digits: string) =>
	ctx.db.sql
		.prepare("INSERT OR REPLACE INTO registration (person_id, number, sequence, registered_on) VALUES (?, ?, ?, '2020-01-01')")
		.run(someone.id, digits, Number(digits));
const emptyReply = { words: '', answers: {} };

describe('the therapist’s own area', () => {
	test('holds nothing before they were told, and says the same as for none; an export is no earlier', () => {
		const { reference } = inPreparation(ctx, people());
		for (const tried of [reference, 'CON-2020-9999']) expect(() => ownArea.ownView(therapist.ctx, tried)).toThrow(NONE);
		expect(ownArea.hasOwnCases(therapist.ctx)).toBe(false);
		expect(JSON.stringify(gatherData(therapist.ctx, therapist.id))).not.toContain(reference);
		approvedPack(owner, lay, reference);
		expect(ownArea.hasOwnCases(therapist.ctx)).toBe(false);
		act(owner, reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		expect(ownArea.ownCases(therapist.ctx).lines).toEqual([
			{ reference, stage: 'Being looked into', replyBy: '2026-12-21', isClosed: false, as: 'respondent' },
		]);
		expect(JSON.stringify(gatherData(therapist.ctx, therapist.id))).toContain(reference);
	});

	test('is there from an interim order on, without what was said', () => {
		const { reference } = inPreparation(ctx, people());
		commit(ctx, { name: 'test' }, (tx) => {
			const asked = takeStep(tx, standingByReference(ctx.db, reference), 'interim_asked', { side: 'office', personId: owner.id });
			takeStep(tx, asked, 'interim_decided', { side: 'panel', personId: null }, { panel: 'x', imposed: true, kind: 'interim_suspension' });
		});
		const view = ownArea.ownView(therapist.ctx, reference);
		expect(view).toMatchObject({ isInterim: true, packs: [], allegations: [], mayReply: false });
		act(owner, reference, 'message', { side: 'respondent', words: 'An order was made.' });
		expect(ownArea.ownView(therapist.ctx, reference).messages).toEqual([expect.objectContaining({ words: 'An order was made.' })]);
	});

	test('is nobody else’s: not a stranger’s, not the person’s who raised it, not an officer’s, nor whoever it was once thought to be about', () => {
		const once = aPerson(ctx, 'Wrong');
		const made = inPreparation(ctx, { owner, lay, about: once });
		number(therapist, '990001');
		act(owner, made.reference, 'respondent', { number: '990001' });
		approvedPack(owner, lay, made.reference);
		act(owner, made.reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		const raiser = aPerson(ctx, 'Ray');
		ctx.db.sql.prepare('UPDATE concern SET complainant_id = ? WHERE id = ?').run(raiser.id, made.id);
		for (const who of [once, raiser, owner, lay, aPerson(ctx, 'Sam')]) {
			expect(() => ownArea.ownView(who.ctx, made.reference)).toThrow(NONE);
			expect(() => ownArea.packView(who.ctx, made.reference, 1)).toThrow(NONE);
			expect(() => ownArea.writeAsRespondent(who.ctx, made.reference, { words: 'x', repeatKey: newId() })).toThrow(NONE);
			expect(ownArea.hasOwnCases(who.ctx)).toBe(false);
		}
		expect(ownArea.ownView(therapist.ctx, made.reference).reference).toBe(made.reference);
	});

	test('shows staff it is about nothing of the office’s side', () => {
		const member = staff(ctx, 'Mary', 'committee');
		const { reference } = disclosed(ctx, { owner, lay, about: member });
		expect(ownArea.ownView(member.ctx, reference).as).toBe('respondent');
		expect(() => sightOf(member.ctx, reference)).toThrow(NotFound);
		expect(() => packs.makePack(member.ctx, reference, { side: 'complainant', items: ['statement'], like: null })).toThrow(NotFound);
		expect(casework.concernWork(member.ctx)).toEqual([]);
	});

	test('notes who opened what, so that both sides can ask later', () => {
		const { id, reference } = disclosed(ctx, people());
		ownArea.ownView(therapist.ctx, reference);
		ownArea.packView(therapist.ctx, reference, 1);
		expect(read("SELECT what FROM concern_read WHERE concern_id = ? AND capacity = 'respondent' AND person_id = ? ORDER BY at, id", id, therapist.id)).toEqual([
			'own',
			'pack:1',
		]);
	});

	test('has messages both ways, once for the same form', () => {
		const { reference } = disclosed(ctx, people());
		const message = { words: 'May I send papers?', repeatKey: newId() };
		for (let n = 0; n < 2; n++) ownArea.writeAsRespondent(therapist.ctx, reference, message);
		expect(ownArea.ownView(therapist.ctx, reference).messages.map(({ words }) => words)).toEqual(['A concern was raised.', 'May I send papers?']);
		expect(casework.caseView(owner.ctx, reference).messages.at(-1)).toMatchObject({ side: 'respondent', isFromOffice: false, words: 'May I send papers?' });
	});
});

describe('the reply', () => {
	test('is kept unseen by the office, then sent with an answer to each allegation, and can be laid before the other side', () => {
		const { id, reference } = disclosed(ctx, people());
		const [allegation] = ownArea.allegationsGiven(ctx, standingByReference(ctx.db, reference));
		const reply = { words: 'I was ill.', answers: { [allegation?.id ?? '']: { answer: 'admitted' as const, words: 'I did not write.' } } };
		ownArea.saveReply(therapist.ctx, reference, reply);
		expect(packs.sourcesOf(ctx, id).some(({ kind }) => kind === 'reply')).toBe(false);
		expect(JSON.stringify(casework.caseView(owner.ctx, reference))).not.toContain('I was ill');
		const { seen } = standingByReference(ctx.db, reference);
		expect(() => ownArea.sendReply(therapist.ctx, reference, { seen: seen - 1, reply })).toThrow('Your reply is kept below');
		expect(() => ownArea.sendReply(therapist.ctx, reference, { seen, reply: emptyReply })).toThrow('Write what you reply');
		ownArea.sendReply(therapist.ctx, reference, { seen, reply });
		expect(ownArea.repliesOf(ctx, id)).toEqual([{ no: 1, sentOn: '2026-11-23', ...reply }]);
		expect(standingByReference(ctx.db, reference).steps.at(-1)).toMatchObject({ kind: 'replied', bySide: 'respondent', byPerson: null });
		expect(ownArea.ownView(therapist.ctx, reference)).toMatchObject({
			draft: false,
			promised: expect.not.arrayContaining([{ what: 'We hope for your reply' }]),
		});
		const no = approvedPack(owner, lay, reference, { side: 'complainant', cover: [{ words: 'ill', because: 'health' }] });
		packs.givePack(owner.ctx, reference, { no, version: versionOf(owner, reference, no) });
		const given = JSON.stringify(packs.packsGiven(ctx, standingByReference(ctx.db, reference), 'complainant'));
		expect(given).toContain('Allegation 1: admitted');
		expect(given).not.toContain('I was ill');
		for (const table of ['concern_reply', 'concern_reply_answer', 'concern_step', 'audit_event', 'audit_personal', 'outbox'])
			expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all())).not.toMatch(/I was ill|did not write/);
	});
});

describe('asking for time', () => {
	test('is a request that the owner answers; the days then move for both sides', () => {
		const { reference } = disclosed(ctx, people());
		own(therapist, reference, 'time', { words: 'Two weeks: I am in hospital.' });
		expect(() => own(therapist, reference, 'time', { words: 'Again.' })).toThrow(NotFound);
		expect(standingByReference(ctx.db, reference).concern.isPaused).toBe(0);
		const answer = { result: 'granted', toldRespondent: 'Take two weeks.', told: '' };
		expect(() => act(owner, reference, 'answer-time', answer)).toThrow('stands still for them too');
		act(owner, reference, 'answer-time', { ...answer, told: 'It is paused.' });
		expect(ownArea.ownView(therapist.ctx, reference)).toMatchObject({ isPaused: true, promised: [], asksForTime: false });
		const later = { ...ctx, today: '2026-12-07', now: ctx.now + 14 * 86_400_000 };
		commit(later, { name: 'test' }, (tx) => takeStep(tx, standingByReference(ctx.db, reference), 'resumed', { side: 'office', personId: owner.id }));
		const on = { ...therapist.ctx, today: later.today, now: later.now };
		expect(ownArea.ownCases(on).lines[0]?.replyBy).toBe('2027-01-04');
		expect(ownArea.packView(on, reference, 1)?.commentBy).toBe('2027-01-04');
	});

	test('can be answered with no', () => {
		const { reference } = disclosed(ctx, people());
		own(therapist, reference, 'time', { words: 'A year.' });
		act(owner, reference, 'answer-time', { result: 'not_granted', toldRespondent: 'That is too long.', told: '' });
		expect(ownArea.ownView(therapist.ctx, reference)).toMatchObject({ isPaused: false, asksForTime: false });
	});
});

describe('who helps the therapist', () => {
	test('finds the case once they agreed, when they speak for them, and not any more afterwards', () => {
		const { reference } = disclosed(ctx, people());
		const speaker = aPerson(ctx, 'Spike');
		number(speaker, '990002');
		own(therapist, reference, 'helper', { kind: 'representative', name: 'Spike', reach: '', number: '990002' });
		expect(() => ownArea.ownView(speaker.ctx, reference)).toThrow(NONE);
		expect(ownArea.ownCases(speaker.ctx)).toEqual({ lines: [], asked: [reference] });
		ownArea.answerInvitation(speaker.ctx, reference, { agrees: true });
		expect(ownArea.ownView(speaker.ctx, reference)).toMatchObject({ as: 'representative', acts: expect.not.arrayContaining([{ key: 'helper' }]) });
		expect(() => ownArea.nameHelper(speaker.ctx, reference, { kind: 'supporter', name: 'x', reach: '', number: '' })).toThrow(Forbidden);
		const party = ownArea.ownView(therapist.ctx, reference).helpers[0]?.id;
		own(therapist, reference, 'no-helper', { party });
		expect(() => ownArea.ownView(speaker.ctx, reference)).toThrow(NONE);
		expect(() => ownArea.answerInvitation(speaker.ctx, reference, { agrees: true })).toThrow(NONE);
	});

	test('is never somebody of the office, of the case or a side of it: nobody is kept from their work by being named', () => {
		const { id, reference } = disclosed(ctx, people());
		const raiser = aPerson(ctx, 'Ray');
		ctx.db.sql.prepare('UPDATE concern SET complainant_id = ? WHERE id = ?').run(raiser.id, id);
		for (const [who, digits] of [
			[owner, '990003'],
			[raiser, '990004'],
			[therapist, '990005'],
		] as const) {
			number(who, digits);
			expect(() => own(therapist, reference, 'helper', { kind: 'representative', name: 'x', reach: '', number: digits })).toThrow('Nobody with this number');
		}
		expect(sightOf(owner.ctx, reference).concern.id).toBe(id);
	});
});

describe('an appeal', () => {
	test('is the therapist’s within its days, once; its grounds are sealed', () => {
		const { id, reference } = disclosed(ctx, people());
		const decide = (kind: Parameters<typeof takeStep>[2], data = {}) =>
			commit(ctx, { name: 'test' }, (tx) => takeStep(tx, standingByReference(ctx.db, reference), kind, { side: 'panel', personId: null }, data));
		expect(() => own(therapist, reference, 'appeal', { words: 'Unfair.' })).toThrow(NotFound);
		decide('reported');
		decide('referred', { panel: 'x' });
		decide('facts_found');
		decide('breach_found', { panel: 'x' });
		decide('sanction_decided', { panel: 'x', outcome: 'upheld', orders: [] });
		const on = (day: string): Someone => ({ ...therapist, ctx: { ...therapist.ctx, today: day } });
		expect(ownArea.ownView(therapist.ctx, reference).appealBy).toBe('2026-12-21');
		expect(() => own(on('2026-12-22'), reference, 'appeal', { words: 'Unfair.' })).toThrow(NotFound);
		own(on('2026-12-21'), reference, 'appeal', { words: 'A letter was overlooked.' });
		expect(standingByReference(ctx.db, reference).state.phase).toBe('appeal');
		expect(read("SELECT place FROM vault_text WHERE vault_id = ? AND place = 'appeal:respondent'", id)).toHaveLength(1);
		expect(() => own(therapist, reference, 'appeal', { words: 'Again.' })).toThrow(NotFound);
	});
});

test('an officer whose gate is shut answers no request for time', () => {
	const { id, reference } = disclosed(ctx, people());
	const shut = staff(ctx, 'Sue', 'complaints_officer');
	letIn(ctx, id, shut, 'owner', { isGateShut: true });
	own(therapist, reference, 'time', { words: 'A week.' });
	const { seen } = standingByReference(ctx.db, reference);
	expect(() => ownArea.answerTime(shut.ctx, reference, { seen, result: 'granted', told: 'x', toldRespondent: 'x' })).toThrow(Forbidden);
});

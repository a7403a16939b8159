import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { giveRole } from '#features/accounts/index.ts';
import { casework, wayIn } from '#features/complaints/index.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { standingByReference } from '#features/complaints/step.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aDraft, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
let owner: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
});

const act = (who: Someone, reference: string, name: string, input: object = {}) => {
	const found = casework.caseAct(who.ctx, reference, name);
	found.run(found.schema.parse({ seen: found.seen, repeat: `${name}-${reference}`, ...input }) as never);
};
const acts = (who: Someone, reference: string) => casework.actsOnCase(who.ctx, reference).map(({ key }) => key);
const NONE = { stage: '', isMine: false, isOverdue: false, page: 1 } as const;

/** A concern about the organisation, written online and sent. */
function aboutUs(part: string): { id: string; reference: string } {
	const id = aDraft(ctx, 'organisation');
	expect(wayIn.draftOf(ctx, id).parts.map(({ key }) => key)).not.toContain('about');
	expect(() => wayIn.savePart(ctx, id, 'about', { called: 'Somebody' })).toThrow(NotFound);
	wayIn.savePart(ctx, id, 'office', { part, called: 'Whoever answers the telephone' });
	wayIn.savePart(ctx, id, 'you', { source: 'client', name: 'Ann' });
	wayIn.savePart(ctx, id, 'what', { happened: 'Nobody answered me.' });
	return { id, reference: wayIn.sendConcern(ctx, id, wayIn.draftOf(ctx, id).standing.seen) };
}

test('one about the organisation has clocks of its own, an answer instead of a panel, and an appeal', () => {
	const { id, reference } = aboutUs('office');
	const { rules, concern } = standingByReference(ctx.db, reference);
	expect([concern.rulesVersion, rules.acknowledgeWorkingDays, rules.answerWorkingDays]).toEqual(['2026-1/2026-1', 5, 20]);
	expect(wayIn.trackerOf(ctx, id)).toMatchObject({
		stage: { next: expect.stringContaining('somebody who had no part in it') },
		promised: [
			{ what: 'We confirm that it came', dueOn: '2026-11-30' },
			{ what: 'We answer you', dueOn: '2026-12-21' },
		],
	});
	expect(casework.caseAct(owner.ctx, reference, 'declare').shows).toContain('Whoever answers the telephone (the person it is about, as described)');
	act(owner, reference, 'declare', { declared: 'none', words: '' });
	act(owner, reference, 'take-on');
	const lay = staff(ctx, 'Lars', 'lay_panel_member');
	letIn(ctx, id, lay, 'lay_screener');
	act(owner, reference, 'propose-accept', { told: 'We answer it.', words: 'It is for us.' });
	act(lay, reference, 'agree', { proposal: casework.caseAct(lay.ctx, reference, 'agree').fields[0]?.options?.[0]?.value, result: 'agreed', words: '' });
	expect(acts(owner, reference)).toContain('answer-us');
	for (const theirs of ['disclose', 'settle', 'respondent', 'report']) expect(acts(owner, reference)).not.toContain(theirs);
	act(owner, reference, 'answer-us', { told: 'You were right: we answer within two days from now on.', words: 'A rota.' });
	const answered = wayIn.trackerOf(ctx, id);
	expect(answered).toMatchObject({ stage: { title: 'Answered' }, outcome: 'We answered it.', appealBy: '2026-12-21' });
	expect(answered.promised.map(({ what }) => what)).not.toContain('We answer you');
	expect(answered.messages.at(-1)?.words).toContain('within two days');
	expect(() => wayIn.actAsComplainant(ctx, id, 'appeal', { seen: answered.seen, words: '' })).toThrow(Invalid);
	wayIn.actAsComplainant(ctx, id, 'appeal', { seen: answered.seen, words: 'It was not looked at by others.' });
	const { state, seen } = standingByReference(ctx.db, reference);
	expect([state.phase, openText(ctx, id, `appeal:${seen}`)]).toEqual(['appeal', 'It was not looked at by others.']);
});

test('whoever has a part in what it is about, or had in the year before, knows nothing of it', () => {
	const both = (name: string, role: 'registrar' | 'committee', toOn: string | null) => {
		const someone = staff(ctx, name, 'complaints_officer');
		const by = { ...ctx, actor: { kind: 'system', name: 'test' } } as const;
		commit(by, { name: 'test' }, (tx) => giveRole(tx, { personId: someone.id, role, fromOn: '2020-01-01', toOn, reason: 'test' }));
		return someone;
	};
	const [now, lately, before, other] = [
		both('Reg', 'registrar', null),
		both('Rob', 'registrar', '2026-06-30'),
		both('Ria', 'registrar', '2024-06-30'),
		both('Cor', 'committee', null),
	];
	const office = aboutUs('office');
	const decisions = aboutUs('decisions');
	const knows = (who: Someone) => casework.concernQueue(who.ctx, NONE).lines.map(({ reference }) => reference);
	expect(knows(owner)).toEqual([office.reference, decisions.reference]);
	expect([knows(now), knows(lately)]).toEqual([[], []]);
	expect(knows(before)).toEqual([office.reference, decisions.reference]);
	expect(knows(other)).toEqual([office.reference]);
	expect(() => sightOf(now.ctx, office.reference)).toThrow(NotFound);
	expect(() => letIn(ctx, office.id, now, 'adviser')).toThrow('own circle');
});

test('an appeal is open for 28 days after an outcome against which it can be made, and to nobody afterwards', () => {
	const { id, reference } = aboutUs('other');
	act(owner, reference, 'declare', { declared: 'none', words: '' });
	act(owner, reference, 'take-on');
	expect(wayIn.trackerOf(ctx, id)).toMatchObject({ appealBy: null, acts: ['pause', 'withdraw'] });
	const lay = staff(ctx, 'Lars', 'lay_panel_member');
	letIn(ctx, id, lay, 'lay_screener');
	act(owner, reference, 'propose-decline', { told: 'It is not for us.', words: 'No.' });
	act(lay, reference, 'agree', { proposal: casework.caseAct(lay.ctx, reference, 'agree').fields[0]?.options?.[0]?.value, result: 'agreed', words: '' });
	const on = (day: string): Ctx => ({ ...ctx, now: Date.parse(`${day}T12:00:00Z`), today: day });
	expect(wayIn.trackerOf(on('2026-12-21'), id)).toMatchObject({ appealBy: '2026-12-21', acts: ['appeal'] });
	const late = wayIn.trackerOf(on('2026-12-22'), id);
	expect(late.acts).toEqual([]);
	expect(() => wayIn.actAsComplainant(on('2026-12-22'), id, 'appeal', { seen: late.seen, words: 'Too late.' })).toThrow(Conflict);
	wayIn.actAsComplainant(on('2026-12-21'), id, 'appeal', { seen: late.seen, words: 'In time.' });
	expect(wayIn.trackerOf(on('2026-12-21'), id).acts).not.toContain('appeal');
});

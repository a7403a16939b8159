import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { casework, ownArea, packs } from '#features/complaints/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { approvedPack, madePack, packOf, versionOf } from '#tests/helpers/concern-packs.ts';
import { act, inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

const WORDS = 'I live at 4 Mill Lane. My sister Ruth Bellweather saw it.';
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
	({ id, reference } = inPreparation(ctx, { owner, lay, about: therapist, words: WORDS }));
});

const of = (no: number) => ({ no, version: versionOf(owner, reference, no) });
const check = (who: Someone, no: number, result: 'approved' | 'sent_back', words = '', saw = true) =>
	packs.checkPack(who.ctx, reference, { ...of(no), result, words, saw });
const COVER = [
	{ words: '4 Mill Lane', because: 'address' as const },
	{ words: 'Ruth Bellweather', because: 'third_party' as const },
];

describe('a pack', () => {
	test('is approved by a second person only, who had no part in it: not by its maker, nor by whoever covered or uncovered something', () => {
		const helper = staff(ctx, 'Hal', 'complaints_officer');
		letIn(ctx, id, helper, 'caseworker');
		const no = madePack(owner, reference, { cover: COVER });
		expect(() => check(lay, no, 'approved')).toThrow('does not wait');
		const mark = packs.differencesOf(packs.itemViews(ctx, packOf(owner, reference, no)))[0]?.id ?? '';
		packs.uncover(helper.ctx, reference, { ...of(no), marks: [mark] });
		packs.sendPack(owner.ctx, reference, of(no));
		for (const who of [owner, helper]) expect(() => check(who, no, 'approved')).toThrow('You had a part in making it');
		check(lay, no, 'approved');
		expect(packs.stateOfPack(packOf(owner, reference, no))).toBe('approved');
		const again = () => ctx.db.sql.prepare("UPDATE concern_pack SET checked_by = ?, result = 'approved' WHERE no = ?").run(helper.id, no);
		expect(again).toThrow('a second person checks it');
	});

	test('stands still while it waits, is sent back with words, and is then made anew', () => {
		const no = madePack(owner, reference);
		packs.sendPack(owner.ctx, reference, of(no));
		const cover = () => packs.coverLines(owner.ctx, reference, { ...of(no), n: 1, lines: [0], because: 'address' });
		expect(cover).toThrow('waits for a second person');
		expect(() => check(lay, no, 'sent_back')).toThrow('Say what is to be changed.');
		check(lay, no, 'sent_back', 'Cover the address.');
		cover();
		packs.sendPack(owner.ctx, reference, of(no));
		expect(() => packs.sendPack(owner.ctx, reference, of(no))).toThrow(Conflict);
		check(lay, no, 'approved');
		expect(() => packs.dropPack(owner.ctx, reference, { no, version: 1 })).toThrow('just changed this');
	});

	test('that leaves covered words open elsewhere is approved only by somebody who says that they saw it', () => {
		const no = madePack(owner, reference);
		const first = packs.itemViews(ctx, packOf(owner, reference, no))[0];
		packs.coverHits(owner.ctx, reference, { ...of(no), hits: [`${first?.n}:10:21`], because: 'address' });
		act(owner, reference, 'allegation', { category: 'communication', words: 'Wrote to 4 mill lane.' });
		packs.chooseItems(owner.ctx, reference, { ...of(no), items: packs.sourcesOf(ctx, id).map(({ key }) => key) });
		expect(packs.standOpen(packs.itemViews(ctx, packOf(owner, reference, no)))).toEqual([{ words: '4 Mill Lane', in: ['Allegation 2'] }]);
		packs.sendPack(owner.ctx, reference, of(no));
		expect(() => check(lay, no, 'approved', '', false)).toThrow('stands open in another');
		check(lay, no, 'approved');
	});

	test('never holds how somebody can be reached, and can be made like another', () => {
		expect(packs.sourcesOf(ctx, id).map(({ key }) => key.split(':')[0])).toEqual(['statement', 'allegation', 'message', 'message', 'message']);
		const no = madePack(owner, reference, { cover: COVER });
		const like = packs.makePack(owner.ctx, reference, { side: 'complainant', items: [], like: no });
		expect(packs.differencesOf(packs.itemViews(ctx, packOf(owner, reference, like))).map(({ words }) => words)).toEqual(['4 Mill Lane', 'Ruth Bellweather']);
		expect(() => packs.makePack(owner.ctx, reference, { side: 'complainant', items: ['statement'], like: null })).toThrow('Another one');
	});

	test('is nobody’s to make or check who was not let in, whose gate is shut, or who only looks', () => {
		const [stranger, shut, adviser] = ['Sam', 'Sue', 'Ada'].map((name) => staff(ctx, name, 'complaints_officer')) as [Someone, Someone, Someone];
		letIn(ctx, id, shut, 'caseworker', { isGateShut: true });
		letIn(ctx, id, adviser, 'adviser');
		const no = madePack(owner, reference);
		packs.sendPack(owner.ctx, reference, of(no));
		const make = (who: Someone) => () => packs.makePack(who.ctx, reference, { side: 'complainant', items: ['statement'], like: null });
		expect(make(stranger)).toThrow(NotFound);
		for (const who of [shut, adviser]) expect(make(who)).toThrow(Forbidden);
		expect(() => check(stranger, no, 'approved')).toThrow(NotFound);
		for (const who of [shut, adviser]) expect(() => check(who, no, 'approved')).toThrow(Forbidden);
	});
});

describe('laying it before a side', () => {
	test('needs an approved pack, which goes with the step that tells the therapist; what is covered is nowhere in what they read', () => {
		const disclose = () => act(owner, reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		expect(disclose).toThrow('have a second person check it');
		const no = approvedPack(owner, lay, reference, { cover: COVER });
		expect(() => packs.givePack(owner.ctx, reference, of(no))).toThrow('goes with that step');
		expect(() => ownArea.respondentCase(therapist.ctx, reference)).toThrow(NotFound);
		disclose();
		const opened = ownArea.respondentCase(therapist.ctx, reference);
		const [given] = packs.packsGiven(therapist.ctx, opened, 'respondent');
		expect(given).toMatchObject({ no, givenOn: '2026-11-23', commentBy: '2026-12-21', days: 28 });
		expect(given?.covered).toEqual([
			{ because: 'address', count: 1 },
			{ because: 'third_party', count: 1 },
		]);
		for (const words of ['Mill', 'Lane', 'Ruth', 'Bellweather']) expect(JSON.stringify(given)).not.toContain(words);
		expect(JSON.stringify(given)).toContain('I live at ');
		expect(() => packs.dropPack(owner.ctx, reference, of(no))).toThrow(Conflict);
		expect(() => ctx.db.sql.prepare('UPDATE concern_pack SET no = 9 WHERE no = ?').run(no)).toThrow('never changed');
	});

	test('gives both sides as many days, and as many more as the case stood still', () => {
		approvedPack(owner, lay, reference);
		act(owner, reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		const no = approvedPack(owner, lay, reference, { side: 'complainant' });
		packs.givePack(owner.ctx, reference, of(no));
		expect(() => packs.givePack(owner.ctx, reference, of(no))).toThrow('Only what a second person approved');
		const opened = ownArea.respondentCase(therapist.ctx, reference);
		const by = (side: packs.PackSide) => packs.packsGiven(ctx, opened, side).map(({ commentBy, days }) => [commentBy, days]);
		expect(by('respondent')).toEqual([['2026-12-21', 28]]);
		expect(by('complainant')).toEqual(by('respondent'));
		const state = { ...opened.state, pauses: [{ because: 'health', fromOn: '2026-11-25', toOn: '2026-11-30' }] };
		expect(packs.commentBy({ state, rules: opened.rules }, '2026-11-23')).toBe('2026-12-26');
		expect(packs.commentBy({ state: { ...state, pauses: [{ because: 'health', fromOn: '2026-11-25', toOn: null }] }, rules: opened.rules }, '2026-11-23')).toBe(
			null,
		);
	});
});

test('no word of a pack stands outside the vault', () => {
	approvedPack(owner, lay, reference, { cover: COVER });
	for (const table of ['concern_pack', 'concern_pack_item', 'concern_pack_mark', 'concern_step', 'audit_event', 'audit_personal', 'outbox'])
		expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all())).not.toMatch(/Mill Lane|Bellweather/);
	expect(casework.caseView(owner.ctx, reference).statement).toBe(WORDS);
});

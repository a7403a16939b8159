import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { digestOfNumbers, drawFirst } from '#core/draw-sample.ts';
import { Conflict, Forbidden, Invalid, NotFound } from '#core/errors.ts';
import { afterwards, casework } from '#features/complaints/index.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { expectGoldenMail } from '#tests/helpers/golden.ts';
import { laterAs, reviewer, withdrawnOn } from './after-scene.ts';

const TODAY = '2026-11-23';
const LAST = '2026-12-22';
const CANARY = 'zyxquorbane';
let ctx: Ctx;
let owner: Someone;
let second: Someone;
let uma: Someone;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	second = staff(ctx, 'Carl', 'complaints_officer');
	staff(ctx, 'Lars', 'lay_panel_member');
	uma = reviewer(ctx, 'Uma', '2027-06-30');
});

const closed = (count: number) => Array.from({ length: count }, () => withdrawnOn(ctx, '2026-03-02', owner, { words: CANARY }));
const input = (change: object = {}) => ({ reviewer: uma.id, fromOn: TODAY, untilOn: LAST, size: 3, ...change });
const make = (change: object = {}, who = owner) => afterwards.makeRoom(laterAs(who, TODAY), input(change));
const room = (who: Someone, id: string, day = TODAY) => afterwards.roomView(laterAs(who, day), id);
const act = (who: Someone, reference: string, name: string, given: object = {}) => {
	const found = casework.caseAct(laterAs(who, TODAY), reference, name);
	found.run(found.schema.parse({ seen: found.seen, ...given }) as never);
};

describe('the sample', () => {
	test('is drawn from closed cases by a seed with which anybody can repeat it', () => {
		const references = closed(9).map(({ reference }) => reference);
		aConcern(ctx);
		const view = room(owner, make());
		expect(view).toMatchObject({ size: 3, eligible: 9, drawn: 3, digest: digestOfNumbers(references) });
		expect(view.lines.map(({ reference }) => reference)).toEqual(drawFirst(view.seed, references, 3).numbers);
		expect(room(owner, make()).seed).not.toBe(view.seed);
		expect(room(owner, make({ size: 50 })).drawn).toBe(9);
	});

	test('is never of a case that ties the reviewer or who makes the room, by the schema as well', () => {
		closed(3);
		const own = withdrawnOn(ctx, '2026-03-02', second, { about: owner });
		const theirs = withdrawnOn(ctx, '2026-03-02', owner, { by: uma });
		const id = make({ size: 50 });
		expect(room(owner, id)).toMatchObject({ eligible: 3, drawn: 3 });
		for (const made of [own, theirs])
			expect(() => ctx.db.sql.prepare('INSERT INTO concern_room_case (room_id, no, concern_id) VALUES (?, 9, ?)').run(id, made.id)).toThrow('own circle');
		expect(() => ctx.db.sql.prepare('INSERT INTO concern_room_case (room_id, no, concern_id) VALUES (?, 9, ?)').run(id, aConcern(ctx).id)).toThrow('closed');
	});

	test('is for thirty days at most, for somebody whose role lasts that long, and for officers to make', () => {
		closed(1);
		expect(() => make({ untilOn: '2026-12-24' })).toThrow(Invalid);
		expect(() => make({ fromOn: '2026-11-22' })).toThrow(Invalid);
		expect(() => make({ untilOn: '2026-11-22' })).toThrow(Invalid);
		expect(() => make({ reviewer: second.id })).toThrow(Invalid);
		expect(() => make({ reviewer: reviewer(ctx, 'Ned', '2026-12-01').id })).toThrow(Invalid);
		for (const role of ['registrar', 'administrator', 'committee', 'lay_panel_member'] as const)
			expect(() => make({}, staff(ctx, `One${role}`, role))).toThrow(Forbidden);
		expect(() => make({}, uma)).toThrow(Forbidden);
		expect(ctx.db.sql.prepare('SELECT count(*) FROM concern_room').pluck().get()).toBe(0);
	});
});

describe('the reviewer', () => {
	/** A room of one case with a summary that two people wrote and checked. */
	function summarised(): { id: string; concernId: string; reference: string } {
		const [made] = closed(1) as [{ id: string; reference: string }];
		const id = make();
		for (const who of [owner, second]) {
			expect(afterwards.enterToSummarise(laterAs(who, TODAY), id, '1')).toBe(made.reference);
			act(who, made.reference, 'declare', { declared: 'none', words: '' });
		}
		act(owner, made.reference, 'summary', { words: 'Somebody ended a therapy in a letter.' });
		return { id, concernId: made.id, reference: made.reference };
	}

	test('reads words that one wrote and another checked, steps and clocks, and nothing and nobody else; each look is on record', () => {
		const { id, concernId, reference } = summarised();
		expect(afterwards.roomCase(laterAs(uma, TODAY), id, '1').summary).toBeNull();
		expect(() => act(owner, reference, 'check-summary', { result: 'checked' })).toThrow(NotFound);
		expect(casework.caseAct(laterAs(second, TODAY), reference, 'check-summary').shows).toEqual(['Somebody ended a therapy in a letter.']);
		act(second, reference, 'check-summary', { result: 'checked' });
		const view = afterwards.roomCase(laterAs(uma, TODAY), id, '1');
		expect(view).toMatchObject({ no: 1, of: 1, summary: 'Somebody ended a therapy in a letter.' });
		expect(view.steps.map(([, what]) => what)).toEqual(['Begun', 'Sent', 'Taken on', 'Withdrawn', 'Closed']);
		const seen = JSON.stringify([view, room(uma, id)]);
		for (const secret of [CANARY, reference, 'Olga', 'Carl']) expect(seen, secret).not.toContain(secret);
		const reads = ctx.db.sql
			.prepare("SELECT what, person_id AS who FROM concern_read WHERE concern_id = ? AND capacity = 'reviewer' ORDER BY at, id")
			.all(concernId);
		expect(reads).toEqual([
			{ what: 'summary', who: uma.id },
			{ what: expect.stringMatching(/^summary:/), who: uma.id },
		]);
	});

	test('finds no case by its reference, in no list and on no page of the office', () => {
		const { reference } = summarised();
		expect(() => casework.sightOf(laterAs(uma, TODAY), reference)).toThrow(NotFound);
		expect(casework.concernQueue(laterAs(uma, TODAY), { stage: 'closed', isMine: false, isOverdue: false, page: 1 }).lines).toEqual([]);
	});

	test('finds the room on its days only, and not once it was ended', () => {
		closed(2);
		const id = make({ fromOn: '2026-11-24' });
		for (const day of [TODAY, '2026-12-23']) {
			expect(() => room(uma, id, day)).toThrow(NotFound);
			expect(() => afterwards.roomCase(laterAs(uma, day), id, '1')).toThrow(NotFound);
			expect(afterwards.roomsFor(laterAs(uma, day))).toEqual([]);
		}
		for (const day of ['2026-11-24', LAST]) expect(room(uma, id, day).lines).toHaveLength(2);
		expect(() => afterwards.endRoom(laterAs(uma, '2026-11-24'), id)).toThrow(Forbidden);
		afterwards.endRoom(laterAs(second, '2026-11-25'), id);
		expect(() => room(uma, id, '2026-11-25')).toThrow(NotFound);
		expect(room(owner, id).isEnded).toBe(true);
	});

	test('is no other reviewer, and no officer reads a case through the room', () => {
		closed(1);
		const id = make();
		const other = reviewer(ctx, 'Nora', '2027-06-30');
		expect(() => room(other, id)).toThrow(NotFound);
		expect(() => afterwards.roomCase(laterAs(owner, TODAY), id, '1')).toThrow(NotFound);
		expect(() => afterwards.roomCase(laterAs(uma, TODAY), id, '2')).toThrow(NotFound);
		for (const role of ['registrar', 'administrator', 'committee'] as const)
			expect(afterwards.roomsFor(laterAs(staff(ctx, `One${role}`, role), TODAY))).toEqual([]);
	});
});

test('an officer whom one of the cases ties learns of no room, and is let into none; a summary that was refused is written anew', () => {
	const about = staff(ctx, 'Otto', 'complaints_officer');
	const made = withdrawnOn(ctx, '2026-03-02', owner, { about });
	const id = make();
	expect(afterwards.roomsFor(laterAs(about, TODAY))).toEqual([]);
	expect(() => afterwards.enterToSummarise(laterAs(about, TODAY), id, '1')).toThrow(NotFound);
	expect(() => afterwards.enterToSummarise(laterAs(uma, TODAY), id, '1')).toThrow(Forbidden);
	for (const who of [owner, second]) letIn(ctx, made.id, who, 'caseworker');
	act(owner, made.reference, 'summary', { words: 'Otto did it.' });
	expect(() => act(owner, made.reference, 'summary', { words: 'Twice.' })).toThrow(NotFound);
	act(second, made.reference, 'check-summary', { result: 'refused' });
	act(second, made.reference, 'summary', { words: 'Somebody did it.' });
	act(owner, made.reference, 'check-summary', { result: 'checked' });
	expect(afterwards.roomCase(laterAs(uma, TODAY), id, '1').summary).toBe('Somebody did it.');
	expect(() => afterwards.enterToSummarise(laterAs(second, TODAY), id, '1')).toThrow(Conflict);
});

test('the reviewer is told without a word of what it is', () => {
	expectGoldenMail(
		afterwards.roomMails.roomMade(
			{ ...ctx.settings, publicOrigin: 'https://register.example' },
			{ key: 'k', untilOn: '22 December 2026' },
			'uma@outside.example',
		),
	);
});

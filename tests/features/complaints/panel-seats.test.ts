import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { casework } from '#features/complaints/index.ts';
import { canDissolve, composePanel, dissolvePanel } from '#features/complaints/panel-commands.ts';
import { isQuorate, missingIn, type Place } from '#features/complaints/panel-composition.ts';
import { sittersFor } from '#features/complaints/panel-people.ts';
import { roomOf } from '#features/complaints/panel-room.ts';
import { panelRulesOn } from '#features/complaints/panel-rules.ts';
import { sightOf } from '#features/complaints/sight.ts';
import { onDay, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import {
	aPanel,
	ask,
	compose,
	decide,
	declare,
	lay,
	list,
	panelsIn,
	pro,
	referredCase,
	reportedCase,
	seat,
	seen,
	sitsOn,
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

const chair = (isLay = false): Place => ({ role: 'chair', isLay });
const member = (isLay = false): Place => ({ role: 'member', isLay });
const adviser: Place = { role: 'adviser', isLay: false };

describe('the rules of composition', () => {
	const rule = (kind: 'screening' | 'interim' | 'hearing' | 'health' | 'appeal') => panelRulesOn(ctx.db, DAY).rules.kinds[kind];

	test('screening and interim: three, one of them lay', () => {
		for (const kind of ['screening', 'interim'] as const) {
			expect(missingIn([chair(), member(), member(true)], rule(kind))).toEqual([]);
			expect(missingIn([chair(), member(), member()], rule(kind))).toEqual(['It needs 1 from outside the profession, and has 0.']);
			expect(missingIn([chair(), member(true)], rule(kind))).toContain('It needs 3 members, and has 2.');
			expect(missingIn([member(), member(), member(true)], rule(kind))).toEqual(['It needs one chair.']);
			expect(missingIn([chair(), member(), member(), member(true)], rule(kind))).toEqual(['It has 4 members; 3 is the most.']);
		}
	});

	test('a hearing: three to five, a lay majority or a lay chair', () => {
		expect(missingIn([chair(true), member(), member()], rule('hearing'))).toEqual([]);
		expect(missingIn([chair(), member(true), member(true)], rule('hearing'))).toEqual([]);
		expect(missingIn([chair(), member(), member(true)], rule('hearing'))).toEqual(['More than half of it, or its chair, come from outside the profession.']);
		expect(missingIn([chair(), member(), member(true), member(true), member(true)], rule('hearing'))).toEqual([]);
	});

	test('health: the same, with a clinician who advises it; appeal: a lay majority', () => {
		expect(missingIn([chair(true), member(), member()], rule('health'))).toEqual(['It needs a clinician who advises it.']);
		expect(missingIn([chair(true), member(), member(), adviser], rule('health'))).toEqual([]);
		expect(missingIn([chair(true), member(), member()], rule('appeal'))).toEqual(['It needs 2 from outside the profession, and has 1.']);
		expect(missingIn([chair(), member(true), member(true)], rule('appeal'))).toEqual([]);
	});

	test('a quorum keeps the lay rule among those who are there', () => {
		expect(isQuorate([chair(), member(true), member(true)], rule('hearing'))).toBe(true);
		expect(isQuorate([chair(), member(), member(true)], rule('hearing'))).toBe(false);
		expect(isQuorate([chair(true), member()], rule('hearing'))).toBe(false);
	});
});

describe('composing', () => {
	test('a panel that the case does not need now, a second one beside it, or one too soon is refused; one about an interim order sits beside', () => {
		const made = reportedCase(ctx);
		expect(() => compose(made, 'hearing', DAY)).toThrow('not what this case needs now');
		const early = () => composePanel(made.owner.ctx, made.reference, { seen: seen(made), kind: 'screening', sitsOn: '2026-11-29' });
		expect(early).toThrow('30 November 2026 at the earliest');
		expect(compose(made, 'screening', DAY)).toBe(1);
		expect(() => compose(made, 'screening', DAY)).toThrow(Conflict);
		step(ctx, made.id, 'interim_asked', {}, { side: 'office', personId: made.owner.id });
		expect(compose(made, 'interim', DAY)).toBe(2);
		expect(panelsIn(made).map(({ kind }) => kind)).toEqual(['screening', 'interim']);
	});

	test('nobody but its owner or secretary does it; whoever only screens or looks cannot', () => {
		const made = reportedCase(ctx);
		const caseworker = staff(ctx, 'Carl', 'complaints_officer');
		letIn(ctx, made.id, caseworker, 'caseworker');
		const input = { seen: seen(made), kind: 'screening', sitsOn: sitsOn(DAY, 'screening') } as const;
		expect(() => composePanel(caseworker.ctx, made.reference, input)).toThrow(Forbidden);
		expect(() => composePanel(staff(ctx, 'Nora', 'complaints_officer').ctx, made.reference, input)).toThrow(NotFound);
		expect(composePanel(made.secretary.ctx, made.reference, input)).toBe(1);
	});

	test('a seat is refused when it is full, has a chair, needs no adviser, or was given to them before', () => {
		const made = reportedCase(ctx);
		const no = compose(made, 'screening', DAY);
		const first = lay(ctx);
		seat(made, no, first, 'chair', DAY);
		expect(() => seat(made, no, first, 'member', DAY)).toThrow('already');
		expect(() => seat(made, no, pro(ctx), 'chair', DAY)).toThrow('It has a chair already.');
		expect(() => seat(made, no, pro(ctx), 'adviser', DAY)).toThrow('Only a health panel has an adviser.');
		for (const name of ['Petra', 'Piet']) seat(made, no, pro(ctx, name), 'member', DAY);
		expect(() => seat(made, no, pro(ctx), 'member', DAY)).toThrow('It is full');
	});

	test('roles that sit on no panel are neither listed nor seated', () => {
		const made = reportedCase(ctx);
		const no = compose(made, 'screening', DAY);
		for (const role of ['registrar', 'finance', 'complaints_officer', 'administrator'] as const) {
			const someone = staff(ctx, 'Rita', role);
			expect(sittersFor(ctx, made.id).map(({ personId }) => personId)).not.toContain(someone.id);
			expect(() => seat(made, no, someone, 'member', DAY)).toThrow('They hold no role for this');
		}
	});
});

/** Writes a seat past the commands. */
function force(made: { id: string }, panelNo: number, who: Someone, { isLay = 0, role = 'member' } = {}): void {
	const panel = ctx.db.sql.prepare('SELECT id FROM concern_panel WHERE concern_id = ? AND no = ?').pluck().get(made.id, panelNo);
	const access = newId();
	const put = `INSERT INTO concern_access (id, concern_id, person_id, capacity, from_at, until_at) VALUES (?, ?, ?, 'panel', 1, 9e15)`;
	ctx.db.sql.prepare(put.replace('9e15', '9000000000000')).run(access, made.id, who.id);
	const text = 'INSERT INTO concern_panel_seat (id, panel_id, person_id, access_id, role, is_lay, seated_on) VALUES (?, ?, ?, ?, ?, ?, ?)';
	ctx.db.sql.prepare(text).run(newId(), panel, who.id, access, role, isLay, DAY);
}

describe('nobody of an earlier stage', () => {
	test('sits, in words and in the schema: owner, screener, investigator, who proposed or settled, and whoever sat before', () => {
		const made = reportedCase(ctx);
		const investigator = pro(ctx, 'Ines');
		letIn(ctx, made.id, investigator, 'investigator');
		const screener = ctx.db.sql
			.prepare("SELECT person_id FROM concern_access WHERE concern_id = ? AND capacity = 'lay_screener'")
			.pluck()
			.get(made.id) as string;
		const no = compose(made, 'screening', DAY);
		const before = [investigator, { id: screener, ctx }];
		for (const who of before) {
			expect(sittersFor(ctx, made.id).map(({ personId }) => personId)).not.toContain(who.id);
			expect(() => seat(made, no, who, 'member', DAY)).toThrow('earlier stage');
			expect(() => force(made, no, who, { isLay: who.id === screener ? 1 : 0 })).toThrow('nobody of an earlier stage sits on a panel');
		}
	});

	test('sits again on a later panel of the same case, also on one about an interim order or an appeal', () => {
		const made = reportedCase(ctx);
		const screening = aPanel(made, 'screening', DAY);
		const day = sitsOn(DAY, 'screening');
		decide(made, screening, 'prospect', day, 'none');
		decide(made, screening, 'way', day, 'no_case');
		writeDown(made, screening.no, day);
		step({ ...ctx, today: day }, made.id, 'appealed', {}, { side: 'complainant', personId: null });
		const no = compose(made, 'appeal', day);
		for (const who of screening.all) {
			expect(() => seat(made, no, who, 'member', day)).toThrow('earlier stage');
			expect(() => force(made, no, who, { isLay: who === screening.chair ? 1 : 0 })).toThrow('whoever sits on a panel is nothing else in its case');
		}
	});

	test('and whoever sits is let in as nothing else', () => {
		const made = reportedCase(ctx);
		const { chair: head } = aPanel(made, 'screening', DAY);
		expect(() => casework.letSomebodyIn(made.owner.ctx, made.reference, { person: head.id, capacity: 'investigator', untilOn: '2027-05-01' })).toThrow(
			'They sit or sat on a panel of this case',
		);
		expect(() => letIn(ctx, made.id, head, 'investigator')).toThrow('nothing else in its case');
	});

	test('the schema asks for the role, for one chair, and for nobody of a side’s own circle', () => {
		const made = reportedCase(ctx);
		const no = compose(made, 'screening', DAY);
		expect(() => force(made, no, pro(ctx), { isLay: 1 })).toThrow('holds the role');
		expect(() => force(made, no, lay(ctx), { isLay: 0 })).toThrow('holds the role');
		force(made, no, pro(ctx), { role: 'chair' });
		expect(() => force(made, no, pro(ctx), { role: 'chair' })).toThrow('one chair');
		expect(() => force(made, no, made.therapist)).toThrow('circle');
	});
});

describe('a committee member whom the record ties to the case', () => {
	test('is not listed, not seated, and learns nothing of it', () => {
		const made = reportedCase(ctx);
		const tied = pro(ctx, 'Tina');
		ctx.db.sql.prepare("INSERT INTO concern_party (id, concern_id, kind, person_id, added_at) VALUES (?, ?, 'witness', ?, 1)").run(newId(), made.id, tied.id);
		expect(sittersFor(ctx, made.id).map(({ personId }) => personId)).not.toContain(tied.id);
		const no = compose(made, 'screening', DAY);
		expect(() => seat(made, no, tied, 'member', DAY)).toThrow('the record ties them');
		expect(() => roomOf(tied.ctx, { reference: made.reference, no })).toThrow(NotFound);
	});

	test('after they were seated knows nothing of it any more, and their vote is not counted', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		const day = sitsOn(DAY, 'screening');
		ask(made, table.no, 'prospect', day);
		const [late] = table.members as [Someone, Someone];
		vote(made, table.no, late, day, 'none');
		ctx.db.sql.prepare("INSERT INTO concern_party (id, concern_id, kind, person_id, added_at) VALUES (?, ?, 'witness', ?, 1)").run(newId(), made.id, late.id);
		expect(() => roomOf(onDay(late.ctx, day), { reference: made.reference, no: table.no })).toThrow(NotFound);
		expect(() => vote(made, table.no, late, day, 'none')).toThrow(NotFound);
		expect(roomOf(onDay(made.secretary.ctx, day), { reference: made.reference, no: table.no }).seats.find(({ personId }) => personId === late.id)?.state).toBe(
			'left',
		);
	});
});

describe('stepping back', () => {
	test('frees the seat for somebody else, and the one who did is not asked again', () => {
		const made = reportedCase(ctx);
		const no = compose(made, 'screening', DAY);
		const first = lay(ctx);
		seat(made, no, first, 'chair', DAY);
		declare(made, first, DAY, 'recuse');
		expect(() => sightOf(first.ctx, made.reference)).toThrow(NotFound);
		expect(() => seat(made, no, first, 'member', DAY)).toThrow(Conflict);
		seat(made, no, lay(ctx, 'Lena'), 'chair', DAY);
		expect(roomOf(made.secretary.ctx, { reference: made.reference, no }).seats.map(({ role, state }) => [role, state])).toEqual([
			['chair', 'asked'],
			['chair', 'left'],
		]);
	});

	test('during a vote leaves too few: it cannot be closed, and the panel is dissolved for another one', () => {
		const made = reportedCase(ctx);
		const table = aPanel(made, 'screening', DAY);
		const day = sitsOn(DAY, 'screening');
		const place = { reference: made.reference, no: table.no };
		const today = onDay(made.owner.ctx, day);
		ask(made, table.no, 'prospect', day);
		vote(made, table.no, table.chair, day, 'none');
		expect(canDissolve(roomOf(today, place))).toBe(false);
		expect(() => dissolvePanel(today, place, { words: 'Because.' })).toThrow('enough are there: it decides');
		casework.stepBack(onDay((table.members[0] as Someone).ctx, day), made.reference);
		dissolvePanel(today, place, { words: 'Too few are left.' });
		for (const who of table.all) expect(() => sightOf(onDay(who.ctx, day), made.reference)).toThrow(NotFound);
		expect(compose(made, 'screening', day)).toBe(2);
	});
});

test('a member sees the room of their own panel and of no other; an officer of another case sees none', () => {
	const made = referredCase(ctx);
	step(ctx, made.id, 'interim_asked', {}, { side: 'office', personId: made.owner.id });
	const [hearing, interim] = [aPanel(made, 'hearing', DAY), aPanel(made, 'interim', DAY)];
	list(made, hearing.no, DAY);
	expect(roomOf(hearing.chair.ctx, { reference: made.reference, no: hearing.no }).me?.role).toBe('chair');
	expect(() => roomOf(hearing.chair.ctx, { reference: made.reference, no: interim.no })).toThrow(NotFound);
	expect(() => roomOf(interim.chair.ctx, { reference: made.reference, no: hearing.no })).toThrow(NotFound);
	expect(() => casework.caseView(hearing.chair.ctx, made.reference)).toThrow(NotFound);
	expect(() => roomOf(made.therapist.ctx, { reference: made.reference, no: hearing.no })).toThrow(NotFound);
});

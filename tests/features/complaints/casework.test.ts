import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, NotFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { openText } from '#core/vault.ts';
import { casework } from '#features/complaints/index.ts';
import { openCase, sightOf } from '#features/complaints/sight.ts';
import { standingByReference } from '#features/complaints/step.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
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

const NONE = { stage: '', isMine: false, isOverdue: false, page: 1 } as const;
const queue = (who: Someone, filter: Partial<Parameters<typeof casework.concernQueue>[1]> = {}) =>
	casework.concernQueue(who.ctx, { ...NONE, ...filter }).lines.map((l) => l.reference);
const act = (who: Someone, reference: string, name: string, input: object = {}) => {
	const found = casework.caseAct(who.ctx, reference, name);
	found.run(found.schema.parse({ seen: found.seen, repeat: `${name}-${reference}`, ...input }) as never);
};
const phase = (reference: string) => standingByReference(ctx.db, reference).state.phase;
const count = (text: string, ...values: unknown[]) =>
	ctx.db.sql
		.prepare(`SELECT count(*) FROM ${text}`)
		.pluck()
		.get(...values);

/** A case that the owner has taken on. */
function taken(about: Someone | null = null): { id: string; reference: string } {
	const made = aConcern(ctx, { about });
	act(owner, made.reference, 'declare', { declared: 'none', words: '' });
	act(owner, made.reference, 'take-on');
	return made;
}

/** A case in preparation, with its lay screener. */
function accepted(about: Someone | null = null): { id: string; reference: string; lay: Someone } {
	const made = taken(about);
	const lay = staff(ctx, 'Lars', 'lay_panel_member');
	letIn(ctx, made.id, lay, 'lay_screener');
	act(owner, made.reference, 'propose-accept', { told: 'We take this forward.', words: 'It is about practice.' });
	agree(lay, made.reference);
	return { ...made, lay };
}

function agree(who: Someone, reference: string, result = 'agreed'): void {
	const proposal = casework.caseAct(who.ctx, reference, 'agree').fields[0]?.options?.[0]?.value;
	act(who, reference, 'agree', { proposal, result, words: '' });
}

describe('the gate', () => {
	test('shows the names and nothing else, lets an officer in who answers, and is on record', () => {
		const member = staff(ctx, 'Tess', 'assessor');
		const { id, reference } = aConcern(ctx, { about: member, words: 'a-canary' });
		const gate = casework.caseAct(owner.ctx, reference, 'declare');
		expect(gate.shows).toEqual(['Tess Example (the person it is about)']);
		expect(JSON.stringify(gate)).not.toContain('a-canary');
		expect(casework.actsOnCase(owner.ctx, reference)).toEqual([{ key: 'declare', title: gate.title }]);
		expect(() => casework.caseView(owner.ctx, reference)).toThrow(NotFound);
		act(owner, reference, 'declare', { declared: 'minor', words: 'We met once.' });
		expect(casework.caseView(owner.ctx, reference).statement).toBe('a-canary');
		expect(ctx.db.sql.prepare('SELECT what FROM concern_read WHERE concern_id = ? ORDER BY at, id').pluck().all(id)).toContain('names');
		const access = ctx.db.sql.prepare('SELECT id FROM concern_access WHERE concern_id = ?').pluck().get(id);
		expect(openText(ctx, id, `access:${access}`)).toBe('We met once.');
	});

	test('is the end for whoever steps back: no case, no line, no number', () => {
		const { reference } = aConcern(ctx);
		expect(casework.concernWork(owner.ctx)[0]).toMatchObject({ count: 1 });
		act(owner, reference, 'declare', { declared: 'recuse', words: '' });
		expect(() => sightOf(owner.ctx, reference)).toThrow(NotFound);
		expect(queue(owner)).toEqual([]);
		expect(casework.concernWork(owner.ctx).every((row) => row.count === 0)).toBe(true);
	});

	test('closes behind the one who takes it on: others who looked at it know nothing any more', () => {
		const { reference } = aConcern(ctx);
		const other = staff(ctx, 'Otto', 'complaints_officer');
		for (const who of [owner, other]) act(who, reference, 'declare', { declared: 'none', words: '' });
		act(owner, reference, 'take-on');
		expect(phase(reference)).toBe('triage');
		expect(() => sightOf(other.ctx, reference)).toThrow(NotFound);
		expect([queue(owner), queue(other)]).toEqual([[reference], []]);
	});
});

test('two officers who take it on: the second is told in words', () => {
	const { reference } = aConcern(ctx);
	act(owner, reference, 'declare', { declared: 'none', words: '' });
	const { seen } = casework.caseAct(owner.ctx, reference, 'take-on');
	casework.takeOnCase(owner.ctx, reference, { seen });
	expect(() => casework.takeOnCase(owner.ctx, reference, { seen })).toThrow(Conflict);
});

describe('the queue', () => {
	test('says nothing to the one it is about, or to roles that work on no concerns', () => {
		const officer = staff(ctx, 'Otto', 'complaints_officer');
		const { reference } = aConcern(ctx, { about: officer });
		expect(queue(officer)).toEqual([]);
		expect(casework.concernWork(officer.ctx).every((row) => row.count === 0)).toBe(true);
		const roles: Role[] = ['assessor', 'committee', 'registrar', 'membership_officer', 'administrator', 'finance', 'lay_panel_member', 'auditor'];
		for (const role of roles) {
			const someone = staff(ctx, `One${role}`, role as 'assessor');
			expect([queue(someone), casework.concernWork(someone.ctx)]).toEqual([[], []]);
		}
		expect(queue(owner)).toEqual([reference]);
	});

	test('has what is overdue first, and filters by stage, owner and day', () => {
		const first = taken();
		const second = aConcern({ ...ctx, today: '2026-11-02', now: ctx.now - 21 * 86_400_000 });
		expect(queue(owner)).toEqual([second.reference, first.reference]);
		expect(queue(owner, { isMine: true })).toEqual([first.reference]);
		expect(queue(owner, { isOverdue: true })).toEqual([second.reference]);
		expect(queue(owner, { stage: 'triage' })).toEqual([first.reference]);
		expect(casework.concernQueue(owner.ctx, NONE).lines[0]).toMatchObject({ missed: 2, kept: 0, waits: true });
	});

	test('brings a case back to the officers once nobody can act for it', () => {
		const { reference } = taken();
		const other = staff(ctx, 'Otto', 'complaints_officer');
		expect(queue(other)).toEqual([]);
		act(owner, reference, 'step-back');
		expect([queue(owner), queue(other)]).toEqual([[], [reference]]);
		act(other, reference, 'declare', { declared: 'none', words: '' });
		act(other, reference, 'take-on');
		expect(standingByReference(ctx.db, reference).state.ownerId).toBe(other.id);
	});
});

describe('letting somebody in', () => {
	test('is refused in words for somebody of a side’s own circle, without the role, or for a day that is over', () => {
		const officer = staff(ctx, 'Otto', 'complaints_officer');
		const { reference } = taken(officer);
		const assessor = staff(ctx, 'Ada', 'assessor');
		const enter = (who: Someone, capacity: 'caseworker' | 'investigator', untilOn = '2027-01-31') =>
			casework.letSomebodyIn(owner.ctx, reference, { person: who.id, capacity, untilOn });
		expect(() => enter(officer, 'caseworker')).toThrow('The record ties them');
		expect(() => enter(assessor, 'caseworker')).toThrow('Their role does not allow this.');
		expect(() => enter(assessor, 'investigator', '2026-11-23')).toThrow('still to come');
		enter(assessor, 'investigator');
		expect(() => enter(assessor, 'investigator')).toThrow('let in already');
		expect(casework.concernWork(assessor.ctx)).toEqual([expect.objectContaining({ count: 1 })]);
		expect(queue(assessor)).toEqual([reference]);
		expect(() => casework.letSomebodyIn(assessor.ctx, reference, { person: owner.id, capacity: 'adviser', untilOn: '2027-01-31' })).toThrow(Forbidden);
		expect(count("outbox WHERE kind = 'concern.let_in'")).toBe(1);
	});

	test('as owner hands it over once they have answered, and only then', () => {
		const { reference } = taken();
		const next = staff(ctx, 'Nora', 'complaints_officer');
		act(owner, reference, 'let-in', { person: next.id, capacity: 'owner', untilOn: '31/05/2027' });
		expect(standingByReference(ctx.db, reference).state.ownerId).toBe(owner.id);
		act(next, reference, 'declare', { declared: 'none', words: '' });
		expect(standingByReference(ctx.db, reference).state.ownerId).toBe(next.id);
		expect(() => sightOf(owner.ctx, reference)).toThrow(NotFound);
	});

	test('ends when the owner says so, and the record of who read what stays with the owner', () => {
		const { id, reference } = taken();
		const helper = staff(ctx, 'Hal', 'complaints_officer');
		letIn(ctx, id, helper, 'caseworker');
		openCase(helper.ctx, reference, 'case');
		const access = ctx.db.sql.prepare('SELECT id FROM concern_access WHERE person_id = ?').pluck().get(helper.id) as string;
		expect(() => casework.accessView(helper.ctx, reference)).toThrow(NotFound);
		act(owner, reference, 'end-access', { access });
		expect(() => sightOf(helper.ctx, reference)).toThrow(NotFound);
		const { accesses, reads } = casework.accessView(owner.ctx, reference);
		expect(accesses).toContainEqual(expect.objectContaining({ name: 'Hal Example', isNow: false }));
		expect(reads).toContainEqual(expect.objectContaining({ name: 'Hal Example', what: 'The whole case' }));
	});
});

describe('steps', () => {
	test('by two: the same person never agrees, and without a lay screener nothing is accepted', () => {
		const { id, reference } = taken();
		act(owner, reference, 'propose-accept', { told: 'We take it forward.', words: 'It is for us.' });
		expect(casework.actsOnCase(owner.ctx, reference).map(({ key }) => key)).not.toContain('agree');
		const other = staff(ctx, 'Otto', 'complaints_officer');
		letIn(ctx, id, other, 'owner');
		expect(() => agree(other, reference)).toThrow('lay screener');
		const lay = staff(ctx, 'Lars', 'lay_panel_member');
		letIn(ctx, id, lay, 'lay_screener');
		agree(lay, reference, 'refused');
		expect(phase(reference)).toBe('triage');
		act(owner, reference, 'propose-accept', { told: 'We take it forward.', words: 'It is for us.' });
		agree(lay, reference);
		expect(phase(reference)).toBe('preliminary');
		expect(casework.caseView(owner.ctx, reference).messages).toEqual([expect.objectContaining({ words: 'We take it forward.', side: 'complainant' })]);
	});

	test('a mark of a risk takes two, a proposal can be taken back, and a concern that is turned away is closed', () => {
		const { reference, lay } = accepted();
		act(owner, reference, 'propose-flag', { flag: 'safeguarding', words: 'A child is named.' });
		act(owner, reference, 'take-back', { proposal: casework.caseAct(owner.ctx, reference, 'take-back').fields[0]?.options?.[0]?.value });
		act(owner, reference, 'propose-flag', { flag: 'safeguarding', words: 'A child is named.' });
		agree(lay, reference);
		expect(standingByReference(ctx.db, reference).state.flags).toEqual(['safeguarding']);
		const other = taken();
		letIn(ctx, other.id, lay, 'lay_screener');
		act(lay, other.reference, 'propose-decline', { told: 'This is not for us.', words: 'Fees only.' });
		agree(owner, other.reference);
		expect(phase(other.reference)).toBe('closed');
	});

	test('of one way from disclosure to an early settlement and the end, with what was learned', () => {
		const member = staff(ctx, 'Tess', 'assessor');
		const { reference } = accepted(member);
		const disclose = () => act(owner, reference, 'disclose', { toldRespondent: 'A concern was raised.', words: '' });
		expect(disclose).toThrow('as allegations');
		act(owner, reference, 'allegation', { category: 'communication', words: 'Did not answer for months.' });
		expect(() => casework.caseAct(owner.ctx, reference, 'offer')).toThrow(NotFound);
		act(owner, reference, 'settle', { told: 'We begin.', toldRespondent: 'We begin.', words: '' });
		act(owner, reference, 'offer', { words: 'An apology.', months: '' });
		for (const side of ['complainant', 'respondent']) act(owner, reference, 'offer-answer', { side, answer: 'agreed', words: 'You agreed.' });
		act(owner, reference, 'close', { root: 'communication', told: 'It is closed.', toldRespondent: 'It is closed.', words: 'Answer within a week.' });
		expect(phase(reference)).toBe('closed');
		const view = casework.caseView(owner.ctx, reference);
		expect(view.steps.at(-1)).toMatchObject({ what: 'Closed', words: 'Answer within a week.' });
		expect(view.allegations).toEqual([expect.objectContaining({ no: 1, words: 'Did not answer for months.' })]);
		expect(view.messages.filter((one) => one.side === 'respondent')).toHaveLength(2);
		const written = ['concern_step', 'concern_message', 'concern_allegation', 'concern_proposal', 'audit_event', 'audit_personal', 'outbox', 'concern'];
		for (const table of written) {
			const all = JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM ${table}`).all());
			for (const word of ['apology', 'within a week', 'for months', 'You agreed']) expect(all).not.toContain(word);
		}
	});

	test('on an old sight of the case are refused in words', () => {
		const { reference } = taken();
		const stale = casework.caseAct(owner.ctx, reference, 'acknowledge');
		const input = () => stale.schema.parse({ seen: stale.seen, told: 'It arrived.' }) as never;
		stale.run(input());
		expect(() => stale.run(input())).toThrow('Somebody has just done something about this case.');
	});

	test('are not there for the therapist’s lane before they were told', () => {
		const { reference } = taken(staff(ctx, 'Tess', 'assessor'));
		expect(() => act(owner, reference, 'message', { side: 'respondent', words: 'Hello.' })).toThrow('has not been told');
		act(owner, reference, 'message', { side: 'complainant', words: 'Hello.' });
		act(owner, reference, 'message', { side: 'complainant', words: 'Hello.' });
		expect(casework.caseView(owner.ctx, reference).messages).toHaveLength(1);
	});

	test('a hold keeps it from being closed for nobody, and takes two to lift', () => {
		const { reference, lay } = accepted();
		act(owner, reference, 'hold', { words: 'A court asks for it.' });
		act(owner, reference, 'propose-lift', { words: 'The court is done.' });
		agree(lay, reference);
		expect(standingByReference(ctx.db, reference).state.hasLegalHold).toBe(false);
	});
});

describe('breaking the glass', () => {
	const reason = 'The owner is in hospital and a court wants an answer today.';

	test('opens a case to an administrator for two hours, to read and no more; its owner is told and sees why', () => {
		const { id, reference } = taken();
		const admin = staff(ctx, 'Adam', 'administrator');
		expect(() => casework.caseView(admin.ctx, reference)).toThrow(NotFound);
		casework.breakGlass(admin.ctx, { reference, reason });
		expect(casework.caseView(admin.ctx, reference)).toMatchObject({ statement: 'what happened', isGlass: true });
		expect(casework.actsOnCase(admin.ctx, reference)).toEqual([]);
		expect(count("outbox WHERE kind = 'concern.glass_broken'")).toBe(1);
		expect(casework.accessView(owner.ctx, reference).accesses).toContainEqual(expect.objectContaining({ name: 'Adam Example', said: `Why: ${reason}` }));
		expect(casework.glassesIn(ctx, 2026)).toEqual([expect.objectContaining({ reference })]);
		expect(casework.glassesIn(ctx, 2025)).toEqual([]);
		const later = { ...admin.ctx, now: ctx.now + 2 * 3_600_000 };
		expect(() => casework.caseView(later, reference)).toThrow(NotFound);
		expect(count("concern_read WHERE capacity = 'break_glass' AND concern_id = ?", id)).toBe(1);
	});

	test('is for administrators with a fresh proof only, and says the same of a case about themselves as of none', () => {
		const admin = staff(ctx, 'Adam', 'administrator');
		const { reference } = taken(admin);
		for (const tried of [reference, 'CON-2020-9999'])
			expect(() => casework.breakGlass(admin.ctx, { reference: tried, reason })).toThrow('There is no such case.');
		expect(() => casework.breakGlass(owner.ctx, { reference, reason })).toThrow(Forbidden);
		const stale = { ...admin.ctx, now: ctx.now + 86_400_000 };
		expect(() => casework.breakGlass(stale, { reference, reason })).toThrow('Confirm that it is you.');
	});
});

test('once it is found who it is about, whoever is tied to them cannot write it down and stay', () => {
	const { reference } = taken();
	ctx.db.sql
		.prepare("INSERT OR REPLACE INTO registration (person_id, number, sequence, registered_on) VALUES (?, '999999', 999999, '2020-01-01')")
		.run(owner.id);
	expect(() => act(owner, reference, 'respondent', { number: '999999' })).toThrow('The record ties you to them');
});

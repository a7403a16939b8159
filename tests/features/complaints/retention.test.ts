import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Forbidden, Invalid, NotFound, SignInRequired } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { putSealedBytes } from '#features/complaints/file-put.ts';
import { readConcernFile } from '#features/complaints/file-read.ts';
import { afterwards, casework, wayIn } from '#features/complaints/index.ts';
import { retentionIn } from '#features/complaints/retain-facts.ts';
import { retentionOf } from '#features/complaints/retain-state.ts';
import { rulesOn } from '#features/complaints/rules.ts';
import { noteRead } from '#features/complaints/sight.ts';
import { standingOf } from '#features/complaints/step.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { decidedCase, draft, type OrderCase, publish, step } from '#tests/helpers/sanctions.ts';
import { laterAs, on, reviewer, say, steps, upheldOn, withdrawnOn } from './after-scene.ts';

const CANARY = 'zyxquorbane';
const CLOSED = '2026-11-23';
const DUE = '2029-11-23';
// The time for an appeal is over.
const FREE = '2026-12-22';
let ctx: Ctx;
let folder: ReturnType<typeof temporaryFolder>;
let owner: Someone;
let registrar: Someone;

beforeEach(() => {
	folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), CLOSED);
	ctx = { ...ctx, settings: { ...ctx.settings, dataDir: folder.path } };
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	registrar = staff(ctx, 'Rita', 'registrar');
	staff(ctx, 'Lars', 'lay_panel_member');
});

const system = (day: string): Ctx => ({ ...on(ctx, day), actor: { kind: 'system', name: 'test' } });
const mark = (day = DUE) => afterwards.markDueConcerns(system(day));
const lists = (who: Someone, day = DUE) => afterwards.keptConcerns(laterAs(who, day));
const filesOnDisk = () => readdirSync(join(folder.path, 'files'), { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).length;
/** Tables of concerns in which one of these keys stands anywhere. */
function namesIn(...keys: readonly string[]): string[] {
	const tables = ctx.db.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'concern%' ORDER BY name").pluck().all() as string[];
	return tables.filter((table) => {
		const rows = JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM "${table}"`).all());
		return keys.some((key) => rows.includes(key));
	});
}
const seenIn = (id: string) => standingOf(ctx.db, id).seen;
const hold = (personId: string) =>
	ctx.db.sql.prepare("INSERT INTO legal_hold (id, person_id, because, placed_by, placed_at) VALUES ('h', ?, 'a court', ?, 1)").run(personId, registrar.id);

/** Two people destroy it. */
function destroy({ id, reference }: { id: string; reference: string }, day = DUE): void {
	afterwards.proposeDestruction(laterAs(owner, day), reference, { seen: seenIn(id) });
	afterwards.settleDestruction(laterAs(registrar, day), reference, { seen: seenIn(id), result: 'agreed' });
}

describe('how long a case is kept', () => {
	const none = { orders: { endedOn: null, isInForce: false, isRemoval: false }, retained: null, isHeld: false };
	const { rules } = { rules: { keepMonths: { not_taken_forward: 36, no_case: 72, upheld: 84, removed: null } } } as {
		rules: ReturnType<typeof rulesOn>['rules'];
	};
	const of = (made: { id: string }, facts: object, day: string) => retentionOf(standingOf(ctx.db, made.id).steps, { ...none, ...facts }, rules, day);

	test('follows from its outcome, its orders and the day on which the last of them ended', () => {
		const withdrawn = withdrawnOn(ctx, CLOSED, owner);
		const upheld = upheldOn(ctx, CLOSED, owner);
		expect(of(withdrawn, {}, '2029-11-22')).toEqual({ state: 'kept', as: 'not_taken_forward', reviewOn: DUE });
		expect(of(withdrawn, {}, DUE)).toEqual({ state: 'due', as: 'not_taken_forward', reviewOn: DUE });
		expect(of(upheld, {}, '2033-11-22')).toMatchObject({ state: 'kept', as: 'upheld', reviewOn: '2033-11-23' });
		expect(of(upheldOn(ctx, CLOSED, owner, { outcome: 'not_upheld' }), {}, CLOSED)).toMatchObject({ as: 'no_case', reviewOn: '2032-11-23' });
		const ended = { endedOn: '2028-02-01', isInForce: false, isRemoval: false };
		expect(of(upheld, { orders: ended }, '2033-11-23')).toMatchObject({ state: 'kept', reviewOn: '2035-02-01' });
		expect(of(upheld, { orders: { ...ended, isInForce: true } }, '2099-01-01')).toEqual({ state: 'kept', as: 'upheld', reviewOn: null });
		expect(of(upheld, { orders: { ...ended, isInForce: true, isRemoval: true } }, '2099-01-01')).toEqual({ state: 'kept', as: 'removed', reviewOn: null });
	});

	test('is longer for a reason and until a day, and without an end under a hold', () => {
		const made = withdrawnOn(ctx, CLOSED, owner);
		const retained = { untilOn: '2031-01-01', because: 'another_case' as const };
		expect(of(made, { retained }, '2030-12-31')).toEqual({ state: 'retained', as: 'not_taken_forward', ...retained });
		expect(of(made, { retained }, '2031-01-01')).toMatchObject({ state: 'due', reviewOn: '2031-01-01' });
		expect(of(made, { isHeld: true, retained }, '2099-01-01')).toEqual({ state: 'held', as: 'not_taken_forward' });
	});

	test('waits for an order that is still to be published or in force, counts from the end of the last, and never ends after a removal', () => {
		const retention = (made: { id: string }, day: string) => retentionIn(ctx.db, standingOf(ctx.db, made.id), day);
		const close = (made: OrderCase) => step(on(ctx, FREE), made.id, 'closed', { root: 'practice' }, { side: 'office', personId: made.owner.id });
		const warned = decidedCase(ctx, [{ kind: 'warning', months: 24 }]);
		expect(retention(warned, CLOSED)).toEqual({ state: 'not_set' });
		const key = draft(warned, FREE);
		close(warned);
		expect(retention(warned, '2099-01-01')).toEqual({ state: 'kept', as: 'upheld', reviewOn: null });
		publish(warned, key, FREE);
		expect(retention(warned, '2028-12-01')).toEqual({ state: 'kept', as: 'upheld', reviewOn: null });
		expect(retention(warned, '2029-01-01')).toMatchObject({ state: 'kept', as: 'upheld', reviewOn: expect.stringMatching(/^2035-12-2[12]$/) });
		expect(retention(warned, '2036-01-01')).toMatchObject({ state: 'due', as: 'upheld' });
		const removed = decidedCase(ctx, [{ kind: 'removal', months: null }]);
		close(removed);
		expect(retention(removed, '2099-01-01')).toEqual({ state: 'kept', as: 'removed', reviewOn: null });
	});

	test('is by the rules it began under', () => {
		expect(rulesOn(ctx.db, CLOSED).rules.keepMonths).toEqual(rules.keepMonths);
	});
});

test('what is due is marked once, by its day, and nothing is destroyed by it', () => {
	const { id, reference } = withdrawnOn(ctx, CLOSED, owner, { words: CANARY });
	expect([mark('2029-11-22'), mark(), mark(), mark('2029-12-24')]).toEqual([0, 1, 0, 0]);
	expect(lists(registrar).due).toMatchObject([{ reference, retention: { as: 'not_taken_forward', reviewOn: DUE }, proposal: null }]);
	expect(JSON.stringify(afterwards.keptConcern(laterAs(registrar, DUE), reference))).not.toContain(CANARY);
	afterwards.retainConcern(laterAs(registrar, DUE), reference, { seen: seenIn(id), because: 'another_case', untilOn: '2030-06-01' });
	expect([lists(registrar).due, lists(registrar).retained.length]).toEqual([[], 1]);
	expect([mark('2030-05-31'), mark('2030-06-01')]).toEqual([0, 1]);
	expect(openText(ctx, id, 'statement')).toBe(CANARY);
});

describe('destroying what was said', () => {
	test('takes two people, and leaves none of it in the database, its log or any file; figures stay as they were', async () => {
		const about = aPerson(ctx, 'Tess');
		const by = aPerson(ctx, 'Cleo');
		const made = withdrawnOn(ctx, CLOSED, owner, { about, by, words: CANARY });
		for (const place of ['contact', 'party:1', 'message:1', 'step:3', 'file:1:name']) say(ctx, made.id, place, `${CANARY} ${place}`);
		const key = ctx.db.sql.prepare('SELECT wrapped FROM vault_key WHERE vault_id = ?').pluck().get(made.id) as Buffer;
		const sealed = ctx.db.sql.prepare('SELECT sealed FROM vault_text WHERE vault_id = ?').pluck().all(made.id) as Buffer[];
		const about1 = { concernId: made.id, lane: 'complainant', kind: 'evidence', byPerson: null, name: `${CANARY}.pdf`, type: 'application/pdf' } as const;
		const party =
			"INSERT INTO concern_party (id, concern_id, kind, person_id, side, agreed_at, added_at) VALUES ('p', ?, 'representative', ?, 'respondent', 1, 1)";
		ctx.db.sql.prepare(party).run(made.id, by.id);
		for (const [who, capacity] of [
			[about, 'respondent'],
			[by, 'representative'],
		] as const)
			noteRead(ctx, { concernId: made.id, personId: who.id, capacity, what: 'own' });
		expect(namesIn(about.id, by.id)).toEqual(['concern', 'concern_party', 'concern_read']);
		const file = await putSealedBytes(ctx, about1, Buffer.from(CANARY));
		expect((await readConcernFile(ctx, made.id, file)).content.toString()).toBe(CANARY);
		expect(filesOnDisk()).toBe(1);
		mark();
		const range = { fromOn: '2026-01-01', toOn: '2029-12-31' };
		const before = afterwards.concernsReport(laterAs(owner, DUE), range);
		destroy(made);
		expect(afterwards.concernsReport(laterAs(owner, DUE), range)).toEqual(before);
		expect(openText(ctx, made.id, 'statement')).toBeNull();
		expect(lists(registrar).destroyed).toMatchObject([{ reference: made.reference, retention: { state: 'destroyed', on: DUE } }]);
		for (const file of readdirSync(folder.path, { recursive: true, withFileTypes: true })) {
			if (!file.isFile()) continue;
			const bytes = readFileSync(join(file.parentPath, file.name));
			for (const gone of [Buffer.from(CANARY), key, ...sealed]) expect(bytes.includes(gone), file.name).toBe(false);
		}
		expect(filesOnDisk()).toBe(0);
		await expect(readConcernFile(ctx, made.id, file)).rejects.toThrow(NotFound);
		expect(namesIn(about.id, by.id)).toEqual([]);
		expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
	});

	test('is said on the page of who raised it, and nothing more can be done', () => {
		const made = withdrawnOn(ctx, CLOSED, owner, { words: CANARY });
		mark();
		destroy(made);
		const tracker = wayIn.trackerOf(on({ ...ctx, actor: { kind: 'public' } }, DUE), made.id);
		expect([tracker.statement, tracker.acts]).toEqual(['What stood here has been destroyed.', []]);
		expect(() => afterwards.proposeDestruction(laterAs(owner, DUE), made.reference, { seen: seenIn(made.id) })).toThrow(Conflict);
		letIn(on(ctx, DUE), made.id, owner, 'caseworker');
		expect(casework.caseView(laterAs(owner, DUE), made.reference).statement).toBe('What stood here has been destroyed.');
	});

	test('is refused to one person alone, before its day, without a recent proof and on an older sight', () => {
		const made = withdrawnOn(ctx, CLOSED, owner);
		mark();
		const { reference } = made;
		expect(() => afterwards.proposeDestruction({ ...laterAs(owner, DUE), actor: owner.ctx.actor }, reference, { seen: 4 })).toThrow(SignInRequired);
		expect(() => afterwards.proposeDestruction(laterAs(owner, DUE), reference, { seen: 1 })).toThrow(Conflict);
		afterwards.proposeDestruction(laterAs(owner, DUE), reference, { seen: seenIn(made.id) });
		expect(() => afterwards.settleDestruction(laterAs(owner, DUE), reference, { seen: seenIn(made.id), result: 'agreed' })).toThrow('You proposed it yourself');
		const alone = `INSERT INTO concern_step (concern_id, no, kind, at, on_day, by_person, by_side, data, process_id) VALUES (?, ?, 'destroyed', 1, ?, ?, 'office', '{}', 'x')`;
		expect(() => ctx.db.sql.prepare(alone).run(made.id, seenIn(made.id) + 1, DUE, owner.id)).toThrow('two people destroy');
		afterwards.settleDestruction(laterAs(owner, DUE), reference, { seen: seenIn(made.id), result: 'refused' });
		expect(ctx.db.sql.prepare("SELECT result FROM concern_proposal WHERE kind = 'destroyed'").pluck().all()).toEqual(['taken_back']);
	});

	test('a hold on the case or on one of its sides wins, by the rules and by the schema', () => {
		const about = aPerson(ctx, 'Tess');
		const made = withdrawnOn(ctx, CLOSED, owner, { about, words: CANARY });
		mark();
		afterwards.proposeDestruction(laterAs(owner, DUE), made.reference, { seen: seenIn(made.id) });
		hold(about.id);
		expect(lists(registrar).held).toHaveLength(1);
		expect(() => destroySecond(made)).toThrow('A legal hold keeps everything');
		expect(() => ctx.db.sql.prepare("UPDATE vault SET destroyed_at = 1, destroyed_because = 'retention' WHERE id = ?").run(made.id)).toThrow('a legal hold');
		expect(openText(ctx, made.id, 'statement')).toBe(CANARY);
	});

	test('a hold on the case itself wins too, and nothing is added to what is gone', () => {
		const [held, gone] = [withdrawnOn(ctx, CLOSED, owner), withdrawnOn(ctx, CLOSED, owner)];
		mark();
		steps(on(ctx, DUE), held.id, owner, 'legal_hold_begun');
		expect(lists(registrar)).toMatchObject({ due: [{ reference: gone.reference }], held: [{ reference: held.reference }] });
		expect(afterwards.keptWork(laterAs(registrar, DUE))).toMatchObject([{ count: 1 }]);
		expect(() => afterwards.proposeDestruction(laterAs(owner, DUE), held.reference, { seen: seenIn(held.id) })).toThrow('A legal hold');
		destroy(gone);
		expect(() => say(ctx, gone.id, 'message:2', 'more')).toThrow(Conflict);
		expect(afterwards.keptWork(laterAs(registrar, DUE))).toMatchObject([{ count: 0 }]);
		expect(afterwards.keptWork(laterAs(staff(ctx, 'Mo', 'membership_officer'), DUE))).toEqual([]);
	});

	const destroySecond = ({ id, reference }: { id: string; reference: string }) =>
		afterwards.settleDestruction(laterAs(registrar, DUE), reference, { seen: seenIn(id), result: 'agreed' });

	test('a case kept longer in the meantime is not destroyed', () => {
		const made = withdrawnOn(ctx, CLOSED, owner);
		mark();
		afterwards.proposeDestruction(laterAs(owner, DUE), made.reference, { seen: seenIn(made.id) });
		afterwards.retainConcern(laterAs(registrar, DUE), made.reference, { seen: seenIn(made.id), because: 'asked_by_a_side', untilOn: '2031-01-01' });
		expect(() => destroySecond(made)).toThrow(Conflict);
		for (const untilOn of [DUE, '2099-01-01'])
			expect(() =>
				afterwards.retainConcern(laterAs(registrar, '2031-02-01'), made.reference, { seen: seenIn(made.id), because: 'another_case', untilOn }),
			).toThrow(Invalid);
	});
});

test('whom a case ties to it, or who stepped back, finds no line of it; others than those who look after data find no list', () => {
	const made = withdrawnOn(ctx, CLOSED, owner, { about: registrar });
	mark();
	expect(lists(registrar)).toEqual({ due: [], retained: [], held: [], destroyed: [] });
	expect(() => afterwards.keptConcern(laterAs(registrar, DUE), made.reference)).toThrow(NotFound);
	expect(() => afterwards.keptConcern(laterAs(registrar, DUE), 'CON-2020-9999')).toThrow(NotFound);
	expect(lists(owner).due).toHaveLength(1);
	const others = ['membership_officer', 'administrator', 'committee', 'lay_panel_member', 'finance'] as const;
	for (const role of others) expect(() => lists(staff(ctx, `One${role}`, role))).toThrow(Forbidden);
	expect(() => lists(reviewer(ctx, 'Uma', '2030-01-01'))).toThrow(Forbidden);
});

import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import type { Role } from '#core/roles.ts';
import { openCase, sightOf } from '#features/complaints/sight.ts';
import { standingOf, takeStep } from '#features/complaints/step.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
});

describe('a case that waits for an officer', () => {
	test('is known to complaints officers, who must first say what ties them to it', () => {
		const { reference } = aConcern(ctx);
		const officer = someone('Olga', 'complaints_officer');
		expect(sightOf(officer.ctx, reference)).toMatchObject({ isUnowned: true, isGateShut: true });
		expect(() => openCase(officer.ctx, reference, 'case')).toThrow(NotFound);
	});

	test.each<Role>([
		'member',
		'assessor',
		'committee',
		'auditor',
		'membership_officer',
		'lay_panel_member',
		'registrar',
		'finance',
		'administrator',
		'external_reviewer',
	])('does not exist for somebody who is %s', (role) => {
		const { reference } = aConcern(ctx);
		expect(() => sightOf(someone('Nobody', role).ctx, reference)).toThrow(new NotFound('There is no such case.'));
	});

	test('does not exist for an officer without a second step', () => {
		const { reference } = aConcern(ctx);
		const { ctx: one } = someone('Olga', 'complaints_officer');
		const weak = { ...one, actor: { ...one.actor, level: 1 } as Ctx['actor'] };
		expect(() => sightOf(weak, reference)).toThrow(NotFound);
	});
});

describe('a case about a complaints officer', () => {
	test('does not exist for them, nor for those of their own circle, whether it waits or they were let in', () => {
		const officer = someone('Olga', 'complaints_officer');
		const colleague = someone('Carl', 'complaints_officer');
		sharePractice(officer, colleague);
		const { id, reference } = aConcern(ctx, { about: officer });
		for (const { ctx: theirs } of [officer, colleague]) expect(() => sightOf(theirs, reference)).toThrow(NotFound);
		for (const one of [officer, colleague]) expect(() => letIn(ctx, id, one, 'owner')).toThrow('own circle');
	});

	test('does not exist for an officer who raised it', () => {
		const officer = someone('Olga', 'complaints_officer');
		const { reference } = aConcern(ctx, { by: officer });
		expect(() => sightOf(officer.ctx, reference)).toThrow(NotFound);
	});

	test('goes dark for somebody who was let in before anybody knew who it is about', () => {
		const officer = someone('Olga', 'complaints_officer');
		const { id, reference } = aConcern(ctx);
		letIn(ctx, id, officer, 'owner');
		expect(openCase(officer.ctx, reference, 'case').text('statement')).toBe('what happened');
		ctx.db.sql.prepare('UPDATE concern SET respondent_id = ? WHERE id = ?').run(officer.id, id);
		expect(() => openCase(officer.ctx, reference, 'case')).toThrow(NotFound);
		const step = () =>
			commit(officer.ctx, { name: 'test' }, (tx) => takeStep(tx, standingOf(ctx.db, id), 'acknowledged', { side: 'office', personId: officer.id }));
		expect(step).toThrow('own circle');
	});
});

describe('whoever was let in', () => {
	test('opens it once they have declared, and each opening is on record', () => {
		const { id, reference } = aConcern(ctx);
		const officer = someone('Olga', 'complaints_officer');
		letIn(ctx, id, officer, 'owner');
		openCase(officer.ctx, reference, 'case');
		openCase(officer.ctx, reference, 'message:1');
		const reads = ctx.db.sql.prepare('SELECT person_id, capacity, what FROM concern_read ORDER BY rowid').all();
		expect(reads).toEqual([
			{ person_id: officer.id, capacity: 'owner', what: 'case' },
			{ person_id: officer.id, capacity: 'owner', what: 'message:1' },
		]);
		expect(() => ctx.db.sql.prepare('DELETE FROM concern_read').run()).toThrow('is kept');
		expect(() => ctx.db.sql.prepare("UPDATE concern_read SET what = 'nothing'").run()).toThrow('never changed');
		expect(verifyAudit(ctx.db, ctx.keys.audit)).toMatchObject({ ok: true });
	});

	test('sees nothing any more once their time is over', () => {
		const { id, reference } = aConcern(ctx);
		const panellist = someone('Pia', 'lay_panel_member');
		letIn(ctx, id, panellist, 'panel', { days: 10 });
		expect(sightOf(panellist.ctx, reference).accesses).toHaveLength(1);
		const later = { ...panellist.ctx, now: ctx.now + 10 * 86_400_000 };
		expect(() => sightOf(later, reference)).toThrow(NotFound);
	});

	test('and stepped back does not come back', () => {
		const { id, reference } = aConcern(ctx);
		const officer = someone('Olga', 'complaints_officer');
		letIn(ctx, id, officer, 'caseworker');
		ctx.db.sql.prepare("UPDATE concern_access SET ended_at = 1, end_reason = 'recused'").run();
		expect(() => sightOf(officer.ctx, reference)).toThrow(NotFound);
		expect(() => letIn(ctx, id, officer, 'owner')).toThrow('does not come back');
	});
});

test('nobody breaks the glass for longer than two hours, whatever asks the database', () => {
	const { id } = aConcern(ctx);
	const administrator = someone('Adam', 'administrator');
	expect(() => letIn(ctx, id, administrator, 'break_glass', { days: 1 })).toThrow('CHECK');
});

test('a concern is neither accepted nor turned away without a lay screener, whatever asks the database', () => {
	const { id } = aConcern(ctx);
	const [owner, lay] = [someone('Olga', 'complaints_officer'), someone('Lars', 'lay_panel_member')];
	const take = (kind: 'assigned' | 'accepted') =>
		commit(ctx, { name: 'test' }, (tx) => takeStep(tx, standingOf(ctx.db, id), kind, { side: 'office', personId: owner.id }, { owner: owner.id }));
	take('assigned');
	expect(() => take('accepted')).toThrow('a lay screener takes part');
	letIn(ctx, id, owner, 'owner');
	letIn(ctx, id, lay, 'lay_screener');
	const propose = `INSERT INTO concern_proposal (id, concern_id, kind, data, proposed_by, proposed_at, settled_by, settled_at, result)
		VALUES ('p', ?, 'accepted', '{}', ?, 1, ?, 2, 'agreed')`;
	expect(() => ctx.db.sql.prepare(propose).run(id, owner.id, owner.id)).toThrow('CHECK');
	ctx.db.sql.prepare(propose).run(id, owner.id, lay.id);
	take('accepted');
	expect(standingOf(ctx.db, id).state.phase).toBe('preliminary');
});

test('no word of anybody stands in the tables, the audit or the log of the database', () => {
	const { id } = aConcern(ctx, { words: 'canary-word-of-a-narrative' });
	expect(openTextOf(id)).toBe(1);
	for (const { name } of ctx.db.sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'").all() as { name: string }[])
		expect(JSON.stringify(ctx.db.sql.prepare(`SELECT * FROM "${name}"`).all())).not.toContain('canary-word');
});

function openTextOf(id: string): number {
	return ctx.db.sql.prepare('SELECT count(*) FROM vault_text WHERE vault_id = ?').pluck().get(id) as number;
}

function someone(name: string, role: Role): Someone {
	return aPerson(ctx, name, { roles: [role] });
}

function sharePractice(a: Someone, b: Someone): void {
	const text = `INSERT INTO practice_place (id, person_id, position, practice_name, town, district, nation, latitude, longitude, precision)
		VALUES (?, ?, 0, ?, ?, 'BS1', 'england', 51, -2, 'town')`;
	for (const { id } of [a, b]) ctx.db.sql.prepare(text).run(`place-${id}`, id, 'The Harbour Practice', 'Bristol');
}

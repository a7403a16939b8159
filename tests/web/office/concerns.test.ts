import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Role } from '#core/roles.ts';
import { STAFF_ROLES } from '#core/roles.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { textOf } from '#tests/helpers/html.ts';
import { become } from '#tests/helpers/person.ts';
import { type Site, startSite, TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import { as, colleague } from '#tests/helpers/upkeep.ts';
import * as concerns from '../records/concerns.ts';
import { type Scene, sceneOn } from '../records/scene.ts';

let site: Site;
let scene: Scene;
beforeAll(async () => {
	site = await startSite({ JOBS: 'outside' });
	scene = sceneOn(site);
});
afterAll(() => site.stop());

const PARTS = ['', '/access', '/declare', '/take-on', '/message', '/let-in'];
/** Who they are to the case: a side, a witness, somebody who stepped back, somebody whose time is over, nobody. */
const RELATIONS = ['side', 'named', 'stepped_back', 'over', 'stranger'] as const;

const REVIEWER = `INSERT INTO role_grant (id, person_id, role, from_on, to_on, granted_by, reason)
	VALUES (?, ?, 'external_reviewer', '2000-01-01', '2099-12-31', 'test', 'test')`;

/** A case in which somebody of a role is something; an owner has it, so that it waits for nobody. */
function caseFor(role: Role, relation: (typeof RELATIONS)[number]): { id: string; reference: string } {
	const ctx = siteCtx(site);
	// A reviewer from outside always has a last day: theirs stands beside another role.
	const isReviewer = role === 'external_reviewer';
	const id = colleague(ctx.db, `${role}${relation}`, isReviewer ? 'auditor' : role);
	if (isReviewer) ctx.db.sql.prepare(REVIEWER).run(newId(), id);
	const someone = { id, ctx: as(ctx, id, [role], TODAY) };
	const ownerId = colleague(ctx.db, `Owner${role}${relation}`, 'complaints_officer');
	const made = aConcern(someone.ctx, { about: relation === 'side' ? someone : null, words: 'a-canary-narrative' });
	const { sql } = ctx.db;
	letIn(someone.ctx, made.id, { id: ownerId, ctx }, 'owner');
	sql.prepare("UPDATE concern SET phase = 'triage' WHERE id = ?").run(made.id);
	if (relation === 'named')
		sql.prepare("INSERT INTO concern_party (id, concern_id, kind, person_id, added_at) VALUES (?, ?, 'witness', ?, 0)").run(newId(), made.id, id);
	if (relation === 'stepped_back' || relation === 'over') {
		letIn(someone.ctx, made.id, someone, 'adviser');
		const reason = relation === 'over' ? 'over' : 'recused';
		sql.prepare('UPDATE concern_access SET ended_at = 1, end_reason = ? WHERE person_id = ?').run(reason, id);
	}
	sql.close();
	return { id, reference: made.reference };
}

test.each(STAFF_ROLES)('for a %s a case they were not let into is as one that never was, whatever they are to it', async (role) => {
	for (const relation of RELATIONS) {
		const { id, reference } = caseFor(role, relation);
		const visitor = await become(site, id);
		const told = async (one: string, part: string) => {
			const answer = await visitor.get(`/office/concerns/${one}${part}`);
			return { status: answer.status, text: textOf(await answer.text()).replaceAll(one, '') };
		};
		for (const part of PARTS) {
			const [is, none] = [await told(reference, part), await told('CON-2020-9999', part)];
			expect([role, relation, part, is.status]).toEqual([role, relation, part, 404]);
			expect(is.text.replaceAll(/[0-9a-f-]{8,}/g, '')).toBe(none.text.replaceAll(/[0-9a-f-]{8,}/g, ''));
			expect((await visitor.post(`/office/concerns/${reference}${part || '/declare'}`, { seen: '2' })).status).toBe(part === '/access' ? 405 : 404);
		}
		for (const list of ['/office/concerns', '/office']) expect(textOf(await (await visitor.get(list)).text())).not.toContain(reference);
	}
});

test('its owner reads it, writes to who raised it, and sees on the next page who read what', async () => {
	const reference = await scene.made(concerns.taken);
	const at = `/office/concerns/${reference}`;
	const read = async (path: string) => textOf(await (await (await scene.be(concerns.officer)).get(path)).text());
	expect(await read('/office/concerns')).toContain(reference);
	expect(await read(at)).toContain('What happened to me.');
	expect(await scene.send(concerns.officer, `${at}/acknowledge`, { told: 'Thank you, it arrived.' })).toContain('done=acknowledge');
	const page = await read(at);
	for (const words of ['Thank you, it arrived.', 'Say that it arrived', 'Kept']) expect(page).toContain(words);
	expect(await read(`${at}/access`)).toContain('The whole case');
	const empty = await (await scene.be(concerns.officer)).post(`${at}/ask`, { seen: '4', told: '' });
	expect(empty.status).toBe(422);
});

test('a gate stands before a case that waits: names and no words', async () => {
	const at = `/office/concerns/${await scene.made(concerns.waiting)}`;
	const officer = await scene.be(concerns.officer);
	expect((await officer.get(at)).headers.get('location')).toBe(`${at}/declare`);
	const gate = textOf(await (await officer.get(`${at}/declare`)).text());
	expect(gate).toContain('Does anything tie you');
	expect(gate).not.toContain('what happened');
});

import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { afterwards, casework } from '#features/complaints/index.ts';
import { noteRead } from '#features/complaints/sight.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { aConcern, letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { laterAs, steps } from './after-scene.ts';

const TODAY = '2026-11-23';
let ctx: Ctx;
let owner: Someone;
let therapist: Someone;
let made: { id: string; reference: string };

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
	owner = staff(ctx, 'Olga', 'complaints_officer');
	staff(ctx, 'Lars', 'lay_panel_member');
	therapist = aPerson(ctx, 'Tess');
	made = aConcern(ctx, { about: therapist });
	letIn(ctx, made.id, owner, 'owner');
});

const mine = () => afterwards.readsForComplainant({ ...ctx, actor: { kind: 'public' } }, made.id);
const theirs = () => afterwards.readsForRespondent(laterAs(therapist, TODAY), made.reference);
const note = (capacity: string, what: string, personId: string | null = null) => noteRead(ctx, { concernId: made.id, personId, capacity, what });

function file(lane: string): string {
	const id = newId();
	const text = `INSERT INTO concern_file (id, concern_id, lane, kind, type, bytes, sha256, sealed_sha256, added_at) VALUES (?, ?, ?, 'evidence', 'application/pdf', 1, ?, ?, 1)`;
	ctx.db.sql.prepare(text).run(id, made.id, lane, 'a'.repeat(64), `${lane.padEnd(60, '0')}0000`);
	return id;
}

const disclose = () => steps(ctx, made.id, owner, ['assigned', { owner: owner.id }], 'acknowledged', 'accepted', 'disclosed');

test('each side is told who opened what is theirs, by day: officers by name, panel members by what they are', () => {
	disclose();
	const panellist = staff(ctx, 'Petra', 'lay_panel_member');
	casework.caseView(laterAs(owner, TODAY), made.reference);
	casework.caseView(laterAs(owner, TODAY), made.reference);
	note('panel', 'case', panellist.id);
	for (const reads of [mine(), theirs()]) {
		expect(reads).toContainEqual({ on: TODAY, as: 'Owner of the case', who: 'Olga Example', what: 'Everything in the case', times: 2 });
		expect(reads).toContainEqual({ on: TODAY, as: 'Panel member', who: null, what: 'Everything in the case', times: 1 });
		expect(JSON.stringify(reads)).not.toContain('Petra');
	}
});

test('neither is told of what the other gave, opened, or is', () => {
	disclose();
	const [ours, others] = [file('complainant'), file('respondent')];
	for (const id of [ours, others, file('office')]) note('investigator', `file:${id}`, owner.id);
	note('complainant', 'tracker');
	note('respondent', 'own', therapist.id);
	note('representative', 'own', therapist.id);
	const words = (reads: ReturnType<typeof mine>) => reads.map(({ as, what }) => `${as}: ${what}`);
	expect(words(mine())).toEqual(['You, with your key: Your page', 'Investigator: A document of yours']);
	expect(words(theirs())).toEqual(['Who speaks for you: Your page', 'You: Your page', 'Investigator: A document of yours']);
	expect(JSON.stringify(mine())).not.toContain('Tess');
});

test('the office’s own papers are not theirs, and that they asked is on record', () => {
	disclose();
	for (const what of ['access', 'proposal:1', 'letter:1', 'act:close', 'order:1', 'learning:1']) note('owner', what, owner.id);
	expect([mine(), theirs()]).toEqual([[], []]);
	expect(ctx.db.sql.prepare("SELECT capacity FROM concern_read WHERE what = 'reads' ORDER BY capacity").pluck().all()).toEqual(['complainant', 'respondent']);
});

test('a therapist who was not told of the case, and everybody else, asks in vain', () => {
	expect(theirs).toThrow(NotFound);
	disclose();
	expect(() => afterwards.readsForRespondent(laterAs(aPerson(ctx, 'Ned'), TODAY), made.reference)).toThrow(NotFound);
	expect(() => afterwards.readsForRespondent(laterAs(owner, TODAY), made.reference)).toThrow(NotFound);
	expect(theirs()).toEqual([]);
});

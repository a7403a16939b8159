import fc from 'fast-check';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { isExpected } from '#core/errors.ts';
import { openText } from '#core/vault.ts';
import { packs } from '#features/complaints/index.ts';
import { aPerson, type Someone } from '#tests/helpers/application.ts';
import { staff } from '#tests/helpers/committee.ts';
import { madePack, packOf } from '#tests/helpers/concern-packs.ts';
import { inPreparation } from '#tests/helpers/concern-scene.ts';
import { letIn } from '#tests/helpers/concerns.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let ctx: Ctx;
beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), '2026-11-23');
	onTestFinished(() => void ctx.db.sql.close());
});

const ACTS = ['cover', 'uncover', 'choose', 'send', 'approve', 'send back', 'give', 'drop'] as const;
const act = fc.record({
	kind: fc.constantFrom(...ACTS, 'send', 'approve', 'approve', 'give', 'give'),
	by: fc.nat(3),
	from: fc.nat(20),
	length: fc.integer({ min: 1, max: 12 }),
	isStale: fc.nat(5),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

test('whatever four people try in whatever order, nobody approves their own, and only what was approved is given, as it was approved', {
	timeout: 90_000,
}, () => {
	const owner = staff(ctx, 'Olga', 'complaints_officer');
	const lay = staff(ctx, 'Lars', 'lay_panel_member');
	const helper = staff(ctx, 'Hal', 'complaints_officer');
	const stranger = staff(ctx, 'Sam', 'complaints_officer');
	const everybody = [owner, lay, helper, stranger];
	const ends = new Set<string>();
	fc.assert(
		fc.property(fc.array(act, { minLength: 8, maxLength: 24 }), (acts) => {
			const { id, reference } = inPreparation(ctx, { owner, lay, about: aPerson(ctx, 'Tess'), words: 'I live at 4 Mill Lane with my sister.' });
			letIn(ctx, id, helper, 'caseworker');
			const no = madePack(owner, reference, { side: 'complainant', keys: ['statement'] });
			const touched = new Set([owner.id]);
			for (const tried of acts) {
				const before = packOf(owner, reference, no);
				const who = everybody[tried.by] as Someone;
				const done = attempt(() => take(who, reference, before, tried));
				const after = packOf(owner, reference, no);
				if (!done) expect(after).toEqual(before);
				if (done && ['cover', 'uncover', 'choose'].includes(tried.kind)) touched.add(who.id);
				const state = packs.stateOfPack(after);
				if (state === 'approved' || state === 'given') {
					expect(touched.has(after.checkedBy ?? '')).toBe(false);
					expect(after.checkedBy).not.toBe(stranger.id);
				}
				if (state === 'given') expect(packs.stateOfPack(before) === 'approved' || packs.stateOfPack(before) === 'given').toBe(true);
				if (['waits', 'approved', 'given'].includes(state)) {
					const [item] = packs.itemViews(ctx, after);
					expect(openText(ctx, id, `pack:${after.id}:${item?.n}`)).toBe(JSON.stringify(item?.parts));
				} else if (state !== 'dropped') expect(openText(ctx, id, `pack:${after.id}:1`)).toBe(null);
			}
			ends.add(packs.stateOfPack(packOf(owner, reference, no)));
			ctx.db.sql.prepare('UPDATE concern_pack SET dropped_at = 1 WHERE concern_id = ? AND given_at IS NULL').run(id);
		}),
		{ numRuns: 60, seed: 5 },
	);
	expect([...ends].sort()).toEqual(expect.arrayContaining(['approved', 'given', 'open', 'waits']));
});

function take(who: Someone, reference: string, pack: packs.PackRow, { kind, from, length, isStale }: Act): void {
	const of = { no: pack.no, version: isStale === 0 ? pack.version - 1 : pack.version };
	const marks = packs.differencesOf(packs.itemViews(ctx, pack)).map(({ id }) => id);
	if (kind === 'cover') packs.coverHits(who.ctx, reference, { ...of, hits: [`1:${from}:${from + length}`], because: 'safety' });
	if (kind === 'uncover') packs.uncover(who.ctx, reference, { ...of, marks });
	if (kind === 'choose') packs.chooseItems(who.ctx, reference, { ...of, items: ['statement'] });
	if (kind === 'send') packs.sendPack(who.ctx, reference, of);
	if (kind === 'approve') packs.checkPack(who.ctx, reference, { ...of, result: 'approved', words: '', saw: true });
	if (kind === 'send back') packs.checkPack(who.ctx, reference, { ...of, result: 'sent_back', words: 'Again.', saw: true });
	if (kind === 'give') packs.givePack(who.ctx, reference, of);
	if (kind === 'drop') packs.dropPack(who.ctx, reference, of);
}

function attempt(work: () => void): boolean {
	try {
		work();
		return true;
	} catch (error) {
		if (isExpected(error)) return false;
		throw error;
	}
}

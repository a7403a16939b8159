import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	changeScaleDraft,
	discardScaleDraft,
	draftScale,
	ownCase,
	publishScale,
	rateRecording,
	ratingScaleOn,
	scaleDifferences,
	scaleDraft,
	scaleDrafts,
	scaleForm,
	scaleTyped,
} from '#features/training/index.ts';
import { asPerson } from '#tests/features/cpd/members.ts';
import { onDay } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { aCase, rating } from './records.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let committee: Ctx;
let id: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	committee = asPerson(system, 'committee-member', 'committee');
	id = draftScale(committee, '2027-1');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const error = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const draft = () => scaleDraft(committee, id);
const typed = (changes: Record<string, string>) => scaleForm.parse({ ...scaleTyped(draft().scale), version: String(draft().version), ...changes });
const inForce = () => ratingScaleOn(system.db, system.today);
const fieldsOf = (changes: Record<string, string>) =>
	scaleForm.safeParse({ ...scaleTyped(draft().scale), version: '1', ...changes }).error?.issues.map(({ path }) => path[0]);

describe('a draft of the scale', () => {
	test('begins as a copy of the one in force, keeps what it holds, and is compared in words', () => {
		expect(scaleDifferences(inForce(), draft().scale)).toEqual([]);
		changeScaleDraft(committee, id, typed({}));
		expect(scaleDifferences(inForce(), draft().scale)).toEqual([]);
		changeScaleDraft(committee, id, typed({ to: '7', pass: '4.5', 'item-0': '', 'item-8': 'Names the focus aloud', 'place-8': '2', 'place-1': '9' }));
		const said = scaleDifferences(inForce(), draft().scale).map(({ label, before, after }) => [label, before, after]);
		expect(said).toEqual([
			['Scores', '1 to 5', '1 to 7'],
			['Passed with an average of', '3.0', '4.5'],
			['Item', 'Keeps to the phase of therapy and its tasks', ''],
			['Item', '', 'Names the focus aloud'],
			['Order of items', expect.stringMatching(/^Keeps the work on/), expect.stringMatching(/Keeps the work on the agreed focal area$/)],
		]);
		expect(draft().scale.items.map(({ key }) => key)).toEqual([
			'names_the_focus_aloud',
			'links',
			'affect',
			'communication',
			'options',
			'alliance',
			'time',
			'focus',
		]);
	});

	test('says beside the field what cannot be taken', () => {
		expect(fieldsOf({ to: '1' })).toContain('to');
		expect(fieldsOf({ pass: '6' })).toEqual(['pass']);
		expect(fieldsOf({ pass: 'three' })).toEqual(['pass']);
		expect(fieldsOf({ 'item-1': 'Keeps to the phase of therapy and its tasks' })).toEqual(['item-1']);
		expect(fieldsOf(Object.fromEntries(inForce().items.map((_, i) => [`item-${i}`, ''])))).toEqual(['item-0']);
	});

	test('of two who save it the second is told; its name is taken; thrown away it is gone', () => {
		const mine = typed({ to: '7' });
		changeScaleDraft(committee, id, typed({ to: '6' }));
		expect(() => changeScaleDraft(committee, id, mine)).toThrow(error(409));
		expect(() => draftScale(committee, '2027-1')).toThrow(error(422, { field: 'name' }));
		discardScaleDraft(committee, id);
		expect(scaleDrafts(committee)).toEqual([]);
		expect(() => draft()).toThrow(error(404));
	});

	test('is for committee and registrar', () => {
		for (const role of ['assessor', 'membership_officer', 'member'] as const)
			expect(() => scaleDrafts(asPerson(system, `a-${role}`, role))).toThrow(error(403));
	});
});

test('published it holds from its day; a recording rated before keeps the scale and the result it had', () => {
	const [tess, sue] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue')];
	const code = aCase(tess, agreed(tess, sue));
	rateRecording(sue.ctx, code, rating(sue.ctx, '01/02/2026', '3'));
	changeScaleDraft(committee, id, typed({ pass: '4.0', to: '6' }));
	const publish = (from: string) => publishScale(committee, id, { from, reason: 'Minute 7', version: draft().version });
	expect(() => publish('2026-11-22')).toThrow(error(422, { field: 'from' }));
	publish('2027-01-01');
	expect([inForce().version, ratingScaleOn(system.db, '2027-01-01').version]).toEqual(['2026-1', '2027-1']);
	const later = onDay(sue.ctx, '2027-01-02');
	rateRecording(later, code, rating(later, '01/03/2026', '3'));
	expect(ownCase(tess.ctx, code).ratings.map(({ scaleVersion, isPass }) => [scaleVersion, isPass])).toEqual([
		['2026-1', true],
		['2027-1', false],
	]);
});

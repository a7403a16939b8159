import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	caseForOffice,
	caseSnapshot,
	caseStanding,
	casesForOffice,
	casesStanding,
	gridOf,
	openCaseForOffice,
	ownCase,
	rateBy,
	rateRecording,
	ratingScaleOn,
	retractRating,
	signReport,
	trainingCasesOf,
	trainingRequirements,
} from '#features/training/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { asPerson } from '../cpd/members.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { aCase, rating, report, status } from './records.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let sue: Someone;
let relation: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	[tess, sue] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue')];
	relation = agreed(tess, sue);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});
const asked = () => trainingRequirements(system.db, system.today);
const DAYS = ['2026-02-02', '2026-03-02', '2026-04-02'];

/** A case with everything that is asked for. */
function complete(changes: Record<string, string> = {}): string {
	const code = aCase(tess, relation, changes);
	for (const day of DAYS) rateRecording(sue.ctx, code, rating(sue.ctx, day));
	signReport(sue.ctx, code, report(sue.ctx));
	return code;
}

describe('how a case stands', () => {
	test('counts sessions supervised, recordings chosen at random and rated, and a passing report, by figures that are data and marked as defaults', () => {
		expect(asked()).toMatchObject({ cases: 4, sessionsPlanned: 16, sessionsSupervised: 12, recordingsRated: 3, recordingsAtRandom: true, isDefault: true });
		const code = aCase(tess, relation, { sessionsSupervised: '11' });
		const standing = () => caseStanding(ownCase(tess.ctx, code), asked());
		expect(standing()).toMatchObject({
			isComplete: false,
			meets: [
				{ key: 'sessions', have: 11, need: 12, isMet: false },
				{ key: 'recordings', have: 0, need: 3 },
				{ key: 'report', isMet: false },
			],
		});
		for (const day of DAYS) rateRecording(sue.ctx, code, rating(sue.ctx, day, '4', { atRandom: day === DAYS[0] ? 'no' : 'yes' }));
		expect(standing().meets[1]).toMatchObject({ have: 2, isMet: false });
		expect(caseStanding(ownCase(tess.ctx, code), { ...asked(), recordingsAtRandom: false, sessionsSupervised: 11 }).meets.map((m) => m.isMet)).toEqual([
			true,
			true,
			false,
		]);
		signReport(sue.ctx, code, report(sue.ctx, { decision: 'further_work', concerns: 'More sessions.' }));
		expect(standing()).toMatchObject({ isPassed: false, isComplete: false });
	});

	test('is complete with all of it, and no longer when a rating is taken back', () => {
		const code = complete();
		expect(caseStanding(ownCase(tess.ctx, code), asked()).isComplete).toBe(true);
		retractRating(sue.ctx, code, ownCase(tess.ctx, code).ratings[0]?.id ?? '', 'Not theirs');
		expect(caseStanding(ownCase(tess.ctx, code), asked())).toMatchObject({ isPassed: true, isComplete: false });
	});

	test('fills a grid with a line for each case asked for, and one more for each beyond', () => {
		complete();
		complete({ focalArea: 'grief' });
		aCase(tess, relation);
		const cases = trainingCasesOf(system.db, tess.id);
		const grid = gridOf(cases, asked());
		expect([grid.words, grid.rows.map((r) => [r.title, r.isComplete, r.focal])]).toEqual([
			'2 of 4 cases complete.',
			[
				['Case 1', true, 'Life change'],
				['Case 2', true, 'Grief'],
				['Case 3', false, 'Life change'],
				['Case 4', false, 'Not begun'],
			],
		]);
		expect(gridOf(cases, { ...asked(), cases: 2 }).rows).toHaveLength(3);
		expect(casesStanding(cases, asked())).toEqual({ complete: 2, need: 4, isMet: false, focalAreas: ['grief', 'role_transition'] });
	});
});

describe('the scale', () => {
	test('passes by its average, to the point, and a rating keeps the version it was made on', () => {
		const scale = ratingScaleOn(system.db, system.today);
		const keys = scale.items.map(({ key }) => key);
		const scores = (low: number) => Object.fromEntries(keys.map((key, i) => [key, i < low ? 2 : i < low * 2 ? 4 : 3]));
		expect(rateBy(scale, scores(4))).toEqual({ averageHundredths: 300, isPass: true });
		expect(rateBy(scale, { ...scores(4), [keys[7] ?? '']: 3 })).toEqual({ averageHundredths: 287, isPass: false });
		const code = aCase(tess, relation);
		rateRecording(sue.ctx, code, rating(sue.ctx, '2026-02-02', '3'));
		const harder = JSON.stringify({ ...scale, version: undefined, passTenths: 40 });
		system.db.sql.prepare("INSERT INTO rule_set (kind, version, from_on, data) VALUES ('rating_scale', '2026-2', '2026-11-01', ?)").run(harder);
		rateRecording(sue.ctx, code, rating(sue.ctx, '2026-03-02', '3'));
		expect(ownCase(tess.ctx, code).ratings.map(({ scaleVersion, isPass }) => [scaleVersion, isPass])).toEqual([
			['2026-1', true],
			['2026-2', false],
		]);
	});
});

describe('who else sees a case', () => {
	test('an assessor’s snapshot holds everything but the supervisor’s address, as plain JSON', () => {
		const code = complete();
		const { id } = ownCase(tess.ctx, code);
		const snapshot = caseSnapshot(system.db, id);
		expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
		expect(snapshot).toMatchObject({
			code,
			supervisor: { name: 'Sue Example', personId: sue.id },
			versions: [{ number: 1, isSigned: true }],
			scales: [{ version: '2026-1' }],
		});
		expect(JSON.stringify(snapshot)).not.toContain('@');
		expect(caseSnapshot(system.db, 'none')).toBeNull();
	});

	test('the office sees that it exists, and opens it only with a reason that is recorded, for that day', () => {
		const code = complete();
		const officer = asPerson(system, aRegistrant(system, 'Nerys').id, 'membership_officer');
		expect(casesForOffice(officer, 1).cases).toMatchObject([{ code, trainee: 'Tess Example', supervisor: 'Sue Example', reportState: 'signed' }]);
		expect(caseForOffice(officer, code).contents).toBeNull();
		openCaseForOffice(officer, code, 'A question from the trainee');
		openCaseForOffice(officer, code, 'A question from the trainee');
		expect(caseForOffice(officer, code).contents).toMatchObject({ code });
		expect(caseForOffice({ ...officer, today: '2026-11-23' }, code).contents).toBeNull();
		expect(system.db.sql.prepare("SELECT reason FROM audit_event WHERE kind = 'training.case_read'").pluck().all()).toContain('A question from the trainee');
		for (const role of ['committee', 'assessor', 'administrator', 'finance'] as const)
			expect(
				status(() => caseForOffice(asPerson(system, officer.requestId, role), code)),
				role,
			).toBe(403);
		for (const who of [tess, sue]) expect(status(() => caseForOffice(asPerson(system, who.id, 'registrar'), code))).toBe(404);
		expect(casesForOffice(asPerson(system, tess.id, 'registrar'), 7)).toEqual({ cases: [], pages: 1, count: 0 });
	});

	test('two files of one person: cases, reports and attendance go over to the file that stays', () => {
		const code = complete();
		const winner = aRegistrant(system, 'Tessa');
		commit(system, { name: 'test' }, (tx) => {
			tx.recorded += 1;
			tx.db.sql
				.prepare("INSERT INTO person_merge (loser_id, winner_id, merged_at, merged_by, reason) VALUES (?, ?, 1, 'x', 'one person')")
				.run(tess.id, winner.id);
			tx.db.sql.prepare('UPDATE supervision_relation SET supervisee_id = ? WHERE supervisee_id = ?').run(winner.id, tess.id);
			tx.db.sql.prepare('UPDATE training_case SET person_id = ? WHERE person_id = ?').run(winner.id, tess.id);
		});
		expect(ownCase(winner.ctx, code)).toMatchObject({ decision: 'passed' });
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	actsOf,
	answerItem,
	askForMore,
	askView,
	criterionAgreement,
	differencesOf,
	digestOfMarks,
	reconcileSheets,
	reconcileView,
	reconciliationsOf,
	saveMarks,
	sealedSheets,
	sealSheet,
	sendAnswers,
	sheetsFor,
	sightOf,
	standingByReference,
} from '#features/accreditation/index.ts';
import {
	type Assessing,
	accepted,
	castOf,
	DECLINING,
	FIXABLE,
	give,
	inAssessment,
	later,
	markAll,
	ownMarks,
	seal,
	seen,
	stateNow,
} from '#tests/helpers/assessing.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let cast: Assessing;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	cast = castOf(system);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const error = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const all = (text: string, ...values: unknown[]) => system.db.sql.prepare(text).all(...values);
const idOf = (reference: string) => standingByReference(system.db, reference).application.id;
const readers = (someone: { ctx: Ctx }, reference: string) => sheetsFor(system.db, sightOf(someone.ctx, reference)).map(({ personId }) => personId);

describe('a sheet', () => {
	test('is read by nobody but its owner before all are sealed, and then all open together', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		markAll(cast.second, reference, { enough: DECLINING });
		seal(cast.lead, reference);
		expect(readers(cast.lead, reference)).toEqual([cast.lead.id]);
		expect(readers(cast.second, reference)).toEqual([cast.second.id]);
		expect(readers(cast.officer, reference)).toEqual([]);
		expect(reconcileView(cast.lead.ctx, reference)).toMatchObject({ differences: [], mayNow: false });
		seal(cast.second, reference, 'decline');
		for (const someone of [cast.lead, cast.second, cast.officer]) expect(readers(someone, reference)).toEqual([cast.lead.id, cast.second.id]);
		expect(reconcileView(cast.lead.ctx, reference).differences).toHaveLength(1);
	});

	test('is never changed once it is sealed, by a page or past it', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		seal(cast.lead, reference);
		expect(() => saveMarks(cast.lead.ctx, reference, 'course', { saw: '', marks: [] })).toThrow(error(409));
		for (const text of [
			"UPDATE accreditation_mark SET words = 'x'",
			'DELETE FROM accreditation_mark',
			"UPDATE accreditation_assessor SET summary = 'x' WHERE sealed_at > 0",
		])
			expect(() => system.db.sql.exec(text)).toThrow('a sealed sheet is never changed');
	});

	test('is sealed once however often the button is pressed', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		const input = { saw: digestOfMarks(ownMarks(cast.lead.ctx, reference)), recommendation: 'award' as const, summary: 'Fine.' };
		sealSheet(cast.lead.ctx, reference, input);
		const steps = seen(system, reference);
		sealSheet(cast.lead.ctx, reference, input);
		expect(seen(system, reference)).toBe(steps);
	});

	test('is not sealed before every criterion is marked, nor against its own marks', () => {
		const reference = inAssessment(cast);
		expect(() => seal(cast.lead, reference)).toThrow(/Your course/);
		markAll(cast.lead, reference, { enough: FIXABLE });
		expect(() => seal(cast.lead, reference, 'award')).toThrow(error(422, { field: 'recommendation' }));
		markAll(cast.lead, reference, { enough: DECLINING });
		expect(() => seal(cast.lead, reference, 'award_with_conditions')).toThrow(error(422, { field: 'recommendation' }));
		markAll(cast.lead, reference);
		expect(() => seal(cast.lead, reference, 'decline')).toThrow(error(422, { field: 'recommendation' }));
	});

	test('keeps what one window saved from another that had not seen it; the same twice is once', () => {
		const reference = inAssessment(cast);
		const marks = [{ section: 'course', criterion: 'enough', mark: 'met' as const, reason: null, words: '' }];
		const saw = digestOfMarks([]);
		saveMarks(cast.lead.ctx, reference, 'course', { saw, marks });
		saveMarks(cast.lead.ctx, reference, 'course', { saw, marks });
		expect(all("SELECT * FROM audit_event WHERE kind = 'accreditation.marked'")).toHaveLength(1);
		const other = [{ ...marks[0], words: 'Else' }] as typeof marks;
		expect(() => saveMarks(cast.lead.ctx, reference, 'course', { saw, marks: other })).toThrow(error(409));
		expect(ownMarks(cast.lead.ctx, reference)).toEqual(marks);
	});
});

describe('when all are sealed', () => {
	test('sheets that agree are reconciled by the system at once', () => {
		const reference = inAssessment(cast);
		for (const someone of [cast.lead, cast.second]) {
			markAll(someone, reference);
			seal(someone, reference);
		}
		expect(stateNow(system, reference)).toMatchObject({ phase: 'panel', recommendation: 'award' });
		expect(reconciliationsOf(system.db, idOf(reference))).toMatchObject([{ no: 1, writtenBy: null, recommendation: 'award', differences: [] }]);
	});

	test('differences are brought together in writing by the lead, and by nobody else', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		markAll(cast.second, reference, { competent: DECLINING });
		seal(cast.lead, reference);
		seal(cast.second, reference, 'decline');
		expect(stateNow(system, reference).phase).toBe('assessment');
		const differences = differencesOf(sealedSheets(system.db, idOf(reference)));
		expect(differences.map(({ criterion, marks }) => [criterion, marks.map(({ mark }) => mark)])).toEqual([['competent', ['met', 'declining']]]);
		const said = {
			recommendation: 'award' as const,
			words: 'We heard the tape again.',
			differences: [{ section: 'cases', criterion: 'competent', mark: 'met' as const, why: 'Heard again.' }],
		};
		const input = { seen: seen(system, reference), ...said };
		expect(() => reconcileSheets(cast.second.ctx, reference, input)).toThrow(error(409));
		expect(() => reconcileSheets(cast.officer.ctx, reference, input)).toThrow(error(404));
		expect(() => reconcileSheets(cast.lead.ctx, reference, { ...input, recommendation: 'decline' })).toThrow(error(422));
		reconcileSheets(cast.lead.ctx, reference, input);
		expect(stateNow(system, reference)).toMatchObject({ phase: 'panel', recommendation: 'award' });
		expect(() => reconcileSheets(cast.lead.ctx, reference, input)).toThrow(error(409));
		expect(all("SELECT kind FROM outbox WHERE kind = 'accreditation.sheets-open'")).toHaveLength(1);
	});

	test('sheets that agree on what can be mended lead to a request for information, its questions there already', () => {
		const reference = inAssessment(cast);
		for (const someone of [cast.lead, cast.second]) {
			markAll(someone, reference, { enough: FIXABLE });
			seal(someone, reference, 'award_with_conditions');
		}
		expect(stateNow(system, reference)).toMatchObject({ phase: 'assessment', recommendation: null });
		expect(all("SELECT kind FROM outbox WHERE kind LIKE 'accreditation.sheets-%'")).toEqual([{ kind: 'accreditation.sheets-agree' }]);
		const acts = actsOf(cast.lead.ctx, sightOf(cast.lead.ctx, reference)).map(({ link }) => link);
		expect(acts).toEqual(['Ask the applicant for what can be mended (1 criterion)', 'Go on without asking, and say why']);
		const { suggested } = askView(cast.lead.ctx, reference);
		expect(suggested).toEqual([{ section: 'course', criterion: 'enough', reason: FIXABLE.reason, question: FIXABLE.words }]);
		const input = { seen: seen(system, reference), words: 'It need not wait.', differences: [] };
		expect(() => reconcileSheets(cast.lead.ctx, reference, { ...input, recommendation: 'decline' })).toThrow(error(422, { field: 'recommendation' }));
		askForMore(cast.lead.ctx, reference, { seen: seen(system, reference), items: suggested });
		expect(stateNow(system, reference)).toMatchObject({ phase: 'waiting_on_applicant', rounds: 1 });
	});

	test('an award with conditions need not wait for what can be mended, when the lead says why', () => {
		const reference = inAssessment(cast);
		for (const someone of [cast.lead, cast.second]) {
			markAll(someone, reference, { enough: FIXABLE });
			seal(someone, reference, 'award_with_conditions');
		}
		const said = { recommendation: 'award_with_conditions' as const, words: 'A condition will do.', differences: [] };
		reconcileSheets(cast.lead.ctx, reference, { seen: seen(system, reference), ...said });
		expect(stateNow(system, reference)).toMatchObject({ phase: 'panel', recommendation: 'award_with_conditions' });
	});

	test('where one says met and the other that it can be mended, the lead brings them together', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		markAll(cast.second, reference, { enough: FIXABLE });
		seal(cast.lead, reference);
		seal(cast.second, reference, 'award_with_conditions');
		expect(all("SELECT kind FROM outbox WHERE kind LIKE 'accreditation.sheets-%'")).toEqual([{ kind: 'accreditation.sheets-open' }]);
		expect(reconcileView(cast.lead.ctx, reference)).toMatchObject({ differences: [{ criterion: 'enough' }], mend: 0 });
	});
});

describe('after an answer', () => {
	test('everyone marks on a fresh sheet that begins with their earlier marks, and the earlier one stays', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference, { enough: FIXABLE });
		markAll(cast.second, reference);
		seal(cast.second, reference);
		const question = { section: 'course', criterion: 'enough', reason: 'evidence_missing', question: 'Please send the certificate.' };
		askForMore(cast.lead.ctx, reference, { seen: seen(system, reference), items: [question] });
		const applicant = later(cast.applicant, 3);
		answerItem(applicant, reference, 1, { answer: 'Here it is.', fileId: '', version: 1 });
		sendAnswers(applicant, reference, seen(system, reference));
		expect(stateNow(system, reference).assessors.every(({ isSealed }) => !isSealed)).toBe(true);
		const rows = all('SELECT end_reason AS ended, sealed_at IS NOT NULL AS sealed FROM accreditation_assessor ORDER BY place, assigned_at, rowid');
		expect(rows).toEqual([
			{ ended: 'superseded', sealed: 0 },
			{ ended: null, sealed: 0 },
			{ ended: 'superseded', sealed: 1 },
			{ ended: null, sealed: 0 },
		]);
		expect(ownMarks(later(cast.lead, 3), reference).find(({ criterion }) => criterion === 'enough')).toMatchObject({ mark: 'fixable', words: FIXABLE.words });
		expect(readers(cast.lead, reference)).toEqual([cast.lead.id, cast.lead.id]);
		for (const someone of [cast.lead, cast.second]) {
			markAll(someone, reference);
			seal(someone, reference);
		}
		expect(stateNow(system, reference).phase).toBe('panel');
		expect(verifyAudit(system.db, system.keys.audit).ok).toBe(true);
	});

	test('somebody whom the record has tied to the applicant since then is let go', () => {
		const reference = inAssessment(cast);
		const question = { section: 'course', criterion: null, reason: 'evidence_missing', question: 'What is missing?' };
		askForMore(cast.lead.ctx, reference, { seen: seen(system, reference), items: [question] });
		const text = `INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, from_on, asked_by, asked_at, agreed_at) VALUES ('r', ?, ?, '2025-01-01', 'supervisee', 0, 0)`;
		system.db.sql.prepare(text).run(cast.applicant.id, cast.second.id);
		answerItem(cast.applicant.ctx, reference, 1, { answer: 'Here.', fileId: '', version: 1 });
		sendAnswers(cast.applicant.ctx, reference, seen(system, reference));
		expect(stateNow(system, reference).assessors.map(({ personId }) => personId)).toEqual([cast.lead.id]);
	});
});

describe('blind second marking', () => {
	test('is drawn by a seed that stands in the step, so that anybody can repeat it', async () => {
		const { isDrawn } = await import('#features/accreditation/index.ts');
		const share = (percent: number) => Array.from({ length: 4000 }, (_, i) => isDrawn('seed', `a${i}`, percent)).filter(Boolean).length / 4000;
		expect([share(0), share(100)]).toEqual([0, 1]);
		expect(Math.abs(share(10) - 0.1)).toBeLessThan(0.02);
		expect(isDrawn('x', 'y', 50)).toBe(isDrawn('x', 'y', 50));
	});

	test('wants a second assessor for a route of one, who marks without knowing more than the first', () => {
		system.db.sql.exec("DELETE FROM rule_set WHERE version = 'test-1'");
		const single = castOf(system, () => ({ assessors: 1 }));
		system.db.sql.exec("UPDATE rule_set SET data = json_set(data, '$.blindPercent', 100) WHERE version = 'test-1'");
		const reference = accepted(single);
		const step = standingByReference(system.db, reference).steps.at(-1);
		expect(step?.data).toMatchObject({ blind: true, seed: expect.stringMatching(/^[0-9a-f]{16}$/) });
		give(single, reference, single.lead);
		give(single, reference, single.second);
		expect(stateNow(system, reference).assessors.map(({ place, isBlind }) => [place, isBlind])).toEqual([
			[1, false],
			[2, true],
		]);
	});
});

describe('agreement', () => {
	test('is seen whole by the head, and by assessors only where they were one of two', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		markAll(cast.second, reference, { competent: DECLINING });
		seal(cast.lead, reference);
		seal(cast.second, reference, 'decline');
		expect(criterionAgreement(cast.head.ctx, 'all')).toEqual([]);
		const differences = [{ section: 'cases', criterion: 'competent', mark: 'met' as const, why: 'Heard again.' }];
		reconcileSheets(cast.lead.ctx, reference, { seen: seen(system, reference), recommendation: 'award', words: 'Together.', differences });
		const shares = criterionAgreement(cast.head.ctx, 'all').map(({ criterion, share, pairs }) => [criterion, share, pairs]);
		expect(shares).toEqual([
			['competent', 0, 1],
			['complete', 1, 1],
			['enough', 1, 1],
		]);
		expect(criterionAgreement(cast.lead.ctx, 'own')).toHaveLength(3);
		expect(criterionAgreement(cast.third.ctx, 'own')).toEqual([]);
		expect(() => criterionAgreement(cast.lead.ctx, 'all')).toThrow(error(403));
		expect(() => criterionAgreement(cast.officer.ctx, 'all')).toThrow(error(403));
	});
});

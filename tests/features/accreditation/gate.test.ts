import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import {
	applicationsWork,
	assessorsFor,
	assignAssessor,
	declareAtGate,
	happenings,
	interestsIn,
	officerSight,
	queueFilterFrom,
	queueOf,
	readApplicantsFile,
	readApplicationFile,
	replaceAssessor,
	saveMarks,
	sightOf,
	standingByReference,
} from '#features/accreditation/index.ts';
import type { Someone } from '#tests/helpers/application.ts';
import { type Assessing, accepted, castOf, give, inAssessment, markAll, seal, seen, stateNow } from '#tests/helpers/assessing.ts';
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

const one = (text: string, ...values: unknown[]) =>
	system.db.sql
		.prepare(text)
		.pluck()
		.get(...values);
const error = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const supervises = (supervisor: Someone, supervisee: Someone) =>
	system.db.sql
		.prepare(
			`INSERT INTO supervision_relation (id, supervisee_id, supervisor_id, from_on, asked_by, asked_at, agreed_at) VALUES (?, ?, ?, '2025-01-01', 'supervisee', 0, 0)`,
		)
		.run(newId(), supervisee.id, supervisor.id);
const queueRefs = (ctx: Ctx, query = '') => queueOf(ctx, queueFilterFrom(new URLSearchParams(query), 'all')).lines.map(({ reference }) => reference);

describe('before a file opens', () => {
	test('its assessor sees whose it is and nothing else, and every later opening is an event', () => {
		const reference = accepted(cast);
		give(cast, reference, cast.lead);
		expect(readApplicationFile(cast.lead.ctx, reference).isGateShut).toBe(true);
		expect(one("SELECT count(*) FROM audit_event WHERE kind = 'accreditation.file_read'")).toBe(0);
		expect(() => saveMarks(cast.lead.ctx, reference, 'course', { saw: '', marks: [] })).toThrow(error(404));
		declareAtGate(cast.lead.ctx, reference, { declared: 'none', words: '' });
		expect(readApplicationFile(cast.lead.ctx, reference).isGateShut).toBe(false);
		expect(readApplicationFile(cast.officer.ctx, reference).isOfficer).toBe(true);
		expect(one("SELECT count(*) FROM audit_event WHERE kind = 'accreditation.file_read'")).toBe(2);
	});

	test('something small is said in words, and said twice it is noted once', () => {
		const reference = accepted(cast);
		give(cast, reference, cast.lead);
		expect(() => declareAtGate(cast.lead.ctx, reference, { declared: 'minor', words: '' })).toThrow(error(422, { field: 'words' }));
		declareAtGate(cast.lead.ctx, reference, { declared: 'minor', words: 'The same training group in 2019.' });
		declareAtGate(cast.lead.ctx, reference, { declared: 'minor', words: 'The same training group in 2019.' });
		expect(one("SELECT count(*) FROM audit_event WHERE kind = 'accreditation.interest_declared'")).toBe(1);
		expect(one("SELECT count(*) FROM audit_event WHERE data LIKE '%training group%'")).toBe(0);
		expect(() => declareAtGate(cast.lead.ctx, reference, { declared: 'none', words: '' })).toThrow(error(409));
	});

	test('nobody opens it who was not given it, whatever their role', () => {
		const reference = inAssessment(cast);
		for (const someone of [cast.third, cast.applicant]) expect(() => sightOf(someone.ctx, reference)).toThrow(error(404));
		expect(() => sightOf(cast.officer.ctx, 'ACC-2026-9999')).toThrow(error(404));
		const oneStep = { ...cast.lead.ctx, actor: { ...cast.lead.ctx.actor, level: 1 } } as Ctx;
		expect(() => sightOf(oneStep, reference)).toThrow(error(404));
	});
});

describe('whoever steps back', () => {
	test('knows nothing of the application any more: not in the queue, the counts, the file, its files, nor by another role', async () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		expect(queueRefs(cast.lead.ctx)).toEqual([reference]);
		declareAtGate(cast.lead.ctx, reference, { declared: 'recuse', words: 'We are related.' });
		const alsoOfficer = { ...cast.lead.ctx, actor: { ...cast.lead.ctx.actor, roles: ['assessor', 'membership_officer', 'registrar'] } } as Ctx;
		for (const ctx of [cast.lead.ctx, alsoOfficer]) {
			expect(queueRefs(ctx)).toEqual([]);
			expect(applicationsWork(ctx).map(({ count }) => count)).toEqual(applicationsWork(ctx).map(() => 0));
			for (const look of [sightOf, readApplicationFile, officerSight, declareAgain]) expect(() => look(ctx, reference)).toThrow(error(404));
			await expect(readApplicantsFile(ctx, reference, 'x')).rejects.toThrow(error(404));
		}
	});

	test('leaves no word of why, and is never written to about it again', () => {
		const reference = inAssessment(cast);
		declareAtGate(cast.lead.ctx, reference, { declared: 'recuse', words: 'We are related.' });
		expect(one("SELECT count(*) FROM audit_event WHERE data LIKE '%related%' OR reason LIKE '%related%'")).toBe(0);
		const leadMail = one('SELECT email FROM person WHERE id = ?', cast.lead.id);
		const before = one('SELECT count(*) FROM outbox WHERE to_address = ?', leadMail);
		give(cast, reference, cast.third);
		declareAtGate(cast.third.ctx, reference, { declared: 'none', words: '' });
		for (const someone of [cast.second, cast.third]) {
			markAll(someone, reference);
			seal(someone, reference);
		}
		expect(one('SELECT count(*) FROM outbox WHERE to_address = ?', leadMail)).toBe(before);
		expect(one('SELECT count(*) FROM outbox WHERE body LIKE ? OR subject LIKE ?', '%Tess%', '%Tess%')).toBe(0);
	});

	test('cannot be given it again, by the page or past it', () => {
		const reference = inAssessment(cast);
		declareAtGate(cast.lead.ctx, reference, { declared: 'recuse', words: '' });
		const sight = officerSight(cast.officer.ctx, reference);
		expect(assessorsFor(system, sight).find(({ personId }) => personId === cast.lead.id)?.barredBecause).toContain('stepped back');
		expect(() => give(cast, reference, cast.lead)).toThrow(error(422, { field: 'person' }));
		const insert = 'INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, 3, ?, 0)';
		expect(() => system.db.sql.prepare(insert).run(newId(), sight.application.id, cast.lead.id, 'x')).toThrow('nobody assesses their own circle');
	});

	test('may do so while the application is on hold, and after having sealed', () => {
		const reference = inAssessment(cast);
		markAll(cast.second, reference);
		seal(cast.second, reference);
		declareAtGate(cast.second.ctx, reference, { declared: 'recuse', words: '' });
		expect(stateNow(system, reference).assessors.map(({ personId }) => personId)).toEqual([cast.lead.id]);
		expect(() => sightOf(cast.second.ctx, reference)).toThrow(error(404));
	});
});

describe('an interest found on record', () => {
	test.each([
		['their supervisor', () => supervises(cast.lead, cast.applicant), 'supervised the applicant'],
		['somebody they supervise', () => supervises(cast.applicant, cast.lead), 'applicant supervised them'],
	])('bars %s from the list, the command and the schema', (_, tie, words) => {
		const reference = accepted(cast);
		tie();
		const sight = officerSight(cast.officer.ctx, reference);
		const barred = assessorsFor(system, sight).find(({ personId }) => personId === cast.lead.id);
		expect(barred?.barredBecause).toContain(words);
		expect(() => give(cast, reference, cast.lead)).toThrow(error(422, { field: 'person' }));
		const insert = 'INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at) VALUES (?, ?, ?, 1, ?, 0)';
		expect(() => system.db.sql.prepare(insert).run(newId(), sight.application.id, cast.lead.id, 'x')).toThrow('nobody assesses their own circle');
		expect(assessorsFor(system, sight).filter(({ barredBecause }) => barredBecause === null)).toHaveLength(2);
	});

	test('that comes up later shuts the file, and keeps the sheet from being sealed past the pages too', () => {
		const reference = inAssessment(cast);
		markAll(cast.lead, reference);
		supervises(cast.lead, cast.applicant);
		expect(() => sightOf(cast.lead.ctx, reference)).toThrow(error(404));
		expect(queueRefs(cast.lead.ctx)).toEqual([]);
		const text = "UPDATE accreditation_assessor SET sealed_at = 1, recommendation = 'award' WHERE person_id = ? AND ended_at IS NULL";
		expect(() => system.db.sql.prepare(text).run(cast.lead.id)).toThrow('nobody assesses their own circle');
		const why = { seen: seen(system, reference), person: cast.lead.id, because: 'replaced' as const, words: 'Found later.' };
		replaceAssessor(cast.officer.ctx, reference, why);
		expect(stateNow(system, reference).assessors.map(({ personId }) => personId)).toEqual([cast.second.id]);
	});

	test('hides an application from an officer too, and one’s own above all', () => {
		const reference = accepted(cast);
		supervises(cast.officer, cast.applicant);
		expect(queueRefs(cast.officer.ctx)).toEqual([]);
		expect(() => officerSight(cast.officer.ctx, reference)).toThrow(error(404));
		const asOfficer = { ...cast.applicant.ctx, actor: { ...cast.applicant.ctx.actor, roles: ['member', 'registrar', 'assessor'] } } as Ctx;
		expect(() => sightOf(asOfficer, reference)).toThrow(error(404));
		expect(queueRefs(cast.head.ctx)).toEqual([reference]);
	});
});

test('somebody without the role is not given an application, and no third takes the place of two', () => {
	const reference = inAssessment(cast);
	expect(() => give(cast, reference, cast.third)).toThrow(error(409));
	const reached = { seen: seen(system, reference), person: cast.officer.id };
	expect(() => assignAssessor(cast.officer.ctx, reference, reached)).toThrow(error(422, { field: 'person' }));
});

test('before the sheets open an assessor is told of no other', () => {
	const reference = inAssessment(cast);
	const told = happenings(cast.lead.ctx, sightOf(cast.lead.ctx, reference));
	expect(told.filter(({ what }) => what === 'Given to an assessor')).toHaveLength(1);
	expect(JSON.stringify(told)).not.toContain('Bea');
	const { application } = standingByReference(system.db, reference);
	expect(interestsIn(system.db, application.id, cast.lead.id)).toEqual(['assessed']);
});

function declareAgain(ctx: Ctx, reference: string): void {
	declareAtGate(ctx, reference, { declared: 'none', words: '' });
}

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	askOutsideBody,
	declineRequest,
	judgeRequest,
	letRequestBe,
	newestRequest,
	officeBounced,
	officeCorrect,
	officeMoreTime,
	officeRequest,
	ownStanding,
	recordByHand,
	requestState,
	sendAnswer,
	sentAnswer,
	standingByReference,
} from '#features/accreditation/index.ts';
import { aPerson, putStandards, type Someone, sentApplication } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { inHand, REFERENCE } from './asked.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let officer: Someone;
let reference: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	putStandards(system);
	tess = aPerson(system, 'Tess');
	officer = aPerson(system, 'Olga', { roles: ['membership_officer'] });
	reference = sentApplication(tess);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const wrong = (status: number, more = {}) => expect.objectContaining({ status, ...more });
const row = () => officeRequest(officer.ctx, reference, 'reference-1').row;
const act = () => ({ reference, request: 'reference-1', version: row().version });
const state = () => standingByReference(system.db, reference).state;
const kinds = (to: string) => system.db.sql.prepare('SELECT kind FROM outbox WHERE to_address = ? ORDER BY rowid').pluck().all(to) as string[];
const BODY = { name: 'University of Leeds', email: 'registry@university.example', about: 'That she finished the course of 2024.' };

describe('the office', () => {
	test('types in what a letter brought: it settles the request as the link would have', () => {
		recordByHand(officer.ctx, act(), { ending: 'answered', words: 'I recommend her.', signedName: 'Rob Referee', files: [] });
		expect(sentAnswer(row())).toMatchObject({ fields: { byHand: 'I recommend her.' }, signedName: 'Rob Referee' });
		expect([row().byHandBy, state().openRequests.length]).toEqual([officer.id, 1]);
		expect(() => recordByHand(officer.ctx, act(), { ending: 'declined', words: '', signedName: '', files: [] })).toThrowError(wrong(409));
	});

	test('asks another body, whose answer settles it; the applicant is not written to', () => {
		expect(askOutsideBody(officer.ctx, reference, BODY)).toBe('outside_body-1');
		expect(() => askOutsideBody(officer.ctx, reference, BODY)).toThrowError(wrong(409));
		const before = system.db.sql.prepare('SELECT count(*) FROM outbox').pluck().get();
		const { nobody, row: asked } = inHand(system, BODY.email);
		sendAnswer(nobody, asked(), { finding: 'confirmed', words: 'Finished 3 July 2024.', position: 'Registrar', signedName: 'Reg Istrar', agree: true });
		expect(system.db.sql.prepare('SELECT count(*) FROM outbox').pluck().get()).toBe(before);
		expect(sentAnswer(asked())?.fields.finding).toBe('confirmed');
		expect(askOutsideBody(officer.ctx, reference, { ...BODY, about: 'Something else.' })).toBe('outside_body-2');
	});

	test('rejects an answer: its place is empty, the applicant names another', () => {
		const { nobody, row: asked } = inHand(system, 'rob@outside.example');
		sendAnswer(nobody, asked(), REFERENCE);
		expect(() => judgeRequest(officer.ctx, act(), { judgement: 'rejected', words: '' })).toThrowError(wrong(422, { field: 'words' }));
		judgeRequest(officer.ctx, act(), { judgement: 'queried', words: 'Is he her brother?' });
		judgeRequest(officer.ctx, act(), { judgement: 'rejected', words: 'He is her brother.' });
		expect(state().wantsAnother).toEqual([row().id]);
		expect(() => judgeRequest(officer.ctx, act(), { judgement: 'accepted', words: '' })).toThrowError(wrong(409));
	});

	test('lets a place be that stays empty: what failed is seen by those who decide', () => {
		const { nobody, row: asked } = inHand(system, 'rob@outside.example');
		declineRequest(nobody, asked(), 'declined');
		letRequestBe(officer.ctx, act(), 'Nobody else knows her work.');
		expect(state()).toMatchObject({ wantsAnother: [], failedRequests: [row().id] });
		expect(() => letRequestBe(officer.ctx, act(), 'Again')).toThrowError(wrong(409));
	});

	test('gives more time, notes that a message came back, and writes to a corrected address', () => {
		officeMoreTime(officer.ctx, act());
		officeMoreTime(officer.ctx, act());
		expect(row().dueOn).toBe('2027-02-01');
		officeBounced(officer.ctx, act());
		expect(kinds(system.settings.organisation.email)).toEqual(['accreditation.request-bounced-office']);
		officeCorrect({ ...officer.ctx, now: system.now + 1000 }, act(), 'robert@outside.example');
		expect([kinds('robert@outside.example'), requestState(row(), '2026-11-23')]).toEqual([['accreditation.request'], 'more_time']);
	});

	test('of two tabs the second is told', () => {
		const stale = act();
		officeMoreTime(officer.ctx, stale);
		expect(() => officeMoreTime(officer.ctx, stale)).toThrowError(wrong(409));
	});
});

describe('nobody else', () => {
	test('reads or settles a request: not its applicant, an assessor, a member of the committee, or an officer of the applicant’s own circle', () => {
		const assessor = aPerson(system, 'Asa', { roles: ['assessor'] });
		const committee = aPerson(system, 'Cora', { roles: ['committee'] });
		const circle = aPerson(system, 'Circe', { roles: ['membership_officer'] });
		const practice = `INSERT INTO practice_place (id, person_id, position, practice_name, town, district, nation, latitude, longitude, precision)
			VALUES (?, ?, 0, 'The Practice', 'Leeds', 'LS1', 'England', 0, 0, 'town')`;
		for (const { id } of [tess, circle]) system.db.sql.prepare(practice).run(`place-${id}`, id);
		const others = [tess, assessor, committee, circle];
		for (const { ctx } of others) {
			expect(() => officeRequest(ctx, reference, 'reference-1')).toThrowError(wrong(404));
			expect(() => askOutsideBody(ctx, reference, BODY)).toThrowError(wrong(404));
			expect(() => judgeRequest(ctx, act(), { judgement: 'accepted', words: '' })).toThrowError(wrong(404));
		}
	});

	test('who was asked about an applicant assesses them: the schema refuses it', () => {
		const referee = aPerson(system, 'Reva', { roles: ['assessor'] });
		const { id } = ownStanding(tess.ctx, reference).application;
		system.db.sql.prepare("UPDATE accreditation_request SET to_person_id = ? WHERE kind = 'reference'").run(referee.id);
		expect(newestRequest(system.db, id, 'reference', 1)?.toPersonId).toBe(referee.id);
		const assign = "INSERT INTO accreditation_assessor (id, application_id, person_id, place, assigned_by, assigned_at) VALUES ('x', ?, ?, 1, 'test', 0)";
		expect(() => system.db.sql.prepare(assign).run(id, referee.id)).toThrowError('own circle');
	});
});

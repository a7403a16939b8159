import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '#core/audit-verify.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import {
	beginApplication,
	draftView,
	eligibilityFor,
	feeStanding,
	keyOf,
	ownApplications,
	ownStanding,
	savedIn,
	saveSection,
	standingByReference,
	submissionsOf,
	submitApplication,
	takeStep,
	withdrawApplication,
} from '#features/accreditation/index.ts';
import { aPerson, filledDraft, nameBoth, onDay, putStandards, type Someone, sentApplication, TEST_STANDARDS } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-23');
	putStandards(system);
	tess = aPerson(system, 'Tess');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

const FITS = { route: 'practitioner', answers: { core: 'yes' }, awardId: null };
const rows = (text: string) => system.db.sql.prepare(text).all();
const mails = () => (rows('SELECT kind FROM outbox ORDER BY rowid') as { kind: string }[]).map(({ kind }) => kind);
const seenOf = (key: string) => ownStanding(tess.ctx, key).seen;
const wrong = (status: number, more = {}) => expect.objectContaining({ status, ...more });

describe('an application begins', () => {
	test('with questions that were answered as the route needs, under the standards of that day', () => {
		const { application, state } = beginApplication(tess.ctx, FITS);
		expect([state.phase, application.standardsVersion, application.dueOn, keyOf(application)]).toEqual(['draft', TEST_STANDARDS, '2027-05-23', 'practitioner']);
		expect(savedIn(system.db, application.id).get('eligibility')?.answers).toEqual({ core: 'yes' });
		expect(beginApplication(tess.ctx, FITS).application.id).toBe(application.id);
	});

	test('not with an answer that does not fit, and then nothing is kept', () => {
		expect(() => beginApplication(tess.ctx, { ...FITS, answers: { core: 'no' } })).toThrowError(wrong(422, { field: 'core', message: 'It needs one.' }));
		expect(rows('SELECT * FROM accreditation_answer')).toEqual([]);
	});

	test('not by somebody who is no member, who holds it already, or who began it', () => {
		const holder = aPerson(system, 'Holly', { award: 'practitioner' });
		expect(() => beginApplication(holder.ctx, FITS)).toThrowError(wrong(409, { message: 'You hold this already.' }));
		system.db.sql.prepare('DELETE FROM membership_period WHERE person_id = ?').run(tess.id);
		expect(eligibilityFor(tess.ctx, 'practitioner').obstacles[0]?.words).toContain('members');
		expect(() => beginApplication(tess.ctx, { ...FITS, route: 'nothing' })).toThrowError(wrong(404));
	});

	test('and keeps its standards when another set is published in the middle of it', () => {
		beginApplication(tess.ctx, FITS);
		const next =
			"INSERT INTO rule_set (kind, version, from_on, data) SELECT 'standards', 'next', '2026-01-01', replace(data, 'Which course?', 'What else?') FROM rule_set WHERE version = ?";
		system.db.sql.prepare(next).run(TEST_STANDARDS);
		expect(ownStanding(tess.ctx, 'practitioner').route.sections[0]?.question).toBe('Which course?');
		const later = aPerson(system, 'Lara');
		expect(beginApplication(later.ctx, FITS).route.sections[0]?.question).toBe('What else?');
	});
});

describe('a draft', () => {
	test('keeps what was typed, complete or not, and of two windows the second is told', () => {
		beginApplication(tess.ctx, FITS);
		const save = (text: string, version: number) => saveSection(tess.ctx, 'practitioner', 'course', { text, chosen: [], files: [], version });
		save('One', 0);
		save('One and two', 1);
		expect(() => save('From another window', 1)).toThrowError(wrong(409));
		const { sections, isComplete } = draftView(tess.ctx, ownStanding(tess.ctx, 'practitioner'));
		expect(sections.map(({ state, saved }) => [state, saved.answers.text])).toEqual([
			['done', 'One and two'],
			['todo', undefined],
		]);
		expect(isComplete).toBe(false);
		expect(sections[1]?.counts).toEqual([{ have: 0, atLeast: 4, isMet: false, words: '0 of 4 supervised cases passed' }]);
	});

	test('is nobody else’s to see, change or send', () => {
		filledDraft(tess);
		const other = aPerson(system, 'Otto');
		const input = { text: 'x', chosen: [], files: [], version: 1 };
		for (const act of [
			() => ownStanding(other.ctx, 'practitioner'),
			() => saveSection(other.ctx, 'practitioner', 'course', input),
			() => submitApplication(other.ctx, 'practitioner', { seen: 1 }),
			() => withdrawApplication(other.ctx, 'practitioner', 1),
		])
			expect(act).toThrowError(wrong(404));
	});

	test('is not sent before every section is done and everybody is named', () => {
		const key = filledDraft(tess);
		const send = () => submitApplication(tess.ctx, key, { seen: seenOf(key) });
		expect(send).toThrowError(wrong(422, { message: 'Name the supervisor who is to write your report.' }));
		saveSection(tess.ctx, key, 'cases', { text: '', chosen: [], files: [], version: 1 });
		expect(send).toThrowError(wrong(422, { message: 'Something is missing in “Your cases”.' }));
	});
});

describe('what is sent', () => {
	test('gets the next reference of the year, is frozen word for word, and asks whoever was named', () => {
		const reference = sentApplication(tess);
		const standing = ownStanding(tess.ctx, reference);
		expect([reference, standing.state.phase, standing.application.turn, standing.application.dueOn]).toEqual([
			'ACC-2026-0001',
			'checks',
			'office',
			'2026-11-30',
		]);
		const [sent] = submissionsOf(system.db, standing.application.id);
		expect(sent).toMatchObject({ no: 1, isIntact: true, declaration: standing.standards.declaration });
		expect(sent?.content.sections.map(({ answer }) => answer)).toEqual(['Words on my course.', 'Words on my cases.']);
		expect(sent?.content.asked.map(({ name }) => name)).toEqual(['Sue Pervisor', 'Rob Referee']);
		expect(mails()).toEqual(['accreditation.request', 'accreditation.request', 'payments.invoice', 'accreditation.sent']);
		expect(standing.state.openRequests).toHaveLength(2);
		expect(sentApplication(aPerson(system, 'Lara'))).toBe('ACC-2026-0002');
		expect(sentApplication(aPerson(onDay(system, '2027-01-04'), 'Mona'))).toBe('ACC-2027-0001');
		expect(verifyAudit(system.db, system.keys.audit).ok).toBe(true);
	});

	test('is sent once by two presses, and refused when something has happened since the page was shown', () => {
		const key = filledDraft(tess);
		nameBoth(tess, key, true);
		expect(() => submitApplication(tess.ctx, key, { seen: 1 })).toThrowError(wrong(409));
		const seen = seenOf(key);
		const reference = submitApplication(tess.ctx, key, { seen });
		expect(submitApplication(tess.ctx, reference, { seen })).toBe(reference);
		expect(rows('SELECT no FROM accreditation_submission')).toHaveLength(1);
		expect(rows('SELECT id FROM invoice')).toHaveLength(1);
		expect(() => saveSection(tess.ctx, reference, 'course', { text: 'Late', chosen: [], files: [], version: 1 })).toThrowError(wrong(409));
	});

	test('counts at once, but is not found complete before its fee is paid or taken back', () => {
		const reference = sentApplication(tess);
		const standing = standingByReference(system.db, reference);
		const { id } = standing.application;
		expect(feeStanding(system, id)).toMatchObject({ state: 'owed', pence: 12_000 });
		const accept = () => commit(system, { name: 'test' }, (tx) => takeStep(tx, standingByReference(system.db, reference), 'accepted'));
		expect(accept).toThrowError(wrong(409));
		system.db.sql.prepare("UPDATE invoice SET voided_at = 1, voided_on = '2026-11-23', void_reason = 'Hardship'").run();
		expect(feeStanding(system, id).state).toBe('waived');
		expect(accept().state.phase).toBe('assessment');
	});

	test('costs less with a reduced fee', () => {
		const grant =
			"INSERT INTO concession (id, person_id, from_on, to_on, reason, granted_at, granted_by) VALUES ('c', ?, '2026-01-01', '2026-12-31', 'Hardship', 0, 'x')";
		system.db.sql.prepare(grant).run(tess.id);
		sentApplication(tess);
		const { concessionPercent } = JSON.parse((rows("SELECT data FROM rule_set WHERE kind = 'fees' ORDER BY from_on DESC LIMIT 1")[0] as { data: string }).data);
		expect(rows('SELECT total_pence AS pence FROM invoice')).toEqual([{ pence: 12_000 - Math.ceil((12_000 * concessionPercent) / 100) }]);
	});
});

describe('taking it back', () => {
	test('is possible once it was sent: who was asked is told, the unpaid invoice is void, what was sent stays', () => {
		const reference = sentApplication(tess);
		withdrawApplication(tess.ctx, reference, seenOf(reference));
		withdrawApplication(tess.ctx, reference, 1);
		expect(ownStanding(tess.ctx, reference).state.phase).toBe('withdrawn');
		expect(rows('SELECT ending FROM accreditation_request')).toEqual([{ ending: 'cancelled' }, { ending: 'cancelled' }]);
		expect(rows('SELECT void_reason IS NOT NULL AS isVoid FROM invoice')).toEqual([{ isVoid: 1 }]);
		expect(mails().slice(-3)).toEqual(['accreditation.request-cancelled', 'accreditation.request-cancelled', 'accreditation.withdrawn']);
		expect(rows('SELECT no FROM accreditation_submission')).toHaveLength(1);
		expect(beginApplication(tess.ctx, FITS).state.phase).toBe('draft');
	});

	test('of a draft deletes what was typed, and a second one may begin', () => {
		const key = filledDraft(tess);
		withdrawApplication(tess.ctx, key, seenOf(key));
		expect([rows('SELECT * FROM accreditation_answer'), ownApplications(tess.ctx)]).toEqual([[], []]);
		expect(beginApplication(tess.ctx, FITS).seen).toBe(1);
	});

	test('loses against a step that came first, in clear words', () => {
		const reference = sentApplication(tess);
		const seen = seenOf(reference);
		const system2 = { ...system };
		commit(system2, { name: 'test' }, (tx) => takeStep(tx, standingByReference(system.db, reference), 'held', { untilOn: '2027-01-01' }));
		expect(() => withdrawApplication(tess.ctx, reference, seen)).toThrowError(wrong(409, { message: expect.stringContaining('Open it again') }));
	});
});

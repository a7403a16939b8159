import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { askForSupervision } from '#features/cpd/index.ts';
import {
	askingToSign,
	askToSign,
	beginCase,
	changeCase,
	deleteCase,
	dropCorrection,
	ownCase,
	ownCases,
	rateRecording,
	retractRating,
	signReport,
	supervisedCase,
	supervisedCases,
} from '#features/training/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { aCase, caseTypedAs, rating, report, status } from './records.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let sue: Someone;
let other: Someone;
let relation: string;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	[tess, sue, other] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue'), aRegistrant(system, 'Otto')];
	relation = agreed(tess, sue);
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});
const rows = (table: string) => system.db.sql.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const raw =
	(text: string, ...values: unknown[]) =>
	() =>
		system.db.sql.prepare(text).run(...values);

describe('a supervised case', () => {
	test('is kept with its facts, once for a form sent twice, and stands in its owner’s list and the supervisor’s', () => {
		const input = caseTypedAs(tess.ctx, relation);
		const code = beginCase(tess.ctx, input);
		expect(beginCase(tess.ctx, input)).toBe(code);
		expect(code).toMatch(/^CASE-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
		expect(ownCases(tess.ctx)).toMatchObject([{ code, place: 1, decision: 'in_progress', reportState: 'none', supervisor: { name: 'Sue Example' } }]);
		expect(ownCase(tess.ctx, code).facts).toEqual(input.facts);
		expect(supervisedCases(sue.ctx).map((one) => [one.code, one.trainee])).toEqual([[code, 'Tess Example']]);
	});

	test.each([
		'Client J.S. began well',
		'She is called Anna',
		'Mrs Example, a teacher',
		'NHS 943 476 5919',
		'Lives at 12 Mill Lane, AB1 2CD',
		'Moved to AB1 2CD',
		'born on 3 March',
		'Hospital no RX123456',
		'Ring 07700 900123',
		'a@b.example',
		'Record 1234567',
	])('is refused when its words hold “%s”, and nothing is kept', (note) => {
		expect(() => aCase(tess, relation, { note })).toThrowError(expect.objectContaining({ status: 422, field: 'note' }));
		expect([rows('training_case'), rows("audit_event WHERE kind LIKE 'training.%'")]).toEqual([0, 0]);
		const code = aCase(tess, relation);
		expect(() => changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { note }))).toThrowError(expect.objectContaining({ field: 'note' }));
		expect(ownCase(tess.ctx, code).facts.note).toBe('Adjusting to becoming a parent.');
	});

	test('names nobody with a title but the two people whose case it is; and them only with a professional’s title, since a client may share the name', () => {
		for (const note of ['Dr Example suggested it', 'As Dr. Sue Example said', 'Prof Example heard it', 'Professor Tess Example wrote'])
			expect(status(() => aCase(tess, relation, { note }))).toBe('done');
		for (const note of ['Dr Jones suggested it', 'Seen by Professor Jones', 'Sister Mary agreed', 'Mr Example is the client', 'Dr Examples', 'Dr Sue Jones'])
			expect(() => aCase(tess, relation, { note })).toThrowError(
				expect.objectContaining({ status: 422, message: expect.stringContaining('the psychiatrist') }),
			);
		const code = aCase(tess, relation);
		expect(status(() => signReport(sue.ctx, code, report(sue.ctx, { strengths: 'Dr Tess Example led it well.' })))).toBe('done');
		expect(status(() => signReport(sue.ctx, code, report(sue.ctx, { strengths: 'Dr Otto Jones led it.', reason: 'Again' })))).toBe(422);
		expect(status(() => aCase(tess, relation, { note: 'The psychiatrist and her sister agreed; the Sister of the ward too' }))).toBe('done');
	});

	test('takes ordinary words about the focus', () => {
		for (const note of [
			'A dispute with a partner about moving house; PHQ-9 from 19 to 7 over 16 sessions in 2026.',
			'Grief after the death of a parent. The client I saw was supported by family. IPT with GAD-7 12 to 5.',
			'Becoming a parent, on maternity leave since January 2026.',
		])
			expect(status(() => aCase(tess, relation, { note }))).toBe('done');
	});

	test.each([
		['sessionsSupervised', { sessionsSupervised: '17' }],
		['recordingsMade', { recordingsMade: '17' }],
		['sessionsPlanned', { sessionsPlanned: '0' }],
		['beganOn', { beganOn: '31/02/2026' }],
		['beganOn', { beganOn: '01/01/2027', endedOn: '', ending: '' }],
		['endedOn', { endedOn: '01/01/2026' }],
		['ending', { ending: '' }],
		['endedOn', { endedOn: '' }],
		['first1', { first1: '28' }],
		['last1', { last1: '-1' }],
		['measure1', { measure1: 'nonsense' }],
		['measure2', { measure2: 'phq9', first2: '3' }],
		['focalArea', { focalArea: 'boredom' }],
		['relation', { relation: '' }],
	])('says beside %s what is wrong', (field, changes) => {
		expect(() => aCase(tess, relation, changes as Record<string, string>)).toThrowError(
			expect.objectContaining({ issues: [expect.objectContaining({ path: [field] })] }),
		);
	});

	test('belongs to a supervisor of one’s own, in the command and in the schema', () => {
		const theirs = agreed(other, sue);
		expect(() => aCase(tess, theirs)).toThrowError(expect.objectContaining({ status: 422, field: 'relation' }));
		const insert = "INSERT INTO training_case (id, code, person_id, relation_id, repeat_key, created_at) VALUES ('c', 'C', ?, ?, 'k', 1)";
		expect(raw(insert, tess.id, theirs)).toThrow('supervisor of one’s own');
	});

	test('is nobody else’s: for others it does not exist', () => {
		const code = aCase(tess, relation);
		for (const who of [other, sue]) {
			expect(status(() => ownCase(who.ctx, code))).toBe(404);
			expect(status(() => changeCase(who.ctx, code, caseTypedAs(who.ctx, relation)))).toBe(404);
			expect(status(() => deleteCase(who.ctx, code, 1))).toBe(404);
			expect(status(() => askToSign(who.ctx, code))).toBe(404);
		}
		for (const who of [other, tess]) {
			expect(status(() => supervisedCase(who.ctx, code))).toBe(404);
			expect(status(() => rateRecording(who.ctx, code, rating(who.ctx, '2026-02-02')))).toBe(404);
			expect(status(() => signReport(who.ctx, code, report(who.ctx)))).toBe(404);
		}
	});

	test('loses to the other tab in clear words, and can be deleted while its supervisor has done nothing', () => {
		const code = aCase(tess, relation);
		changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { sessionsHeld: '14', recordingsMade: '14' }));
		expect(() => changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation))).toThrowError(/another window/);
		expect(ownCase(tess.ctx, code)).toMatchObject({ version: 2, factsNumber: 1, facts: { sessionsHeld: 14 } });
		expect(status(() => deleteCase(tess.ctx, code, 1))).toBe(409);
		deleteCase(tess.ctx, code, 2);
		expect([rows('training_case'), rows('training_case_facts')]).toEqual([0, 0]);
	});
});

describe('what a supervisor wrote', () => {
	test('is rated and signed by them alone: the schema refuses the trainee, a stranger and a made-up link', () => {
		const code = aCase(tess, relation);
		const { id } = ownCase(tess.ctx, code);
		const rate = `INSERT INTO training_rating (id, case_id, relation_id, session_on, phase, at_random, scale_version, scores, rated_at, rated_by, repeat_key)
			VALUES ('r', ?, ?, '2026-02-02', 'early', 1, '2026-1', '{}', 1, ?, 'k')`;
		const sign = `INSERT INTO training_report (id, case_id, facts_number, relation_id, decision, strengths, concerns, competence, conflict, has_conflict, statement,
			statement_version, signed_name, signed_at, signed_by, repeat_key) VALUES ('p', ?, 1, ?, 'passed', 'x', '', 'x', '', 0, 's', 'v', 'n', 1, ?, 'k')`;
		for (const by of [tess.id, other.id, 'link', 'nobody']) {
			expect(raw(rate, id, relation, by), by).toThrow('only the supervisor');
			expect(raw(sign, id, relation, by), by).toThrow('only the supervisor');
		}
		expect(raw(sign, id, agreed(tess, other), sue.id)).toThrow('only the supervisor');
	});

	test('cannot be changed, hidden or deleted by anybody, nor can what was signed', () => {
		const code = aCase(tess, relation);
		rateRecording(sue.ctx, code, rating(sue.ctx, '2026-02-02'));
		signReport(sue.ctx, code, report(sue.ctx));
		const { id } = ownCase(tess.ctx, code);
		expect(status(() => deleteCase(tess.ctx, code, 1))).toBe(409);
		expect(raw('UPDATE training_report SET decision = ?', 'failed')).toThrow('never changed');
		expect(raw('UPDATE training_report SET signed_at = 2')).toThrow('never changed');
		expect(raw('DELETE FROM training_report')).toThrow('never deleted');
		expect(raw("UPDATE training_rating SET scores = '{}'")).toThrow('never changed');
		expect(raw('DELETE FROM training_rating')).toThrow('never deleted');
		expect(raw('UPDATE training_case_facts SET sessions_supervised = 1')).toThrow('signed');
		expect(raw('DELETE FROM training_case_facts')).toThrow('signed');
		expect(raw('DELETE FROM training_case')).toThrow('never deleted');
		expect(raw('UPDATE training_case SET relation_id = ? WHERE id = ?', agreed(tess, other), id)).toThrow('who supervised a case is kept');
		expect(raw('UPDATE training_case SET person_id = ?', other.id)).toThrow('kept');
		expect(status(() => changeCase(tess.ctx, code, caseTypedAs(tess.ctx, agreed(tess, aRegistrant(system, 'Una')))))).toBe(422);
	});

	test('holds the words above the signature as they stood, and a digest in the audit without a word of it', () => {
		const code = aCase(tess, relation);
		signReport(sue.ctx, code, report(sue.ctx, { strengths: 'Canary strength' }));
		const [signed] = ownCase(tess.ctx, code).reports;
		expect(signed).toMatchObject({
			decision: 'passed',
			signedName: 'Sue Example',
			byLink: false,
			statement: expect.stringContaining('I supervised this case'),
		});
		const events =
			JSON.stringify(system.db.sql.prepare('SELECT * FROM audit_event').all()) + JSON.stringify(system.db.sql.prepare('SELECT * FROM audit_personal').all());
		expect(events).not.toMatch(/Canary|Adjusting/);
		expect(events).toMatch(/digest/);
		expect(system.db.sql.prepare("SELECT count(*) FROM outbox WHERE kind = 'training.signed'").pluck().get()).toBe(1);
	});

	test('is refused when it holds a client’s, in every field of words', () => {
		const code = aCase(tess, relation);
		for (const field of ['strengths', 'concerns', 'competence', 'reason'])
			expect(() => signReport(sue.ctx, code, report(sue.ctx, { [field]: 'Worked well with Mrs Example' }))).toThrowError(
				expect.objectContaining({ status: 422, field }),
			);
		const named = report(sue.ctx, { hasConflict: 'yes', conflict: 'We both work with Dr Example in one team.' });
		expect(status(() => signReport(sue.ctx, code, named))).toBe('done');
	});

	test('is put right by a newer report with a reason; the same form twice signs once; the facts must be those that were shown', () => {
		const code = aCase(tess, relation);
		const first = report(sue.ctx, { decision: 'failed', concerns: 'Lost the focus.' });
		signReport(sue.ctx, code, first);
		signReport(sue.ctx, code, first);
		expect(ownCase(tess.ctx, code).reports).toHaveLength(1);
		expect(() => signReport(sue.ctx, code, report(sue.ctx))).toThrowError(expect.objectContaining({ status: 422, field: 'reason' }));
		signReport(sue.ctx, code, report(sue.ctx, { reason: 'I mixed up two cases.' }));
		const { reports, decision } = ownCase(tess.ctx, code);
		expect([decision, reports.map((r) => r.decision), reports[0]?.replacesId === reports[1]?.id]).toEqual(['passed', ['passed', 'failed'], true]);
		expect(status(() => signReport(sue.ctx, code, report(sue.ctx, { factsNumber: '2', reason: 'again' })))).toBe(409);
	});

	test('stands on its version: a correction is the next one, to be signed again or taken back', () => {
		const code = aCase(tess, relation);
		signReport(sue.ctx, code, report(sue.ctx));
		changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { sessionsSupervised: '13' }));
		expect(ownCase(tess.ctx, code)).toMatchObject({ factsNumber: 2, reportState: 'outdated', decision: 'in_progress', facts: { sessionsSupervised: 13 } });
		changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { sessionsSupervised: '14', version: '2' }));
		expect(ownCase(tess.ctx, code).factsNumber).toBe(2);
		dropCorrection(tess.ctx, code, 3);
		expect(ownCase(tess.ctx, code)).toMatchObject({ factsNumber: 1, reportState: 'signed', decision: 'passed', facts: { sessionsSupervised: 12 } });
		changeCase(tess.ctx, code, caseTypedAs(tess.ctx, relation, { sessionsSupervised: '15', version: '4' }));
		signReport(sue.ctx, code, report(sue.ctx, { factsNumber: '2', reason: 'The case was corrected.' }));
		expect(ownCase(tess.ctx, code)).toMatchObject({ factsNumber: 2, reportState: 'signed', decision: 'passed' });
		expect(status(() => dropCorrection(tess.ctx, code, 5))).toBe(409);
	});

	test('of a recording: within the case, once a session, on the scale in force; taken back only with a reason, and then seen', () => {
		const code = aCase(tess, relation);
		const once = rating(sue.ctx, '2026-02-02', '3');
		rateRecording(sue.ctx, code, once);
		rateRecording(sue.ctx, code, once);
		for (const day of ['2026-01-01', '2026-07-01', '2026-12-01', '2026-02-02'])
			expect(() => rateRecording(sue.ctx, code, rating(sue.ctx, day)), day).toThrowError(expect.objectContaining({ field: 'sessionOn' }));
		expect(status(() => rateRecording(sue.ctx, code, { ...rating(sue.ctx, '2026-02-09'), scaleVersion: '2020-1' }))).toBe(409);
		const [kept] = ownCase(tess.ctx, code).ratings;
		expect(kept).toMatchObject({ averageHundredths: 300, isPass: true, scaleVersion: '2026-1', atRandom: true });
		expect(status(() => retractRating(tess.ctx, code, kept?.id ?? '', 'no'))).toBe(404);
		retractRating(sue.ctx, code, kept?.id ?? '', 'Another trainee’s recording');
		expect(ownCase(tess.ctx, code).ratings).toMatchObject([{ retractedBecause: 'Another trainee’s recording' }]);
		expect(raw('UPDATE training_rating SET retracted_at = NULL, retracted_because = NULL')).toThrow('never changed');
	});
});

describe('asking a supervisor to sign', () => {
	test('waits until they agreed, goes out once in some days, and not for what is signed', () => {
		const pending = askForSupervision(tess.ctx, { mySide: 'supervisee', other: { number: other.number }, fromOn: '2026-01-05' });
		const early = aCase(tess, pending);
		expect(status(() => askToSign(tess.ctx, early))).toBe(409);
		expect(status(() => supervisedCase(other.ctx, early))).toBe(404);
		const code = aCase(tess, relation);
		askToSign(tess.ctx, code);
		expect(status(() => askToSign(tess.ctx, code))).toBe(409);
		raw('UPDATE outbox SET attempts = 1, last_error = ?', 'no such mailbox')();
		expect(askingToSign(tess.ctx, ownCase(tess.ctx, code))).toMatchObject({ state: 'may', isLost: true });
		raw('UPDATE outbox SET sent_at = 1')();
		expect(askingToSign(tess.ctx, ownCase(tess.ctx, code))).toMatchObject({ state: 'asked', isLost: false });
		const later: Ctx = { ...tess.ctx, now: tess.ctx.now + 7 * 86_400_000 };
		expect(status(() => askToSign(later, code))).toBe('done');
		signReport(sue.ctx, code, report(sue.ctx));
		expect(askingToSign(later, ownCase(later, code)).state).toBe('signed');
		expect(status(() => askToSign(later, code))).toBe(409);
	});
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { newId } from '#core/ids.ts';
import {
	approveCourse,
	attendeesOf,
	changeCourse,
	claimAttendance,
	claimsWaiting,
	claimToDecide,
	courseForm,
	courseForOffice,
	coursesOf,
	decideAttendance,
	endCourseApproval,
	isApprovedOn,
	ledCourse,
	ledCourses,
	ownAttendance,
	recordAttendance,
	retractAttendance,
	trainingWork,
} from '#features/training/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { asPerson } from '../cpd/members.ts';
import { aRegistrant } from '../cpd/supervised.ts';
import { aCourse, list, status } from './records.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let office: Ctx;
let committee: Ctx;
let lead: Someone;
let tess: Someone;
let tom: Someone;
beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-11-22');
	[lead, tess, tom] = [aRegistrant(system, 'Lea'), aRegistrant(system, 'Tess'), aRegistrant(system, 'Tom')];
	office = asPerson(system, aRegistrant(system, 'Nerys').id, 'membership_officer');
	committee = asPerson(system, aRegistrant(system, 'Marigold').id, 'committee');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});
const days = { fromOn: '2026-01-01', toOn: '2026-12-31', decidedAtWords: 'Committee of 4 December 2025' };
const raw =
	(text: string, ...values: unknown[]) =>
	() =>
		system.db.sql.prepare(text).run(...values);

/** A stored file of someone's, as an upload leaves it. */
function aFile(owner: string): string {
	const id = newId();
	const text = `INSERT INTO stored_file (id, purpose, owner_person_id, name, type, bytes, sha256, sealed_sha256, sealed_as, created_at, scanned_at, scanned_by)
		VALUES (?, 'application_evidence', ?, 'certificate.pdf', 'application/pdf', 10, ?, ?, 'aes-256-gcm/v1', 1, 1, 'none')`;
	system.db.sql.prepare(text).run(id, owner, 'a'.repeat(64), id.replaceAll('-', '').repeat(2));
	return id;
}
const claim = (who: Someone, course: string) => claimAttendance(who.ctx, { course, minutes: 1800, evidence: [aFile(who.id)] });

describe('a course', () => {
	test('is entered by the office with a lead trainer on file or outside, once for a form sent twice, and put right by two tabs in turn', () => {
		const reference = aCourse(office, lead.number);
		expect(courseForOffice(office, reference)).toMatchObject({ leadId: lead.id, leadName: 'Lea Example', minutes: 1800, approvals: [] });
		expect(courseForOffice(committee, aCourse(office, 'Olu Outside'))).toMatchObject({ leadId: null, leadName: 'Olu Outside' });
		expect(() => aCourse(office, 'IPT-000001')).toThrowError(expect.objectContaining({ status: 422, field: 'lead' }));
		const typed = courseForm.parse({
			title: 'New',
			provider: 'P',
			lead: 'Olu',
			kind: 'refresher',
			minutes: '6h',
			fromOn: '2/3/2026',
			toOn: '2/3/2026',
			repeatKey: '',
			version: '1',
		});
		changeCourse(office, reference, typed);
		expect(status(() => changeCourse(office, reference, typed))).toBe(409);
		for (const who of [committee, tess.ctx, lead.ctx]) expect(status(() => aCourse(who, 'Olu'))).toBe(403);
		expect(status(() => courseForOffice(tess.ctx, reference))).toBe(403);
	});

	test('is approved for days by the committee, renewed after them and ended early; never by the one who leads it', () => {
		const reference = aCourse(office, lead.number);
		approveCourse(committee, reference, days);
		approveCourse(committee, reference, days);
		expect(courseForOffice(office, reference).approvals).toHaveLength(1);
		expect(status(() => approveCourse(committee, reference, { ...days, fromOn: '2026-12-31', toOn: '2027-12-31' }))).toBe(422);
		approveCourse(committee, reference, { ...days, fromOn: '2027-01-01', toOn: '2027-12-31' });
		endCourseApproval(committee, reference, { endedOn: '2026-06-01', because: 'The trainer has left' });
		const course = courseForOffice(office, reference);
		expect(['2025-12-31', '2026-01-01', '2026-05-31', '2026-06-01', '2027-01-01', '2027-12-31', '2028-01-01'].map((day) => isApprovedOn(course, day))).toEqual([
			false,
			true,
			true,
			false,
			true,
			true,
			false,
		]);
		expect(raw('DELETE FROM course_approval')).toThrow('never deleted');
		expect(raw("UPDATE course_approval SET to_on = '2030-01-01'")).toThrow('never rewritten');
		expect(status(() => approveCourse(office, reference, days))).toBe(403);
		expect(status(() => approveCourse(asPerson(system, lead.id, 'committee'), reference, { ...days, fromOn: '2030-01-01', toOn: '2030-12-31' }))).toBe(403);
	});
});

describe('attendance', () => {
	test('is recorded by the lead trainer from a list of numbers and addresses, all of it or none', () => {
		const reference = aCourse(office, lead.number);
		expect(ledCourses(lead.ctx).map((course) => course.reference)).toEqual([reference]);
		for (const who of [tess, tom]) expect(status(() => ledCourse(who.ctx, reference))).toBe(404);
		expect(() => recordAttendance(lead.ctx, reference, list(`${tess.number}\nnobody@else.example`))).toThrowError(/nobody@else\.example/);
		expect(coursesOf(system.db, tess.id)).toEqual([]);
		expect(() => recordAttendance(lead.ctx, reference, list(`${tess.number}, ${lead.number}`))).toThrowError(/yourself|themselves/);
		expect(recordAttendance(lead.ctx, reference, list(`${tess.number}\nTOM@member.example; ${tess.number}`))).toBe(2);
		expect(recordAttendance(lead.ctx, reference, list(tess.number))).toBe(0);
		expect(attendeesOf(lead.ctx, ledCourse(lead.ctx, reference)).map(({ name, state }) => [name, state])).toEqual([
			['Tess Example', 'confirmed'],
			['Tom Example', 'confirmed'],
		]);
		expect(status(() => recordAttendance(tess.ctx, reference, list(tom.number)))).toBe(404);
		expect(() => recordAttendance(lead.ctx, reference, list(tom.number, '31h'))).toThrowError(expect.objectContaining({ field: 'minutes' }));
	});

	test('is not recorded before the course has begun', () => {
		const reference = aCourse(office, lead.number, { fromOn: '01/12/2026', toOn: '02/12/2026' });
		expect(() => recordAttendance(lead.ctx, reference, list(tess.number))).toThrowError(expect.objectContaining({ status: 422, field: 'who' }));
		expect(() => claim(tess, reference)).toThrowError(expect.objectContaining({ status: 422, field: 'course' }));
	});

	test('is claimed with evidence and confirmed by the office, who is never the claimant', () => {
		const reference = aCourse(office, lead.number);
		approveCourse(committee, reference, days);
		expect(() => claimAttendance(tess.ctx, { course: reference, minutes: 1800, evidence: [] })).toThrowError(expect.objectContaining({ field: 'evidence' }));
		expect(() => claimAttendance(tess.ctx, { course: reference, minutes: 1800, evidence: [aFile(tom.id)] })).toThrowError(
			expect.objectContaining({ field: 'evidence' }),
		);
		const claimed = claim(tess, reference);
		expect(status(() => claim(tess, reference))).toBe(409);
		expect([claimsWaiting(office).length, trainingWork(office)[0]?.count, trainingWork(committee)]).toEqual([1, 1, []]);
		const own = asPerson(system, tess.id, 'membership_officer');
		expect([
			claimsWaiting(own).length,
			status(() => claimToDecide(own, claimed)),
			status(() => decideAttendance(own, claimed, { decision: 'confirmed', reason: '' })),
		]).toEqual([0, 404, 404]);
		expect(raw("UPDATE course_attendance SET outcome = 'confirmed', decided_at = 1, decided_by = ?", tess.id)).toThrow('CHECK');
		raw("UPDATE stored_file SET quarantined_at = 1, quarantine_finding = 'x'")();
		expect(() => decideAttendance(office, claimed, { decision: 'confirmed', reason: '' })).toThrowError(/harmful/);
		raw('UPDATE stored_file SET quarantined_at = NULL, quarantine_finding = NULL')();
		decideAttendance(office, claimed, { decision: 'confirmed', reason: '' });
		expect(coursesOf(system.db, tess.id)).toMatchObject([{ state: 'confirmed', isApproved: true, how: 'claim' }]);
		expect(status(() => decideAttendance(office, claimed, { decision: 'refused', reason: 'x' }))).toBe(409);
		expect(status(() => ownAttendance(tom.ctx, claimed))).toBe(404);
		expect(status(() => retractAttendance(tess.ctx, claimed, 'no'))).toBe(403);
	});

	test('that is refused says why, stays to be seen, and can be claimed again', () => {
		const reference = aCourse(office, lead.number);
		const first = claim(tess, reference);
		decideAttendance(office, first, { decision: 'refused', reason: 'The certificate is of another course' });
		expect(ownAttendance(tess.ctx, first)).toMatchObject({ state: 'refused', reason: 'The certificate is of another course', isApproved: false });
		const second = claim(tess, reference);
		retractAttendance(tess.ctx, second, 'Sent too early');
		retractAttendance(tess.ctx, second, 'Sent too early');
		expect(coursesOf(system.db, tess.id).map(({ state }) => state)).toEqual(['retracted', 'refused']);
		const third = claim(tess, reference);
		expect(recordAttendance(lead.ctx, reference, list(tess.number))).toBe(1);
		expect(ownAttendance(tess.ctx, third)).toMatchObject({ state: 'confirmed', how: 'claim' });
	});

	test('recorded by mistake is taken back with a reason, and never deleted or rewritten', () => {
		const reference = aCourse(office, lead.number);
		recordAttendance(lead.ctx, reference, list(tess.number));
		const [attended] = coursesOf(system.db, tess.id);
		expect(status(() => retractAttendance(tom.ctx, attended?.reference ?? '', 'x'))).toBe(404);
		retractAttendance(lead.ctx, attended?.reference ?? '', 'She was ill');
		expect(coursesOf(system.db, tess.id)).toMatchObject([{ state: 'retracted', reason: 'She was ill' }]);
		expect(attendeesOf(lead.ctx, ledCourse(lead.ctx, reference))).toEqual([]);
		expect(raw('DELETE FROM course_attendance')).toThrow('never deleted');
		expect(raw('UPDATE course_attendance SET minutes = 1')).toThrow('never rewritten');
		expect(raw('UPDATE course_attendance SET person_id = ?', tom.id)).toThrow('never rewritten');
	});
});

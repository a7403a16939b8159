import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { sayDay } from '#core/dates.ts';
import { Conflict, Invalid, NotFound } from '#core/errors.ts';
import { attachFile, filesOf } from '#core/files.ts';
import { newId, newReference } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { useOnce } from '#core/rate-limit.ts';
import { prepared } from '#db/prepared.ts';
import { mailAddressOf } from '#features/membership/index.ts';
import { peopleIn } from './attendance-list.ts';
import { attendanceBy, evidenceAt, NO_ATTENDANCE } from './attendance-queries.ts';
import { courseBy, ledCourse } from './course-queries.ts';
import type { Attendance, Course } from './course-types.ts';
import { canDecideAttendance, canKeepCourses, canLead } from './policy.ts';
import { attendanceDecidedMail } from './training-mails.ts';
import { post } from './training-post.ts';

const HOUR_MS = 3_600_000;
const MOST_LISTS = 30;

/**
 * The lead trainer records who was there, by a list of register numbers and e-mail addresses: all of it or none. Whoever is recorded already
 * stays so, and a claim that waits is confirmed by it. @returns how many are new @throws NotFound, Invalid on `who` or `minutes`
 */
export function recordAttendance(ctx: Ctx, reference: string, { who, minutes }: { who: string; minutes: number }): number {
	const course = ledCourse(ctx, reference);
	const me = personOf(ctx).personId;
	if (course.fromOn > ctx.today) throw new Invalid('who', `The course begins on ${sayDay(course.fromOn)}. Record who was there after that.`);
	refuseTooLong(course, minutes);
	return commit(ctx, { name: 'recordAttendance' }, (tx) => {
		const limit = { key: `attendance|${me}`, most: MOST_LISTS, windowMs: HOUR_MS };
		if (useOnce(tx.db, ctx.now, [limit])) throw new Invalid('who', 'You have sent many lists in the last hour. Please go on later.');
		const { people, strangers } = peopleIn(tx.db, who);
		if (people.includes(me)) throw new Invalid('who', 'You lead this course: nobody records themselves. Take your own number out of the list.');
		if (strangers.length > 0) throw new Invalid('who', `We could not match: ${strangers.join(', ')}. Nothing was recorded; mend or take out these lines.`);
		const isNew = people.filter((personId) => attend(tx, course, personId, minutes));
		record(tx, 'training.attendance_recorded', { type: 'course', id: course.id }, { people: isNew, listed: people.length });
		return isNew.length;
	});
}

/** Someone tells of a course that they attended, with files. A claim that waits already stays the one. @returns its reference @throws Invalid, Conflict */
export function claimAttendance(ctx: Ctx, input: { course: string; minutes: number; evidence: readonly string[] }): string {
	const { personId } = personOf(ctx);
	const course = courseBy(ctx.db, input.course);
	if (!course || course.fromOn > ctx.today) throw new Invalid('course', 'Choose the course from the list.');
	refuseTooLong(course, input.minutes);
	if (input.evidence.length === 0) throw new Invalid('evidence', 'Add a file that shows it: the certificate, or a photo of it.');
	return commit(ctx, { name: 'claimAttendance' }, (tx) => {
		if (liveOf(tx, course.id, personId)) throw new Conflict('This course is in your record already, or waits to be looked at.');
		const [id, reference] = [newId(), newReference('ATT')];
		const text = `INSERT INTO course_attendance (id, reference, course_id, person_id, how, minutes, noted_at, noted_by) VALUES (?, ?, ?, ?, 'claim', ?, ?, ?)`;
		prepared(tx.db.sql, text).run(id, reference, course.id, personId, input.minutes, ctx.now, personId);
		for (const file of input.evidence) attachFile(tx, file, { ...evidenceAt(id), ownerPersonId: personId, field: 'evidence' });
		record(tx, 'training.attendance_claimed', subject(id), { course: course.id, person: personId, files: input.evidence.length });
		return reference;
	});
}

/** The office confirms a claim, or refuses it with a reason; the member is told. Never their own. @throws NotFound, Conflict */
export function decideAttendance(ctx: Ctx, reference: string, { decision, reason }: { decision: 'confirmed' | 'refused'; reason: string }): void {
	const claim = attendanceBy(ctx.db, reference);
	if (!claim || !canDecideAttendance(ctx.actor, claim)) throw new NotFound(NO_ATTENDANCE);
	commit(ctx, { name: 'decideAttendance', reason: reason || undefined }, (tx) => {
		if (decision === 'confirmed' && !filesOf(ctx, evidenceAt(claim.id)).some(({ state }) => state === 'ready'))
			throw new Conflict(
				'None of the files can be opened: they are still being checked, or were found to be harmful. Ask for another one by refusing with that reason.',
			);
		decide(tx, claim.id, decision, reason || null);
		record(tx, 'training.attendance_decided', subject(claim.id), { decision });
		const to = mailAddressOf(tx.db, claim.personId);
		if (to) post(tx, attendanceDecidedMail(ctx.settings, claim.id, decision === 'confirmed', to));
	});
}

/**
 * Takes back a claim that waits (its owner), or a record made by mistake (the lead trainer, the office). It stays to be seen. Twice is once.
 * @throws NotFound, Forbidden, Conflict
 */
export function retractAttendance(ctx: Ctx, reference: string, because: string): void {
	const found = attendanceBy(ctx.db, reference);
	if (!found || !mayKnow(ctx, found)) throw new NotFound(NO_ATTENDANCE);
	if (found.state === 'retracted') return;
	const isOwn = personOf(ctx).personId === found.personId;
	allow(isOwn ? found.state === 'waiting' : canDecideAttendance(ctx.actor, found) || (canLead(ctx.actor, found.course) && found.how === 'lead'));
	commit(ctx, { name: 'retractAttendance', reason: because }, (tx) => {
		const text = `UPDATE course_attendance SET retracted_at = ?, retracted_by = ?, retracted_because = ? WHERE id = ? AND retracted_at IS NULL AND outcome IS ?`;
		const was = found.state === 'waiting' ? null : found.state;
		if (prepared(tx.db.sql, text).run(ctx.now, personOf(ctx).personId, because, found.id, was).changes !== 1)
			throw new Conflict('This was decided on meanwhile. Please look at it again.');
		record(tx, 'training.attendance_retracted', subject(found.id), { by: isOwn ? 'owner' : 'other' });
	});
}

function mayKnow(ctx: Ctx, { personId, course }: Attendance): boolean {
	return personOf(ctx).personId === personId || canKeepCourses(ctx.actor) || canLead(ctx.actor, course);
}

function attend(tx: Tx, course: Course, personId: string, minutes: number): boolean {
	const live = liveOf(tx, course.id, personId);
	if (live?.outcome === 'confirmed') return false;
	if (live) decide(tx, live.id, 'confirmed', null);
	else {
		const me = personOf(tx.ctx).personId;
		const text = `INSERT INTO course_attendance (id, reference, course_id, person_id, how, minutes, noted_at, noted_by, outcome, decided_at, decided_by)
			VALUES (?, ?, ?, ?, 'lead', ?, ?, ?, 'confirmed', ?, ?)`;
		prepared(tx.db.sql, text).run(newId(), newReference('ATT'), course.id, personId, minutes, tx.ctx.now, me, tx.ctx.now, me);
	}
	return true;
}

function decide(tx: Tx, id: string, outcome: 'confirmed' | 'refused', reason: string | null): void {
	const text = `UPDATE course_attendance SET outcome = ?, decided_at = ?, decided_by = ?, reason = ? WHERE id = ? AND outcome IS NULL AND retracted_at IS NULL`;
	if (prepared(tx.db.sql, text).run(outcome, tx.ctx.now, personOf(tx.ctx).personId, reason, id).changes !== 1)
		throw new Conflict('This was decided on already, or taken back. Please look at it again.');
}

function liveOf(tx: Tx, courseId: string, personId: string): { id: string; outcome: 'confirmed' | null } | undefined {
	const text = `SELECT id, outcome FROM course_attendance WHERE course_id = ? AND person_id = ? AND retracted_at IS NULL AND outcome IS NOT 'refused'`;
	return prepared(tx.db.sql, text).get(courseId, personId) as { id: string; outcome: 'confirmed' | null } | undefined;
}

function refuseTooLong(course: Course, minutes: number): void {
	if (minutes > course.minutes) throw new Invalid('minutes', 'The course was not as long as that.');
}

function subject(id: string): { type: string; id: string } {
	return { type: 'course_attendance', id };
}

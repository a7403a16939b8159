import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { hashToken, newId, newReference } from '#core/ids.ts';
import { allow, personOf } from '#core/policy.ts';
import { readRegisterNumber } from '#core/register-number.ts';
import { prepared } from '#db/prepared.ts';
import type { CourseInput } from './course-form.ts';
import { courseBy, courseForOffice } from './course-queries.ts';
import type { CourseApproval } from './course-types.ts';
import { canApproveCourses, canKeepCourses } from './policy.ts';

/** Enters a course. The same form sent twice is one course. @returns its reference @throws Forbidden, Invalid on `lead` */
export function enterCourse(ctx: Ctx, input: CourseInput): string {
	allow(canKeepCourses(ctx.actor));
	const repeatKey = hashToken(`${personOf(ctx).personId} ${input.repeatKey}`);
	const known = prepared(ctx.db.sql, 'SELECT reference FROM course WHERE repeat_key = ?').pluck().get(repeatKey) as string | undefined;
	if (known) return known;
	return commit(ctx, { name: 'enterCourse' }, (tx) => {
		const [id, reference] = [newId(), newReference('CRS')];
		const lead = leadFrom(tx, input.lead);
		const text = `INSERT INTO course (id, reference, title, provider, lead_id, lead_name, kind, minutes, from_on, to_on, repeat_key, created_at, created_by)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
		const facts = [input.title, input.provider, lead.id, lead.name, input.kind, input.minutes, input.fromOn, input.toOn];
		prepared(tx.db.sql, text).run(id, reference, ...facts, repeatKey, ctx.now, personOf(ctx).personId);
		record(tx, 'training.course_entered', subject(id), { reference, kind: input.kind, lead: lead.id });
		return reference;
	});
}

/** Puts right what is noted of a course. @throws Forbidden, NotFound, Invalid, Conflict */
export function changeCourse(ctx: Ctx, reference: string, input: CourseInput): void {
	allow(canKeepCourses(ctx.actor));
	const before = courseForOffice(ctx, reference);
	commit(ctx, { name: 'changeCourse' }, (tx) => {
		const lead = leadFrom(tx, input.lead);
		const text = `UPDATE course SET title = ?, provider = ?, lead_id = ?, lead_name = ?, kind = ?, minutes = ?, from_on = ?, to_on = ?, version = version + 1
			WHERE id = ? AND version = ?`;
		const facts = [input.title, input.provider, lead.id, lead.name, input.kind, input.minutes, input.fromOn, input.toOn];
		if (prepared(tx.db.sql, text).run(...facts, before.id, input.version).changes !== 1)
			throw new Conflict('A colleague changed this course meanwhile. Please look at it again.');
		record(tx, 'training.course_changed', subject(before.id), { kind: input.kind, lead: lead.id, fromOn: input.fromOn, toOn: input.toOn });
	});
}

/** Notes that a course is approved for some days; for days after those of an earlier approval it is a renewal. @throws Forbidden, NotFound, Invalid */
export function approveCourse(ctx: Ctx, reference: string, input: { fromOn: string; toOn: string; decidedAtWords: string }): void {
	allow(canApproveCourses(ctx.actor), 'The committee approves courses.');
	const course = courseForOffice(ctx, reference);
	refuseLeader(ctx, course.leadId);
	const isSame = (a: CourseApproval) => a.endedOn === null && a.fromOn === input.fromOn && a.toOn === input.toOn;
	if (course.approvals.some(isSame)) return;
	commit(ctx, { name: 'approveCourse' }, (tx) => {
		const standing = (courseBy(tx.db, reference) ?? course).approvals.filter((a) => a.endedOn === null);
		if (standing.some((a) => a.fromOn <= input.toOn && input.fromOn <= a.toOn))
			throw new Invalid('fromOn', 'The course is approved for some of these days already. Begin after the last of them, or end that approval first.');
		const text = 'INSERT INTO course_approval (id, course_id, from_on, to_on, decided_at_words, noted_by, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
		prepared(tx.db.sql, text).run(newId(), course.id, input.fromOn, input.toOn, input.decidedAtWords, personOf(ctx).personId, ctx.now);
		record(tx, 'training.course_approved', subject(course.id), { fromOn: input.fromOn, toOn: input.toOn });
	});
}

/** Ends the approval that stands, before its last day. @throws Forbidden, NotFound, Invalid, Conflict when there is none */
export function endCourseApproval(ctx: Ctx, reference: string, { endedOn, because }: { endedOn: string; because: string }): void {
	allow(canApproveCourses(ctx.actor), 'The committee approves courses.');
	const course = courseForOffice(ctx, reference);
	refuseLeader(ctx, course.leadId);
	const standing = course.approvals.filter((a) => a.endedOn === null && a.toOn >= endedOn).at(0);
	if (!standing) throw new Conflict('The course has no approval that holds on that day.');
	if (endedOn < standing.fromOn) throw new Invalid('endedOn', 'The approval had not begun by then.');
	commit(ctx, { name: 'endCourseApproval', reason: because }, (tx) => {
		const text = 'UPDATE course_approval SET ended_on = ?, ended_because = ?, ended_by = ? WHERE id = ? AND ended_on IS NULL';
		if (prepared(tx.db.sql, text).run(endedOn, because, personOf(ctx).personId, standing.id).changes !== 1)
			throw new Conflict('A colleague ended this approval meanwhile.');
		record(tx, 'training.course_approval_ended', subject(course.id), { endedOn });
	});
}

/** Nobody approves the course they lead. */
function refuseLeader(ctx: Ctx, leadId: string | null): void {
	allow(leadId === null || personOf(ctx).personId !== leadId, 'You lead this course: a colleague decides on it.');
}

function leadFrom(tx: Tx, typed: string): { id: string | null; name: string | null } {
	const read = readRegisterNumber(typed);
	if (read.kind === 'not-a-number') return { id: null, name: typed };
	if (read.kind === 'wrong-check-digit') throw new Invalid('lead', 'The last digit of this register number does not fit the others.');
	const id = prepared(tx.db.sql, 'SELECT person_id FROM registration WHERE number = ?').pluck().get(read.number) as string | undefined;
	if (!id) throw new Invalid('lead', 'Nobody has this register number.');
	return { id, name: null };
}

function subject(id: string): { type: string; id: string } {
	return { type: 'course', id };
}

import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { Course, CourseApproval } from './course-types.ts';
import { canLead, canSeeCourses } from './policy.ts';

export const NO_COURSE = 'There is no such course.';
export const COURSES_A_PAGE = 50;

const READ = `SELECT c.id, c.reference, c.title, c.provider, c.lead_id AS leadId,
	coalesce(c.lead_name, (SELECT n.given_names || ' ' || n.family_name FROM person_name n WHERE n.person_id = c.lead_id AND n.to_on IS NULL), 'A trainer') AS leadName,
	c.kind, c.minutes, c.from_on AS fromOn, c.to_on AS toOn, c.version FROM course c`;

/** One page of all courses for the office, newest first. Pages count from 1. @throws Forbidden */
export function coursesForOffice(ctx: Ctx, page: number): { courses: Course[]; pages: number; count: number } {
	allow(canSeeCourses(ctx.actor));
	const count = prepared(ctx.db.sql, 'SELECT count(*) FROM course').pluck().get() as number;
	const pages = Math.max(1, Math.ceil(count / COURSES_A_PAGE));
	const offset = (Math.min(Math.max(1, page), pages) - 1) * COURSES_A_PAGE;
	const rows = prepared(ctx.db.sql, `${READ} ORDER BY c.from_on DESC, c.id DESC LIMIT ? OFFSET ?`).all(COURSES_A_PAGE, offset) as Row[];
	return { courses: rows.map((row) => withApprovals(ctx.db, row)), pages, count };
}

/** One course for the office. @throws Forbidden, NotFound */
export function courseForOffice(ctx: Ctx, reference: string): Course {
	allow(canSeeCourses(ctx.actor));
	return courseBy(ctx.db, reference) ?? missing();
}

/** The courses that whoever is signed in leads, newest first. */
export function ledCourses(ctx: Ctx): Course[] {
	const rows = prepared(ctx.db.sql, `${READ} WHERE c.lead_id = ? ORDER BY c.from_on DESC, c.id DESC`).all(personOf(ctx).personId) as Row[];
	return rows.map((row) => withApprovals(ctx.db, row));
}

/** One of them. @throws NotFound for a course that somebody else leads */
export function ledCourse(ctx: Ctx, reference: string): Course {
	personOf(ctx);
	const found = courseBy(ctx.db, reference);
	return found && canLead(ctx.actor, found) ? found : missing();
}

/** Courses that someone may have attended: they have begun, and not longer ago than ten years. Newest first. */
export function coursesToClaim(ctx: Ctx): Course[] {
	personOf(ctx);
	const text = `${READ} WHERE c.from_on <= ? AND c.from_on >= ? ORDER BY c.from_on DESC, c.id DESC LIMIT 300`;
	const rows = prepared(ctx.db.sql, text).all(ctx.today, `${Number(ctx.today.slice(0, 4)) - 10}-01-01`) as Row[];
	return rows.map((row) => withApprovals(ctx.db, row));
}

/** Never authorises. */
export function courseBy(db: Db, reference: string): Course | null {
	const row = prepared(db.sql, `${READ} WHERE c.reference = ?`).get(reference) as Row | undefined;
	return row ? withApprovals(db, row) : null;
}

/** Never authorises. */
export function courseById(db: Db, id: string): Course | null {
	const row = prepared(db.sql, `${READ} WHERE c.id = ?`).get(id) as Row | undefined;
	return row ? withApprovals(db, row) : null;
}

/** The register number of a lead trainer who is on file, or null. Never authorises. */
export function leadNumber(db: Db, leadId: string | null): string | null {
	if (leadId === null) return null;
	return (prepared(db.sql, 'SELECT number FROM registration WHERE person_id = ?').pluck().get(leadId) as string | undefined) ?? null;
}

/** The minutes of the courses that someone led and that were over on a day; of one kind, or of any (null). Never authorises. */
export function minutesLed(db: Db, personId: string, kind: string | null, day: string): number {
	const text = 'SELECT coalesce(sum(minutes), 0) FROM course WHERE lead_id = ? AND to_on <= ? AND (? IS NULL OR kind = ?)';
	return prepared(db.sql, text).pluck().get(personId, day, kind, kind) as number;
}

type Row = Omit<Course, 'approvals'>;

function withApprovals(db: Db, row: Row): Course {
	const text = `SELECT id, from_on AS fromOn, to_on AS toOn, decided_at_words AS decidedAtWords, ended_on AS endedOn, ended_because AS endedBecause
		FROM course_approval WHERE course_id = ? ORDER BY from_on, id`;
	return { ...row, approvals: prepared(db.sql, text).all(row.id) as CourseApproval[] };
}

function missing(): never {
	throw new NotFound(NO_COURSE);
}

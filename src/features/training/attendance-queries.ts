import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { filesOf, readStoredFile, type StoredFile } from '#core/files.ts';
import { allow, personOf } from '#core/policy.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { presentName } from './case-queries.ts';
import { courseById } from './course-queries.ts';
import { type Attendance, type AttendanceState, type Course, isApprovedOn } from './course-types.ts';
import { canDecideAttendance, canKeepCourses, canLead } from './policy.ts';

export const NO_ATTENDANCE = 'There is no such attendance.';

type Row = {
	id: string;
	reference: string;
	courseId: string;
	personId: string;
	how: 'lead' | 'claim';
	minutes: number;
	notedAt: number;
	outcome: 'confirmed' | 'refused' | null;
	decidedAt: number | null;
	reason: string | null;
	retractedAt: number | null;
	retractedBecause: string | null;
};

const READ = `SELECT a.id, a.reference, a.course_id AS courseId, a.person_id AS personId, a.how, a.minutes, a.noted_at AS notedAt, a.outcome,
	a.decided_at AS decidedAt, a.reason, a.retracted_at AS retractedAt, a.retracted_because AS retractedBecause FROM course_attendance a`;

/** Every course that someone attended or says they did, newest first. Never authorises. */
export function coursesOf(db: Db, personId: string): Attendance[] {
	const text = `${READ} JOIN course c ON c.id = a.course_id WHERE a.person_id = ? ORDER BY c.from_on DESC, a.id DESC`;
	return (prepared(db.sql, text).all(personId) as Row[]).map((row) => viewOf(db, row));
}

/** Those of whoever is signed in. */
export function ownCourses(ctx: Ctx): Attendance[] {
	return coursesOf(ctx.db, personOf(ctx).personId);
}

/** One of them, with its evidence. @throws NotFound for anybody else's */
export function ownAttendance(ctx: Ctx, reference: string): Attendance & { files: StoredFile[] } {
	const found = attendanceBy(ctx.db, reference);
	if (!found || found.personId !== personOf(ctx).personId) throw new NotFound(NO_ATTENDANCE);
	return { ...found, files: filesOf(ctx, evidenceAt(found.id)) };
}

/** What waits for the office, oldest first; one's own is left to a colleague. @throws Forbidden */
export function claimsWaiting(ctx: Ctx): (Attendance & { name: string })[] {
	allow(canKeepCourses(ctx.actor));
	const rows = prepared(ctx.db.sql, `${READ} WHERE a.outcome IS NULL AND a.retracted_at IS NULL ORDER BY a.noted_at, a.id`).all() as Row[];
	const mine = rows.filter((row) => canDecideAttendance(ctx.actor, row));
	return mine.map((row) => ({ ...viewOf(ctx.db, row), name: presentName(ctx.db, row.personId) }));
}

/** A claim with its evidence, for whoever decides on it. @throws NotFound, also for one's own */
export function claimToDecide(ctx: Ctx, reference: string): Attendance & { name: string; files: StoredFile[] } {
	const found = attendanceBy(ctx.db, reference);
	if (found?.how !== 'claim' || !canDecideAttendance(ctx.actor, found)) throw new NotFound(NO_ATTENDANCE);
	return { ...found, name: presentName(ctx.db, found.personId), files: filesOf(ctx, evidenceAt(found.id)) };
}

/** A file of a claim, for its owner and for whoever decides on it. @throws NotFound */
export async function readAttendanceFile(ctx: Ctx, reference: string, fileId: string): Promise<StoredFile & { content: Buffer }> {
	const found = attendanceBy(ctx.db, reference);
	const mayRead = found !== null && (personOf(ctx).personId === found.personId || canDecideAttendance(ctx.actor, found));
	if (!found || !mayRead) throw new NotFound(NO_ATTENDANCE);
	return readStoredFile(ctx, fileId, evidenceAt(found.id));
}

/** Who attended a course, by name; for its lead trainer and the office. @throws NotFound */
export function attendeesOf(ctx: Ctx, course: Course): (Attendance & { name: string })[] {
	if (!canLead(ctx.actor, course) && !canKeepCourses(ctx.actor)) throw new NotFound(NO_ATTENDANCE);
	const rows = prepared(ctx.db.sql, `${READ} WHERE a.course_id = ? ORDER BY a.id`).all(course.id) as Row[];
	const named = rows.map((row) => ({ ...viewOf(ctx.db, row), name: presentName(ctx.db, row.personId) }));
	return named.filter(({ state }) => state !== 'retracted' && state !== 'refused').sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
}

/** Never authorises. */
export function attendanceBy(db: Db, reference: string): Attendance | null {
	const row = prepared(db.sql, `${READ} WHERE a.reference = ?`).get(reference) as Row | undefined;
	return row ? viewOf(db, row) : null;
}

/** What the evidence of a claim is attached to. */
export function evidenceAt(id: string): { type: string; id: string } {
	return { type: 'course_attendance', id };
}

function viewOf(db: Db, row: Row): Attendance {
	const course = courseById(db, row.courseId) as Course;
	const { id, reference, personId, how, minutes, notedAt, decidedAt } = row;
	const reason = row.retractedBecause ?? row.reason;
	return { id, reference, personId, course, isApproved: isApprovedOn(course, course.fromOn), how, minutes, state: stateOf(row), notedAt, decidedAt, reason };
}

function stateOf({ outcome, retractedAt }: Row): AttendanceState {
	return retractedAt !== null ? 'retracted' : (outcome ?? 'waiting');
}

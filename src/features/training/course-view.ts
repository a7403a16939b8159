import { sayDay } from '#core/dates.ts';
import { hoursOf } from '#core/read-duration.ts';
import { type AttendanceState, approvalFor, type Course, isApprovedOn } from './course-types.ts';
import { COURSE_KIND_WORDS } from './words.ts';

export const ATTENDANCE_WORDS: Record<AttendanceState, { label: string; tone: 'good' | 'caution' | 'stop' | 'neutral' }> = {
	confirmed: { label: 'Confirmed', tone: 'good' },
	waiting: { label: 'Waits to be looked at', tone: 'caution' },
	refused: { label: 'Not confirmed', tone: 'stop' },
	retracted: { label: 'Taken back', tone: 'neutral' },
};

/** A course in words. */
export function courseRows(course: Course, today: string): { key: string; value: string }[] {
	return [
		{ key: 'Reference', value: course.reference },
		{ key: 'Provider', value: course.provider },
		{ key: 'Lead trainer', value: course.leadName },
		{ key: 'Kind', value: COURSE_KIND_WORDS[course.kind] },
		{ key: 'Hours', value: hoursOf(course.minutes) },
		{ key: 'Days', value: course.fromOn === course.toOn ? sayDay(course.fromOn) : `${sayDay(course.fromOn)} to ${sayDay(course.toOn)}` },
		{ key: 'Approval', value: sayApproval(course, today) },
	];
}

/** How a course stands with its approval on a day. */
export function sayApproval(course: Pick<Course, 'approvals'>, day: string): string {
	const standing = approvalFor(course, day);
	if (standing === null) return course.approvals.length === 0 ? 'Not approved' : 'Approved once, not any more';
	const until = standing.endedOn === null ? `until ${sayDay(standing.toOn)}` : `ends before ${sayDay(standing.endedOn)}`;
	return isApprovedOn(course, day)
		? `Approved, ${until} (${standing.decidedAtWords})`
		: `Approved from ${sayDay(standing.fromOn)} (${standing.decidedAtWords})`;
}

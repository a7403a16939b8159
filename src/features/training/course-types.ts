import type { CourseKind } from './words.ts';

/** For which days a course is approved, last day included; `endedOn`: the first day on which it no longer holds. */
export type CourseApproval = { id: string; fromOn: string; toOn: string; decidedAtWords: string; endedOn: string | null; endedBecause: string | null };

export type Course = {
	id: string;
	/** For people and addresses, such as `CRS-7KQ4-M2XD`. */
	reference: string;
	title: string;
	provider: string;
	/** Null for a lead trainer who is not on file. */
	leadId: string | null;
	leadName: string;
	kind: CourseKind;
	minutes: number;
	fromOn: string;
	toOn: string;
	version: number;
	/** Oldest first. */
	approvals: CourseApproval[];
};

/** `waiting`: claimed, and nobody has decided. `retracted`: recorded by mistake, or taken back by whoever claimed it. */
export type AttendanceState = 'confirmed' | 'waiting' | 'refused' | 'retracted';

export type Attendance = {
	id: string;
	reference: string;
	personId: string;
	course: Course;
	/** Was the course approved on its first day? */
	isApproved: boolean;
	how: 'lead' | 'claim';
	/** How long they were there. */
	minutes: number;
	state: AttendanceState;
	/** Instants are milliseconds UTC. */
	notedAt: number;
	decidedAt: number | null;
	/** Why it was refused, or taken back. */
	reason: string | null;
};

/** Is a course approved on a day? Pure. */
export function isApprovedOn({ approvals }: Pick<Course, 'approvals'>, day: string): boolean {
	return approvals.some((a) => a.fromOn <= day && day <= a.toOn && (a.endedOn === null || day < a.endedOn));
}

/** The approval that holds on a day, or else the next one to begin; null when there is none. Pure. */
export function approvalFor({ approvals }: Pick<Course, 'approvals'>, day: string): CourseApproval | null {
	const standing = approvals.filter((a) => a.toOn >= day && (a.endedOn === null || day < a.endedOn));
	return standing.sort((a, b) => (a.fromOn < b.fromOn ? -1 : 1))[0] ?? null;
}

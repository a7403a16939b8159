import type { Db } from '#db/client.ts';
import { type Attendance, caseSnapshot, caseStanding, coursesOf, FOCAL_WORDS, trainingCasesOf, trainingRequirements } from '#features/training/index.ts';

/** A supervised case as far as rules count it. */
export type TrainedCase = {
	id: string;
	code: string;
	place: number;
	isPassed: boolean;
	focalArea: string;
	focalWords: string;
	ageBand: string;
	setting: string;
	sessionsSupervised: number;
	recordingsRated: number;
};

/** Courses that a person attended, or says they did; what was refused or taken back is left out. Never authorises. */
export function trainingCourses(db: Db, personId: string): Attendance[] {
	return coursesOf(db, personId).filter(({ state }) => state === 'confirmed' || state === 'waiting');
}

/** A person's supervised cases. Only one that its supervisor passed, on the facts as they are, is passed. Never authorises. */
export function trainedCases(db: Db, personId: string, day: string): TrainedCase[] {
	const requirements = trainingRequirements(db, day);
	return trainingCasesOf(db, personId).map((one) => {
		const { meets, isPassed } = caseStanding(one, requirements);
		const { focalArea, ageBand, setting, sessionsSupervised } = one.facts;
		const recordingsRated = meets.find(({ key }) => key === 'recordings')?.have ?? 0;
		const { id, code, place } = one;
		return { id, code, place, isPassed, focalArea, focalWords: FOCAL_WORDS[focalArea].label, ageBand, setting, sessionsSupervised, recordingsRated };
	});
}

/** All that an assessor may see of a case. Never authorises. */
export function caseContent(db: Db, caseId: string): object {
	return caseSnapshot(db, caseId) ?? {};
}

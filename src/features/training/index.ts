export { claimAttendance, decideAttendance, recordAttendance, retractAttendance } from './attendance-commands.ts';
export { attendeesOf, claimsWaiting, claimToDecide, coursesOf, ownAttendance, ownCourses, readAttendanceFile } from './attendance-queries.ts';
export { type AskingToSign, askingToSign, askToSign, sendOwnLink } from './case-ask.ts';
export { beginCase, canDeleteCase, changeCase, deleteCase, dropCorrection } from './case-commands.ts';
export { type CaseInput, caseForm, caseTyped, dropCaseForm } from './case-form.ts';
export { caseById, ownCase, ownCases, presentName, supervisedCase, supervisedCases, trainingCasesOf } from './case-queries.ts';
export { type CaseMeet, type CaseStanding, type CasesStanding, caseStanding, casesStanding, countingRatings } from './case-standing.ts';
export type { CaseFacts, CaseRating, CaseReport, MeasureValues, ReportState, TrainingCase } from './case-types.ts';
export { caseRows, sayCase, sayRating } from './case-view.ts';
export { approveCourse, changeCourse, endCourseApproval, enterCourse } from './course-commands.ts';
export { approvalForm, bulkForm, claimDecisionForm, claimForm, courseForm, courseTyped, endApprovalForm, takeBackForm } from './course-form.ts';
export { courseForOffice, coursesForOffice, coursesToClaim, leadNumber, ledCourse, ledCourses, minutesLed } from './course-queries.ts';
export { type Attendance, type AttendanceState, approvalFor, type Course, type CourseApproval, isApprovedOn } from './course-types.ts';
export { ATTENDANCE_WORDS, courseRows, sayApproval } from './course-view.ts';
export { type Grid, type GridRow, gridOf, sayReport } from './grid.ts';
export { actByLink } from './link-acts.ts';
export { type LinkAct, linkForm } from './link-form.ts';
export { type CaseLine, caseForOffice, casesForOffice, openCaseForOffice, readCaseForm } from './office-read.ts';
export { canApproveCourses, canKeepCourses } from './policy.ts';
export { rateByLink, rateRecording, retractByLink, retractRating } from './rating-commands.ts';
export { type RatingInput, ratingForm, retractForm } from './rating-form.ts';
export { rateBy, sayAverage } from './rating-scale.ts';
export { ownSupervisors, trainingToTry } from './relation-queries.ts';
export { signByLink, signReport } from './report-commands.ts';
export { type ReportInput, reportForm } from './report-form.ts';
export { outcomeMeasures, type RatingScale, ratingScaleOn, signingRules, type TrainingRequirements, trainingRequirements } from './rules.ts';
export { type ScaleDifference, scaleDifferences, scaleInWords } from './scale-compare.ts';
export {
	changeScaleDraft,
	discardScaleDraft,
	draftScale,
	publishScale,
	ratingScaleVersions,
	type ScaleDraft,
	scaleDraft,
	scaleDrafts,
} from './scale-drafts.ts';
export { publishScaleForm, type ScaleContent, scaleForm, scaleName, scaleTyped } from './scale-form.ts';
export { type CaseSnapshot, caseSnapshot } from './snapshot.ts';
export {
	lastLinkOf,
	openTrainingLink,
	sayTrainingLink,
	type TrainingLink,
	trainingLinkAt,
	trainingLinkInHand,
} from './training-link.ts';
export { trainingWork } from './training-work.ts';
export { COURSE_KIND_OPTIONS, COURSE_KIND_WORDS, COURSE_KINDS, type CourseKind, DECISION_WORDS, FOCAL_AREAS, FOCAL_WORDS, type FocalArea } from './words.ts';

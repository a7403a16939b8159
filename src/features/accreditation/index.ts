export { type Beginning, beginApplication, insertApplication, type NewApplication } from './apply-begin.ts';
export { type AskedView, askedOf, type DraftView, draftView, type SectionState, type SectionView } from './apply-draft.ts';
export { type Eligibility, eligibilities, eligibilityFor, type Obstacle, type OwnAward, unmetQuestions } from './apply-eligibility.ts';
export { type FeeStanding, feeOf, feeStanding } from './apply-fee.ts';
export { type AnswersInput, answersForm, eligibilityForm, type OwnSectionInput, ownSectionForm, ownSeenForm, submitForm, WORDS_LIMIT } from './apply-forms.ts';
export { closeIdleDrafts } from './apply-idle.ts';
export { answerItem, type ItemInput, itemsOpen, sendAnswers } from './apply-items.ts';
export { applicationsOf, keyOf, ownApplications, ownStanding, type Saved, savedIn } from './apply-queries.ts';
export { chosenKey, MOST_FILES, removeFile, type SectionInput, saveSection } from './apply-save.ts';
export { type SectionPage, sectionPage } from './apply-section.ts';
export { type Submission, submissionsOf } from './apply-sent.ts';
export { ON_SETTLED } from './apply-settled.ts';
export { type SentContent, type SentEvidence, submitApplication } from './apply-submit.ts';
export { withdrawApplication } from './apply-withdraw.ts';
export { assignAssessor, replaceAssessor } from './assign-commands.ts';
export { assignForm, REPLACE_REASONS, replaceForm } from './assign-form.ts';
export * as assignMails from './assign-mails.ts';
export { type AssessorChoice, assessorsFor, freePlace } from './assign-queries.ts';
export { type ActPage, actsOf, doWordAct, WORD_ACTS, type WordAct } from './check-acts.ts';
export { acceptApplication, isDrawn, type OfficerAct, returnApplication } from './check-commands.ts';
export { type FoundFact, factsFound } from './check-facts.ts';
export { officerActForm, type ReturnInput, returnForm } from './check-form.ts';
export * as checkMails from './check-mails.ts';
export { assessorLines, assessorsWanted, happenings, lastReads, sayDue, standingRows } from './check-page.ts';
export { putToCommittee } from './check-panel.ts';
export { requestLines } from './check-requests.ts';
export { type ReturnedItem, returnsOf } from './check-returns.ts';
export { OUTCOME_LABELS, PHASE_LABELS, STEP_LABELS, TURN_LABELS } from './check-words.ts';
export { judgeCondition, remindOfConditions, showCondition } from './condition-commands.ts';
export { conditionJudgedForm, conditionShownForm } from './condition-form.ts';
export {
	CONDITION_STATE_WORDS,
	conditionFor,
	conditionState,
	conditionsWaiting,
	type OfficeCondition,
	ownConditions,
	readConditionFile,
} from './condition-queries.ts';
export { resolveItem } from './decision-commands.ts';
export { CONDITION_NUMBERS, type ResolveInput, resolveForm, VARIED_TO } from './decision-forms.ts';
export { type DecisionLetter, decisionLetterPdf, lettersOn, ownLetters } from './decision-letter.ts';
export { outcomeShort, outcomeWords } from './decision-letter-words.ts';
export { type DecisionLine, decidedFor, decisionsMade, undoAskedFor } from './decision-office.ts';
export { type Condition, conditionsOf, type Decision, decisionById, decisionsOn, mayApplyAgainOn } from './decision-queries.ts';
export { dueOn } from './due.ts';
export { readOwnFile } from './evidence-own.ts';
export { markHarmfulEvidence } from './evidence-quarantine.ts';
export { type Evidence, evidenceIn, filesAt, filesIn } from './evidence-queries.ts';
export { type Candidate, candidatesFor, type EvidenceSource } from './evidence-sources.ts';
export { declareAtGate, readApplicantsFile, readApplicationFile } from './gate-commands.ts';
export { type ApplicationFile, type FileSection, fileOf } from './gate-file.ts';
export { GATE_CHOICES, gateForm } from './gate-form.ts';
export { type Assignment, assessorSight, assignmentsOf, officerSight, type Sight, sightOf } from './gate-sight.ts';
export { askView, endedLines, extendedSays, gateView, lastHoldDay, officeDone, reasonText } from './gate-view.ts';
export { type Hold, holdApplication, holdOf, releaseApplication } from './hold-commands.ts';
export { type HoldInput, holdForm } from './hold-form.ts';
export * as holdMails from './hold-mails.ts';
export { addHolidays, holidaysForm, holidaysIn, holidayWarnings, holidayYears, removableHoliday, removeHoliday } from './holidays-commands.ts';
export { BARS_ASSESSING, BARS_DECIDING, INTEREST_WORDS, type Interest, interestsIn } from './interests.ts';
export { LETTER_KINDS, type LetterInput, type LetterKind, letterForm } from './letter-form.ts';
export { lettersPossible, recordLetter } from './letter-office.ts';
export { itemAct, meetingAct } from './meeting-acts.ts';
export { type Advice, adviceFor, advise, itemsToAdviseOn } from './meeting-advice.ts';
export { addToAgenda, referToMeeting, removeFromAgenda } from './meeting-agenda-commands.ts';
export { callMeeting, callOffMeeting, changeSeats, papersDueFor } from './meeting-call-commands.ts';
export { agendaCandidates, countCandidates } from './meeting-candidates.ts';
export * as meetingForms from './meeting-forms.ts';
export { asNumber } from './meeting-forms.ts';
export { declareForItem } from './meeting-interest-commands.ts';
export { type ItemView, itemView, sayTally } from './meeting-item-view.ts';
export { editMinutes, type Minutes, minutesFor } from './meeting-minutes-commands.ts';
export { minutesPdf } from './meeting-minutes-pdf.ts';
export { conditionLine, openPapers, type Papers, readMeetingFile } from './meeting-papers.ts';
export { canRun, SEAT_ROLES } from './meeting-policy.ts';
export { closeMeeting, openItem, openMeeting, putOver, sendPapers, takeAttendance, takeChair } from './meeting-room-commands.ts';
export { type Seatable, seatable } from './meeting-seatable.ts';
export { type AgendaLine, type MeetingLine, type MeetingView, meetingsFor, meetingView } from './meeting-view.ts';
export { KIND_WORDS as MEETING_KIND_WORDS, MEETING_STATE_WORDS, NO_PART, SEAT_WORDS } from './meeting-words.ts';
export { meetingWork } from './meeting-work.ts';
export { MOVES, type Move, moveFor, type Outcome, type Phase, type StepKind, type Turn, type Who } from './phases.ts';
export { canKeepMeetings, canReadReport, canTake, canWorkOnStandards, isCommittee, isOfficer, type Tie } from './policy.ts';
export { QUEUE_VIEWS, type QueueFilter, queueFilterFrom, queueQuery } from './queue-filter.ts';
export { assessorOptions, routeOptions } from './queue-options.ts';
export { canSeeQueue, type Queue, queueCounts, queueOf } from './queue-queries.ts';
export { applicationsWork, copyWarnings, NO_COPY_DIFFERENCE } from './queue-work.ts';
export { share, sum, widthOf } from './report-figures.ts';
export { YEAR_COLUMNS, type YearFigures, yearlyFigures } from './report-public.ts';
export { decisionDays } from './report-queries.ts';
export { type AskedRange, askedRange, monthsOf, type Range } from './report-range.ts';
export { type ReportTable, routeTitles, sayMonth } from './report-tables.ts';
export { applicationsReport, applicationsReportCsv } from './report-view.ts';
export { actOnPlace } from './request-act.ts';
export { askMoreTime, declineRequest, keepAnswer, keptAnswer, type RequestAnswer, sendAnswer, sentAnswer } from './request-answer.ts';
export { type Addressee, nameRequest, sendRequest } from './request-ask.ts';
export { ANSWER_FIELDS, ANSWER_LIMIT, answerForm, firstForm, nameForm, placeActForm } from './request-forms.ts';
export { openRequestLink, type RequestLinkState, requestInHand, requestLinkAt, sayRequestLink, stateOfLink } from './request-link.ts';
export {
	askOutsideBody,
	type ByHand,
	type Judgement,
	judgeRequest,
	letRequestBe,
	type OfficeAct,
	officeBounced,
	officeCorrect,
	officeMoreTime,
	officeRequest,
	recordByHand,
	requestKey,
} from './request-office.ts';
export { actOnRequest, officeRequestForm, outsideForm, requestFacts } from './request-office-form.ts';
export { askNamed, correctAddress, dropNamed, type Naming, nameForRequest, type Place, supervisorsToAsk } from './request-own.ts';
export { type AnswerPage, answerByLinkPage, answerLinkFirst } from './request-page.ts';
export { newestRequest, type RequestKind, type RequestRow, requestById, requestsIn } from './request-queries.ts';
export { type Ending, endRequest } from './request-settle.ts';
export { type RequestState, type RequestView, requestState, viewOfRequest } from './request-state.ts';
export { type Undelivered, undeliveredRequests } from './request-undelivered.ts';
export { type RequestsWatched, watchRequests } from './request-watch.ts';
export { REQUEST_STATE_WORDS, REQUEST_WORDS, type Statement, statementOn } from './request-words.ts';
export { type Review, requestReview, reviewChance, reviewOf } from './review-commands.ts';
export { reviewForm } from './review-form.ts';
export { GROUNDS, REVIEW_GROUNDS } from './review-words.ts';
export { askForMore, extendRound } from './round-commands.ts';
export { type NewItem, type RoundInput, roundForm } from './round-form.ts';
export * as roundMails from './round-mails.ts';
export { type AskedItem, itemsOf } from './round-queries.ts';
export { type CountRule, countOf, countsFor, type RuleCount, sayRuleCount } from './rule-count.ts';
export { type Agreement, agreementOf, canSeeAgreement, canSeeAllAgreement, criterionAgreement } from './sheet-agreement.ts';
export { saveMarks, sealSheet } from './sheet-commands.ts';
export { marksForm, reconcileForm, sealForm } from './sheet-form.ts';
export * as sheetMails from './sheet-mails.ts';
export { areSheetsOpen, digestOf as digestOfMarks, type Mark, type Sheet, sealedSheets, sheetOf, sheetsFor } from './sheet-queries.ts';
export { differencesOf, type Reconciliation, reconcileSheets, reconciliationsOf } from './sheet-reconcile.ts';
export { agreementRows, markedCount, markingView, reconciledRows, reconcileView, sealView, sheetTitle } from './sheet-view.ts';
export { MARK_LABELS, RECOMMENDATION_HINTS, RECOMMENDATION_LABELS } from './sheet-words.ts';
export {
	type Limits,
	type Reason,
	type Route,
	routeOf,
	type Section,
	type StandardSet,
	type Standards,
	standardSet,
	standardsOn,
	standardsSchema,
} from './standards.ts';
export { standardsProblems } from './standards-check.ts';
export { type StandardsDifference, sayDifference, standardsDifferences } from './standards-compare.ts';
export {
	changeStandardsDraft,
	discardStandardsDraft,
	draftRoute,
	draftSection,
	draftStandards,
	publishedStandards,
	publishStandards,
	type StandardsDraft,
	standardsDraft,
	standardsDrafts,
	standardVersions,
} from './standards-drafts.ts';
export { generalForm, generalTyped, publishStandardsForm, reasonsForm, reasonsTyped, type StandardsInput, standardsName } from './standards-form.ts';
export { arrangeRoutes, arrangeSections, removePart } from './standards-parts.ts';
export {
	questionsForm,
	questionsTyped,
	routeForm,
	routesForm,
	routeTyped,
	sectionForm,
	sectionsForm,
	sectionTyped,
	seenForm,
} from './standards-route-form.ts';
export { type ShownPart, shownPart } from './standards-rows.ts';
export { COUNT_WORDS, EVIDENCE_WORDS, ROUTE_KIND_WORDS, routeFacts, ruleLabel, sayAtLeast, sayMonths, sayOrigin } from './standards-words.ts';
export { isMarked, PHASE_SAID, type Recommendation, refusalOf, type State, type Step, stateOf, turnOf } from './state.ts';
export { type Application, refuseStale, type Standing, standingByReference, standingOf, stepsOf, takeStep } from './step.ts';
export { runTimers, type TimersRun } from './timers-commands.ts';
export { type CopyCheck, checkApplications, recomputeDue } from './timers-copy.ts';
export { type RecentTimes, recentTimes, sayTimes } from './tracker-times.ts';
export { type Tracker, trackerOf } from './tracker-view.ts';
export { OUTCOME_FOR_APPLICANT, PHASE_FOR_APPLICANT, sayStep, TURN_FOR_APPLICANT } from './tracker-words.ts';
export { answerUndo, askUndo } from './undo-commands.ts';
export { undoAnswerForm, undoAskForm } from './undo-form.ts';
export { canAskUndo, canConfirmUndo } from './undo-policy.ts';
export * as upkeep from './upkeep.ts';
export { castVote, closeVote, giveCastingVote } from './vote-commands.ts';
export { type Choice, carriedIn, leadingIn } from './vote-count.ts';
export { CHOICE_WORDS, type VoteInput, voteForm } from './vote-forms.ts';

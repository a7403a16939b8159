export { ACT_FORMS } from './act-forms.ts';
export { ACT_WORDS } from './act-words.ts';
export { DONE_WORDS, doAct } from './acts.ts';
export { admitApplicant, askApplicant, confirmDecline, type OfficerMove, proposeDecline, readApplication, returnToQueue } from './admit-commands.ts';
export { applicationClock, type Clock } from './application-clock.ts';
export {
	type Answers,
	completeSteps,
	type DeclarationAnswer,
	readAnswers,
	STEP_TITLES,
	STEPS,
	type Step,
	stepForm,
	type Typed,
	WHY_LIMIT,
} from './application-forms.ts';
export { type ApplicationPage, applicationPage, feesInWords, prefilled, stepAfter } from './application-page.ts';
export { aboutPerson, answersOf, applicationFor, applicationsWaiting, ownApplication, type Sent, sentOf, type Waiting } from './application-queries.ts';
export { type Application, type ApplicationAction, type ApplicationState, MOVES, mayMove } from './application-states.ts';
export { APPLICATION_WORDS, officeRows, saidWords, sayClock, sentRows, typedRows } from './application-view.ts';
export { answerQuestion, beginApplication, saveStep, submitApplication, withdrawApplication } from './apply-commands.ts';
export { applyForm, keptStep, REPLY_LIMIT, sendForm } from './apply-forms.ts';
export { askBirthDate, askNewName, withdrawChange } from './change-request-commands.ts';
export { canDecideChange, decideChange } from './change-request-decide.ts';
export { birthChangeForm, decisionForm, nameChangeForm } from './change-request-form.ts';
export { CHANGE_KINDS, type ChangeView, changeAsked, changesWaiting, countChanges, ownChanges, readChangeEvidence } from './change-request-queries.ts';
export { declareInsurance, recordCoreCheck, recordInsuranceCheck, recordRecordCheck } from './checks-commands.ts';
export { coreCheckForm, insuranceCheckForm, ownInsuranceForm, recordCheckForm, typedDay } from './checks-form.ts';
export { checksMissing, countMissing, type MissingCheck } from './checks-missing.ts';
export { type NewCheck, putCheck } from './checks-put.ts';
export {
	CHECK_LISTS,
	CHECKS_A_PAGE,
	type CheckLine,
	type CheckList,
	type ChecksOfPerson,
	type CheckView,
	checksOf,
	checksWaiting,
	countChecks,
} from './checks-queries.ts';
export { remindOfChecks } from './checks-remind.ts';
export { type Check, type CheckKind, type CheckRules, type CheckState, checkRules } from './checks-rules.ts';
export { CHECK_KINDS, CHECK_STATE_WORDS, CHECK_TYPES, HOW_WORDS, OUTCOMES, RECORD_CHECK_BODIES, sayCount, WAYS_OF_CHECKING } from './checks-words.ts';
export { type CoreRegistration, changeMembership, type Membership, recordCoreProfession, recordLeave, startMembership } from './commands.ts';
export { chooseConsent, consentInForce, recordConsent, withdrawConsent } from './consent-commands.ts';
export { type ConsentView, consentsOf } from './consent-queries.ts';
export { type ConsentText, consentText, consentTextsOn } from './consent-texts.ts';
export { mailAddressOf } from './contact.ts';
export { type Cost, costOf, costOfMove, termFrom } from './cost.ts';
export { type DataExport, exportOwnData, gatherData, retentionTable } from './data-export.ts';
export { dataAsHtml } from './data-html.ts';
export { askAboutData, dealWithDataRequest, withdrawDataRequest } from './data-request-commands.ts';
export { DATA_REQUEST_ACTS, DATA_REQUEST_KINDS, dataAnswerForm, dataExportForm, dataRequestForm } from './data-request-forms.ts';
export { type DataRequest, dataRequestFor, dataRequests, ownDataRequest, ownDataRequests } from './data-request-queries.ts';
export { dataRequestRows, sayDataRequest } from './data-request-words.ts';
export { confirmDeath, recordDeath, takeDeathBack } from './death-commands.ts';
export { deathForm } from './death-form.ts';
export { type DeathView, deathOf, deathsWaiting } from './death-queries.ts';
export { carryOutErasure, proposeErasure } from './erasure-commands.ts';
export { erasureForm } from './erasure-forms.ts';
export { type ErasurePlan, erasurePlan } from './erasure-plan.ts';
export type { Grade, MembershipFacts, OrderSpan, PeriodFact } from './facts.ts';
export { membershipFactsOf, membershipStatusOf, type Period, periodsOf } from './facts-queries.ts';
export { type FeeDifference, type FeeTrial, feeDifferences, feeFigures, sayFeeTrial, tryFees } from './fee-compare.ts';
export {
	canDraftFees,
	canPublishFees,
	changeFeeDraft,
	compareFees,
	discardFeeDraft,
	draftFees,
	type FeeComparison,
	type FeeDraft,
	feeDraft,
	feeDrafts,
	publishFees,
} from './fee-drafts.ts';
export { type FeesInput, feesForm, feesTyped, newFeesForm, publishFeesForm } from './fee-form.ts';
export { tellOfQuarantine } from './file-quarantine.ts';
export { appointFirstRegistrar } from './first-registrar.ts';
export { BODIES, GRADE_NAMES, GRADES, gradesToMoveTo } from './grades.ts';
export type { MembershipHandlers } from './handlers.ts';
export { historyRows } from './history.ts';
export { closeIdleApplications } from './idle-applications.ts';
export { decideLeave, endLeave, type LeaveDecision, takeLeave, withdrawLeaveRequest } from './leave-commands.ts';
export { type LeaveRequest, leaveRequest, leaveRequestsWaiting, type NamedLeaveRequest } from './leave-queries.ts';
export { endEmployment, type LeavingInput, leaveMembership, withdrawLeaving } from './leaving-commands.ts';
export { letter } from './letter.ts';
export { type NewLetter, writeLetter } from './letters-commands.ts';
export { LETTER_LIMIT, letterForm } from './letters-form.ts';
export { letterMail } from './letters-mails.ts';
export { type LetterView, letterOf, lettersOf } from './letters-queries.ts';
export { fillLetter, type LetterTemplate, letterTemplatesOn, takesWords } from './letters-templates.ts';
export { type Merge, type MergePreview, mergeFiles, previewMerge } from './merge-commands.ts';
export { type Duplicate, doublesOf, keepApart, possibleDuplicates } from './merge-duplicates.ts';
export { keepApartForm, mergeForm } from './merge-form.ts';
export { otherFile, sayTable } from './merge-words.ts';
export * as membershipMails from './messages.ts';
export { sendAgain, setMessageAside } from './messages-commands.ts';
export { againForm, messagesToForm } from './messages-form.ts';
export {
	MESSAGE_STATES,
	type MessageFilter,
	type MessageState,
	type MessageView,
	messageKinds,
	messageOf,
	messagesAbout,
	messagesGivenUp,
	messagesSent,
	messagesTo,
} from './messages-queries.ts';
export { indexName, nameKeys, soundsOf } from './names.ts';
export { changeNote, retractNote, writeNote } from './notes-commands.ts';
export { NOTE_LIMIT, noteChangeForm, noteForm } from './notes-form.ts';
export { type NoteView, noteOf, notesOf } from './notes-queries.ts';
export { gradeOffers, type Offer, renewalOffers } from './offers.ts';
export { doOfficerAct, leaveForm, OFFICER_ACT_NAMES, OFFICER_ACTS, officerForm } from './office-forms.ts';
export { ACTS, type Act, actsOf, type OwnMembership, ownMembership } from './own-membership.ts';
export { accountActForm, actOnAccount, secondAddressForm } from './people-account.ts';
export { actsOn, FILE_DONE } from './people-acts.ts';
export { contactForm, correctContact } from './people-contact.ts';
export { exportPeople } from './people-export.ts';
export { inviteForm, PEOPLE_COLUMNS, type PeopleExport, peopleExportForm } from './people-export-form.ts';
export { type AccountState, type NameView, namesOf, type PersonFile, personFile } from './people-file.ts';
export { type PeopleQuery, peopleForm } from './people-form.ts';
export { type InvitePreview, inviteMembers, invitePreview } from './people-invite.ts';
export { type FileKey, fileKeyOf, filesOf, nameOf, standingFileOf } from './people-key.ts';
export { changeOwnRecord, type OwnRecord, ownRecord, ownRecordForm } from './people-own-record.ts';
export { canKeepAccount, canKeepFile, canKeepMail, canKeepRecords, canReadFiles, seesPersonal } from './people-policy.ts';
export { noteFileRead } from './people-read.ts';
export { findPeople, PEOPLE_A_PAGE, type PeopleAnswer, type PersonLine } from './people-search.ts';
export { EVENTS_A_PAGE, type TimelineEvent, timelineOf } from './people-timeline.ts';
export { GRADE_WORDS, MEMBERSHIP_WORDS } from './people-words.ts';
export { type Work, workFor } from './people-work.ts';
export {
	changeName,
	changePerson,
	correctName,
	type FormerName,
	type FullName,
	type Gender,
	type PersonDetails,
	putBirthDate,
	putPersonOnFile,
	recordFormerName,
} from './person-commands.ts';
export { refundedMembership } from './refunded.ts';
export { remindMembers } from './reminders.ts';
export { changeMatchesRemoved, dropRemovedMatch, keepRemovedMatch, matchRemoved, type RemovedMatch, removedMatchOf } from './removed-match.ts';
export { cancelOrder, changeEmployer, changeGrade, type RenewInput, renewMembership } from './renew-commands.ts';
export { confirmClass, enforceRetention, liftHold, placeHold } from './retention-commands.ts';
export { confirmClassForm, holdForm, liftHoldForm } from './retention-forms.ts';
export { canKeepData, classesWaiting, holdsStanding, type RetentionView, retentionClass, retentionDone, retentionOverview } from './retention-queries.ts';
export { type Declaration, declarationsOn, type MembershipRules, membershipRules } from './rules.ts';
export { settledMembership } from './settled.ts';
export { isMember, MEMBERSHIP_STATES, type MembershipState, type MembershipStatus, membershipStatus } from './status.ts';
export { nextLine, STATE_WORDS, statusLine } from './status-words.ts';
export { askToUnmerge, canConfirmUnmerge, canUnmerge, dropUnmerge, previewUnmerge, type UnmergePreview, unmergeFiles } from './unmerge-commands.ts';
export { type MergedFile, mergedInto, unmergeForm, unmergesWaiting } from './unmerge-queries.ts';

export { type AuditedLog, auditedLog, readAuditedEvidence } from './audited-log.ts';
export { type CpdTotal, recordCpdTotal } from './brought-forward.ts';
export { type Due, dueOf } from './calendar-due.ts';
export { calendarAt, calendarSince, makeCalendarAddress, revokeCalendarAddress } from './calendar-feed.ts';
export { type Difference, differences, factsInWords } from './compare-versions.ts';
export { type Activity, type Entry, isReflected } from './entry.ts';
export { addEntry, changeEntry, deleteEntry, logActivity, restoreEntry } from './entry-commands.ts';
export { type ActivityInput, activityForm, REFLECTION_LIMIT } from './entry-form.ts';
export { canChange } from './entry-policy.ts';
export { deletedEntries, draftsOf, ownEntry } from './entry-queries.ts';
export { addEvidence, evidenceForm, evidenceOf, MOST_EVIDENCE, readEvidence, removeEvidence } from './evidence.ts';
export type { CpdFacts, EntryFact, SupervisionFact } from './facts.ts';
export { groupPageForm, runGroupForm } from './group-form.ts';
export { addMeeting, beginGroup, endGroup, groupForm, groupsOf, type MeetingGroup, occasionOf, sayOccasion } from './groups.ts';
export { clientHintOf } from './hints.ts';
export { CATEGORY_OPTIONS, CATEGORY_WORDS, CPD_CATEGORIES, type CpdCategory, MODE_OPTIONS } from './kinds.ts';
export { type Log, type LogFilter, logOf } from './list-queries.ts';
export { type Overview, ownOverview } from './overview.ts';
export { type CpdPeriod, periodOn } from './period.ts';
export { exportPortfolio, portfolioForm } from './portfolio-export.ts';
export { purgeDeletedEntries, UNDO_DAYS } from './purge.ts';
export { type CpdRules, type CpdRulesVersion, GROUP_WORDS, GROUPS, RULE_KEYS, RULES, type RuleKey } from './rules.ts';
export { rulesDifferences, rulesInWords } from './rules-compare.ts';
export {
	changeRulesDraft,
	discardRulesDraft,
	draftRules,
	keepTrial,
	namesTouched,
	publishRules,
	type RulesDraft,
	rulesDraft,
	rulesDrafts,
} from './rules-drafts.ts';
export { publishForm, rulesForm, rulesTyped } from './rules-form.ts';
export { canSeeWhoChanges, canWorkOnRules } from './rules-policy.ts';
export { type Trial, tryRules } from './rules-trial.ts';
export { type CpdStanding, cpdStanding, type RuleStanding } from './standing.ts';
export { cpdRuleVersions, cpdStandingOf, cpdStandingOn, membershipOf, rulesAt } from './standing-queries.ts';
export { type NamedEntry, type RuleView, type StandingView, standingSummary, standingView, wantedIn } from './standing-view.ts';
export { sayPeriod, sayRule } from './standing-words.ts';
export { askForSupervision } from './supervision-ask.ts';
export { askingOf, askToConfirm, sendConfirmations } from './supervision-batch.ts';
export { noteHint } from './supervision-checks.ts';
export { changeSupervision, deleteSupervision, logSupervision } from './supervision-commands.ts';
export { answerByLink, confirmByLink, confirmSessions, type Decision, type WaitingSession, waitingIn } from './supervision-confirm.ts';
export { SESSION_STATE_WORDS, type SupervisionSession } from './supervision-entry.ts';
export { minutesTaught, type SupervisedSpan, supervisedBetween, supervisionFactsOf, supervisionGivenBy } from './supervision-facts.ts';
export * as supervisionForms from './supervision-form.ts';
export {
	openSupervisionLink,
	type SupervisionLink,
	saySupervisionLink,
	supervisionLinkAt,
	supervisionLinkInHand,
} from './supervision-link.ts';
export { type Supervisee, superviseeOf, superviseesOf } from './supervision-overview.ts';
export { lastSessionOf, sessionOf, sessionsBetween, sessionsOf, supervisionTotals } from './supervision-queries.ts';
export { nameOfPerson, type Relation, relationOf, relationRow, relationsOf } from './supervision-relation-queries.ts';
export { answerSupervision, endSupervision, takeBackAsk } from './supervision-relations.ts';
export { supervisionRules } from './supervision-rules.ts';
export { dayTyped, sayLength, sayMonth, sessionDifferences, sessionFacts, sessionTyped } from './supervision-view.ts';
export {
	KIND_OF_SUPERVISION,
	MATERIAL_OF_SUPERVISION,
	MODE_OF_SUPERVISION,
	SUPERVISION_KIND_OPTIONS,
	SUPERVISION_MATERIAL_OPTIONS,
	SUPERVISION_MODE_OPTIONS,
} from './supervision-words.ts';
export { typedFrom } from './typed.ts';
export { declareForm, declareYear } from './year-commands.ts';
export {
	cpdYearsFor,
	cpdYearsOf,
	type DeclaredYear,
	declaredYear,
	declaredYears,
	isAsDeclared,
	ownYear,
	type YearView,
	yearToDeclare,
} from './year-queries.ts';

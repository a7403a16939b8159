/** Staying accredited: re-accreditation, more time, the way back; CPD audits. What pages and jobs use of it. */

export { drawAudits, eligibleForAudit, notifyChosen, targetAudit } from './audit-draw-commands.ts';
export { answerAuditForm, askAuditForm, drawAuditForm, sayAuditForm, targetForm } from './audit-forms.ts';
export { ownAudit, ownAudits, readOwnAuditFile, saidOn } from './audit-own.ts';
export { answerAudit, answerAuditItems, askInAudit, sayInAudit } from './audit-own-commands.ts';
export { AUDIT_LIST_WORDS, AUDIT_LISTS, auditQueue, auditWork, canSeeAudits, drawsToTell, extensionsToTell } from './audit-queue.ts';
export { auditSight, readAuditedLog, readAuditFile } from './audit-sight.ts';
export { AUDIT_SAYS } from './audit-state.ts';
export { tendAudits } from './audit-tend-commands.ts';
export { tellAudit } from './audit-words.ts';
export { wasDrawn } from './draw-sample.ts';
export { extendEveryone, extensionToSettle, secondExtension } from './renewal-extend-commands.ts';
export { readRenewalFile } from './renewal-file.ts';
export { annualForm, answersForm, batchForm, massForm, SUPPORT_CHOICES, secondForm, submitRenewalForm, supportForm } from './renewal-forms.ts';
export { REASON_WORDS } from './renewal-judge.ts';
export { confirmBatch, drawRenewals } from './renewal-office-commands.ts';
export { ownRenewal, supportersFor, supportFor, supportOn, supportWaiting } from './renewal-own.ts';
export { answerRenewal, askSupport, declareAnnual, giveSupport, submitRenewal } from './renewal-own-commands.ts';
export {
	canSeeRenewals,
	countRenewals,
	extensionsWaiting,
	greenOnes,
	RENEWAL_LIST_WORDS,
	type RenewalList,
	renewalLists,
	renewalQueue,
	renewalWork,
} from './renewal-queue.ts';
export { answerWordFirst, giveWord, wordPage } from './renewal-request-answer.ts';
export { askSupportForm, OTHER_PERSON, wordForm } from './renewal-request-forms.ts';
export { openWordLink, sayWordLink, wordInHand, wordLinkAt } from './renewal-request-link.ts';
export { renewalSight } from './renewal-sight.ts';
export { tendRenewals } from './renewal-tend-commands.ts';
export { PHASE_TELLS, RENEWAL_DONE, renewalRows } from './renewal-words.ts';
export { actsOnUpkeep, upkeepAct } from './upkeep-acts.ts';
export { type CopyChecks, checkUpkeep, recomputeAuditDue } from './upkeep-copy.ts';
export { filesFor, readUpkeepFile } from './upkeep-files.ts';
export { itemFiles, itemsFor } from './upkeep-items.ts';
export { openReferredPaper } from './upkeep-paper.ts';

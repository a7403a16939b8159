/** Everything that the pages of orders, conditions and notices need. */

export { giveEvidence, showCondition } from './condition-acts.ts';
export { conditionForm, judgeAct } from './condition-forms.ts';
export * as conditionMails from './condition-mails.ts';
export { ownCondition, ownOrders } from './condition-own.ts';
export { correctionsOf, publicCorrections, publicNotice, publicNotices } from './notice-list.ts';
export { firstDraft, orderAct } from './order-acts.ts';
export { dueOrders, orderWarnings, orphanedCases } from './order-due.ts';
export * as orderMails from './order-mails.ts';
export { takeOverOrders } from './order-take.ts';
export { tendOrders } from './order-tend.ts';
export { caseOrders, orderView } from './order-view.ts';

/** What comes after a case: how long it is kept, what is learned, who from outside looks at it, and the figures of the year. */
export { readsForComplainant, readsForRespondent, type SideRead } from './reads-view.ts';
export { type ConcernYear, concernYears } from './report-public.ts';
export { concernsReport, concernsReportCsv, daysFor, mayChooseDays } from './report-view.ts';
export { keptAct, keptActs } from './retain-acts.ts';
export { proposeDestruction, retainConcern, settleDestruction } from './retain-commands.ts';
export { destroyForm, retainForm, secondForm } from './retain-forms.ts';
export { markDueConcerns } from './retain-mark.ts';
export { type KeptLine, keptConcern, keptConcerns, keptWork } from './retain-queries.ts';
export { KEPT_AS_WORDS, RETAIN_WORDS } from './retain-words.ts';
export { endRoom, enterToSummarise, makeRoom } from './room-commands.ts';
export { endRoomAct, enterAct, newRoomAct } from './room-forms.ts';
export * as roomMails from './room-mails.ts';
export { roomsFor } from './room-rows.ts';
export { roomCase, roomView } from './room-view.ts';

/** Everything that the pages under `/concerns` need: the way in without an account. */
export { aboutForm, type Candidate, candidate, findOnRegister, saveAbout } from './draft-about.ts';
export { dropOwnDraft, tendConcernDrafts } from './draft-drop.ts';
export { type Answers, formOf, type Question } from './draft-fields.ts';
export { PARTS, type Part, type PartKey, partsOf } from './draft-parts.ts';
export { saidIn, sendConcern } from './draft-send.ts';
export { type Draft, draftOf, partOf, savePart } from './draft-store.ts';
export { beginForm, openKeyForm } from './key-forms.ts';
export { isOurKey, newCaseKey, sealOfKey } from './key-make.ts';
export { openByKey } from './key-open.ts';
export { endVisit, visitOf } from './key-visit.ts';
export { actAsComplainant, actForm, messageForm, writeToOffice } from './tracker-commands.ts';
export { actOf, mayAct, type Tracker, type TrackerAct, type TrackerMessage, trackerOf } from './tracker-view.ts';
export { ACT_WORDS } from './tracker-words.ts';
export { beginConcern } from './way-begin.ts';
export { answerEquality, EQUALITY_QUESTIONS, equalityForm } from './way-equality.ts';
export { type FitAnswer, fitAnswers, fitForm } from './way-fit.ts';
export { draftDays, promisesToday } from './way-promises.ts';
export { type Reach, reachOf, tellComplainant } from './way-reach.ts';

/** What is laid before each side, with what is covered in it (issue 5 §2). */
export { type CheckInput, checkPack, givePack, hadPart, mayCheck, sendPack } from './pack-check.ts';
export { chooseItems, coverHits, coverLines, dropPack, makePack, type OfPack, uncover } from './pack-commands.ts';
export { checkForm, chooseForm, coverForm, linesForm, newPackForm, packAct, packActs, uncoverForm } from './pack-forms.ts';
export { type Source, sourcesOf } from './pack-originals.ts';
export { type GivenItem, type GivenPack, packsForComplainant, packsGiven } from './pack-read.ts';
export { differencesOf, type ItemView, itemViews, linesToTick, standOpen } from './pack-render.ts';
export { type PackRow, type PackSide, type PackState, packNo, packsIn, stateOfPack } from './pack-store.ts';
export { commentBy } from './pack-time.ts';
export { PACK_SIDES, type PackPage, packChoices, packList, packPage } from './pack-view.ts';
export { linkRedactedFile, originalsIn, putRedactedFile, redactedForm } from './redact-file.ts';
export { BECAUSE_CHOICES, BECAUSE_WORDS, type Because, hitsOf, type Part } from './redact-spans.ts';

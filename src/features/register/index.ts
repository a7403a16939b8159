export { type EntryAnswer, entryAnswer, entryAnswerOf, nameAnswer, nameAnswerOf } from './answer.ts';
export { readAskedDay } from './asked-day.ts';
export { awardRunsOutOn } from './award-grace.ts';
export { awardTitle, awardTitles, highestLevel, KIND_WORDS, LEVEL_WORDS } from './award-words.ts';
export { type Certificate, certificateFacts, ownCertificate } from './certificate.ts';
export { certificatePdf, ONLY_THE_ENTRY } from './certificate-pdf.ts';
export {
	changeOrder,
	closeOrder,
	confirmAwardTerm,
	endAward,
	giveAward,
	imposeOrder,
	type NewAward,
	type NewOrder,
	registerPerson,
	reinstateAward,
	sequenceOf,
	takeBackAwardTerm,
} from './commands.ts';
export { type EntryView, entryView } from './entry-view.ts';
export type * from './facts.ts';
export { factsOf } from './facts-queries.ts';
export { type LookUp, lookUp } from './look-up.ts';
export { hasOpenOrder } from './open-order.ts';
export { openApi } from './openapi.ts';
export { type NoticeWords, noticeWords, ORDER_WORDS, orderState, STATE_WORDS } from './order-words.ts';
export { isInForce, isRemoval, ORDER_EFFECTS, shownUntil } from './orders.ts';
export { type CoreProfession, findNumber, type NameAnswer, type NameMatch, type RegisterEntry, registerEntry, searchRegisterByName } from './queries.ts';
export { type RegisterSearch, searchRegister } from './register-search.ts';
export { registerRules, rulesChangeOn } from './rules.ts';
export { type HeldAward, nextChange, type RegisterStatus, registerStatus, type ShownOrder, type Standing } from './status.ts';
export { type ToldEntry, type ToldStanding, tellEntry } from './told.ts';
export { registerBeganOn, toldEntry } from './told-queries.ts';
export { type Meaning, STANDING_WORDS, sayAccredited, saySince, type Tone } from './words.ts';

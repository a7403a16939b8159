export type * from './facts.ts';
export { factsOf } from './facts-queries.ts';
export { ORDER_EFFECTS } from './orders.ts';
export { type CoreProfession, findNumber, type NameAnswer, type NameMatch, type RegisterEntry, registerEntry, searchRegisterByName } from './queries.ts';
export { registerRules } from './rules.ts';
export { type HeldAward, nextChange, type RegisterStatus, registerStatus, type ShownOrder, type Standing } from './status.ts';

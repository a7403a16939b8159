export type { CpdFacts, EntryFact, SupervisionFact } from './facts.ts';
export { CPD_CATEGORIES, type CpdCategory } from './kinds.ts';
export type { CpdPeriod } from './period.ts';
export type { CpdRules, CpdRulesVersion, RuleKey } from './rules.ts';
export { type CpdStanding, cpdStanding, type RuleStanding } from './standing.ts';

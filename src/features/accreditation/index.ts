export { dueOn } from './due.ts';
export { BARS_ASSESSING, BARS_DECIDING, INTEREST_WORDS, type Interest, interestsIn } from './interests.ts';
export { MOVES, type Move, moveFor, type Outcome, type Phase, type StepKind, type Turn, type Who } from './phases.ts';
export { canKeepMeetings, canReadReport, canTake, canWorkOnStandards, isCommittee, isOfficer, type Tie } from './policy.ts';
export {
	type Limits,
	type Reason,
	type Route,
	routeOf,
	type Section,
	type StandardSet,
	type Standards,
	standardSet,
	standardsOn,
	standardsSchema,
} from './standards.ts';
export { standardsProblems } from './standards-check.ts';
export { isMarked, PHASE_SAID, type Recommendation, refusalOf, type State, type Step, stateOf, turnOf } from './state.ts';
export { type Application, refuseStale, type Standing, standingByReference, standingOf, stepsOf, takeStep } from './step.ts';

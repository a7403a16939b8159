import type { CaseRating, TrainingCase } from './case-types.ts';
import type { TrainingRequirements } from './rules.ts';
import { FOCAL_AREAS, type FocalArea } from './words.ts';

export type CaseRequirement = 'sessions' | 'recordings' | 'report';
/** One box of the grid: how much there is of what is asked for. */
export type CaseMeet = { key: CaseRequirement; have: number; need: number; isMet: boolean };
/** How a case stands. `isComplete`: everything is there and the supervisor has passed it. */
export type CaseStanding = { meets: CaseMeet[]; isPassed: boolean; isComplete: boolean };
export type CasesStanding = { complete: number; need: number; isMet: boolean; focalAreas: FocalArea[] };

/**
 * How one case stands against what is asked for each. Pure. Signed facts count, and so do those not signed yet: only a report that stands on
 * them makes a case complete.
 */
export function caseStanding(trainingCase: TrainingCase, requirements: TrainingRequirements): CaseStanding {
	const { facts, reportState, decision } = trainingCase;
	const rated = countingRatings(trainingCase, requirements).length;
	const isPassed = reportState === 'signed' && decision === 'passed';
	const meets = [
		meet('sessions', facts.sessionsSupervised, requirements.sessionsSupervised),
		meet('recordings', rated, requirements.recordingsRated),
		meet('report', isPassed ? 1 : 0, 1),
	];
	return { meets, isPassed, isComplete: meets.every(({ isMet }) => isMet) };
}

/** How all cases of someone stand together. Pure. */
export function casesStanding(cases: readonly TrainingCase[], requirements: TrainingRequirements): CasesStanding {
	const done = cases.filter((one) => caseStanding(one, requirements).isComplete);
	const focalAreas = FOCAL_AREAS.filter((area) => done.some(({ facts }) => facts.focalArea === area));
	return { complete: done.length, need: requirements.cases, isMet: done.length >= requirements.cases, focalAreas };
}

/** The ratings that count: not retracted, one for each session, and chosen at random where that is asked. */
export function countingRatings({ ratings }: Pick<TrainingCase, 'ratings'>, { recordingsAtRandom }: TrainingRequirements): CaseRating[] {
	const standing = ratings.filter((r) => r.retractedAt === null && (r.atRandom || !recordingsAtRandom));
	return standing.filter((r, i) => standing.findIndex((other) => other.sessionOn === r.sessionOn) === i);
}

function meet(key: CaseRequirement, have: number, need: number): CaseMeet {
	return { key, have, need, isMet: have >= need };
}

import type { AgeBand, CaseDecision, CaseEnding, CaseSetting, FocalArea, SessionPhase } from './words.ts';

/** One outcome measure of a case, `key` of the rule set `outcome_measures`; `last` null while there is none yet. */
export type MeasureValues = { key: string; first: number; last: number | null };

/** What a trainee says of a case. Days `YYYY-MM-DD`; `endedOn` and `ending` are null while it goes on. Nothing about who the client is. */
export type CaseFacts = {
	setting: CaseSetting;
	ageBand: AgeBand;
	focalArea: FocalArea;
	beganOn: string;
	endedOn: string | null;
	sessionsPlanned: number;
	sessionsHeld: number;
	sessionsSupervised: number;
	recordingsMade: number;
	measures: MeasureValues[];
	ending: CaseEnding | null;
	note: string;
};

/** A recording that the supervisor heard. `averageHundredths`: 325 is 3.25. Instants are milliseconds UTC. */
export type CaseRating = {
	id: string;
	sessionOn: string;
	phase: SessionPhase;
	atRandom: boolean;
	scaleVersion: string;
	scores: Record<string, number>;
	averageHundredths: number;
	isPass: boolean;
	ratedAt: number;
	byLink: boolean;
	retractedAt: number | null;
	retractedBecause: string | null;
};

/** What a supervisor signed, on one version of the facts; `replacesId`: the report it took the place of, and `reason` why. */
export type CaseReport = {
	id: string;
	factsNumber: number;
	decision: CaseDecision;
	strengths: string;
	concerns: string;
	competence: string;
	hasConflict: boolean;
	conflict: string;
	statement: string;
	statementVersion: string;
	signedName: string;
	signedAt: number;
	byLink: boolean;
	replacesId: string | null;
	reason: string | null;
};

/** `signed`: the newest report stands on the facts as they are; `outdated`: the facts were corrected since, and wait to be signed again. */
export type ReportState = 'none' | 'signed' | 'outdated';

export type TrainingCase = {
	id: string;
	/** For people and addresses, such as `CASE-7KQ4-M2XD`. */
	code: string;
	personId: string;
	/** Its place among the trainee's cases, from 1. */
	place: number;
	relationId: string;
	/** `personId` is null for a supervisor outside the register. */
	supervisor: { personId: string | null; name: string; profession: string | null; hasAgreed: boolean };
	createdAt: number;
	/** For two tabs: what a form was opened with. */
	version: number;
	/** The newest version of the facts, and its number. */
	factsNumber: number;
	facts: CaseFacts;
	/** Every rating, retracted ones included, oldest first. */
	ratings: CaseRating[];
	/** Newest first. */
	reports: CaseReport[];
	reportState: ReportState;
	/** The supervisor's decision on the facts as they are: `in_progress` until a report stands on them. */
	decision: CaseDecision;
};

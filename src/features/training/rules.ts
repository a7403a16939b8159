import { ruleSetOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/**
 * What the grid of cases is held against. The accreditation feature hands over those of a standard set; without one, the rule set `training`.
 * Sessions and recordings are counted for each case. `recordingsAtRandom`: only those that the supervisor chose at random count.
 */
export type TrainingRequirements = {
	cases: number;
	sessionsPlanned: number;
	sessionsSupervised: number;
	recordingsRated: number;
	recordingsAtRandom: boolean;
	/** Not confirmed by the organisation yet. */
	isDefault: boolean;
	/** Where the figures come from, in words. */
	source: string;
};

/** One version of the scale on which recordings are rated. A recording passes with an average of `passTenths` tenths or more. */
export type RatingScale = {
	version: string;
	name: string;
	source: string;
	from: number;
	to: number;
	passTenths: number;
	isDefault: boolean;
	items: { key: string; label: string }[];
};

export type OutcomeMeasure = { key: string; name: string; from: number; to: number };
/** `statement`: the words above a supervisor's signature. `linkDays`: how long a link works. `askAgainDays`: days before the same supervisor is asked again. */
export type SigningRules = { version: string; statement: string; linkDays: number; askAgainDays: number };

/** The rule set `training` in force on a day (default from domain.md §1.2). */
export function trainingRequirements(db: Db, day: string): TrainingRequirements {
	return JSON.parse(ruleSetOn(db, 'training', day).data) as TrainingRequirements;
}

/** The scale in force on a day. */
export function ratingScaleOn(db: Db, day: string): RatingScale {
	const { version, data } = ruleSetOn(db, 'rating_scale', day);
	return { version, ...(JSON.parse(data) as Omit<RatingScale, 'version'>) };
}

/** One version of the scale, as a rating names it. @throws Error when there never was one */
export function ratingScale(db: Db, version: string): RatingScale {
	const data = prepared(db.sql, "SELECT data FROM rule_set WHERE kind = 'rating_scale' AND version = ?").pluck().get(version) as string | undefined;
	if (data === undefined) throw new Error(`There is no rating scale ${version}.`);
	return { version, ...(JSON.parse(data) as Omit<RatingScale, 'version'>) };
}

/** The outcome measures that a case may name. */
export function outcomeMeasures(db: Db, day: string): OutcomeMeasure[] {
	return (JSON.parse(ruleSetOn(db, 'outcome_measures', day).data) as { measures: OutcomeMeasure[] }).measures;
}

/** What is signed and how supervisors are asked. */
export function signingRules(db: Db, day: string): SigningRules {
	const { version, data } = ruleSetOn(db, 'training_signing', day);
	return { version, ...(JSON.parse(data) as Omit<SigningRules, 'version'>) };
}

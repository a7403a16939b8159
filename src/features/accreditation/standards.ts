import { z } from 'zod';
import { ruleSetVersionOn } from '#core/rule-set.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';

/** What may stand as evidence in a section: a file, words, or what is on record already. */
export const EVIDENCE_KINDS = ['file', 'course', 'case', 'cpd_entry', 'cpd_year', 'supervision', 'earlier_application'] as const;
export const REQUEST_KINDS = ['reference', 'supervisor_report', 'outside_body'] as const;
/** How a route is come by: a first award, the next period of one, one that lapsed, one after leave, a certificate of another body. */
export const ROUTE_KINDS = ['award', 'reaccreditation', 'reinstatement', 'after_leave', 'recognition', 'organisation'] as const;

const key = z.string().regex(/^[a-z0-9_]{1,60}$/);
const words = z.string().trim().min(1).max(2000);
const days = z.int().min(0).max(3660);
export const AWARD_LEVELS = ['practitioner', 'supervisor', 'trainer', 'organisation'] as const;
export const AWARD_KINDS = ['adult', 'adolescent', 'counselling', 'bipolar', 'perinatal', 'eating', 'group'] as const;
const award = z.strictObject({ level: z.enum(AWARD_LEVELS), kind: z.enum(AWARD_KINDS) });

/** Where a figure comes from, in words, and whether the organisation has confirmed it; until then it is a default. */
const origin = { source: z.string().max(400).default(''), isConfirmed: z.boolean().default(false) };

/** Of courses their kind; of cases `adolescent` (clients under 18) or `perinatal` (the setting); of an award its level. */
export const COUNTED_OF = ['practitioner', 'adolescent', 'supervisor', 'refresher', 'counselling', 'bipolar', 'perinatal', 'trainer'] as const;
export const COUNTS = [
	'course_hours',
	'cases_passed',
	'cases_focal_areas',
	'sessions_supervised',
	'recordings_rated',
	'cpd_met',
	'supervision_minutes',
	'supervision_given_minutes',
	'supervisees',
	'courses_led_hours',
	'teaching_hours',
	'months_since_award',
] as const;

const criterion = z.strictObject({ key, text: words });
/** What can be counted from the record, shown to applicant and assessor as "3 of 4"; it never decides by itself. */
const rule = z.strictObject({
	counts: z.enum(COUNTS),
	/** Null: of whatever kind. */
	of: z.enum(COUNTED_OF).nullable(),
	/** Hours of courses and of teaching; minutes of supervision; CPD years that were met; months; else how many. */
	atLeast: z.int().min(0).max(100_000),
	...origin,
});
const section = z.strictObject({
	key,
	title: words,
	hint: z.string().max(2000),
	/** What the applicant writes; null where there is nothing to write. */
	question: words.nullable(),
	isRequired: z.boolean(),
	evidence: z.array(z.enum(EVIDENCE_KINDS)),
	rules: z.array(rule),
	criteria: z.array(criterion).min(1),
});
/** A question before anything else, with the honest answer for those who do not fit. */
const eligibility = z.strictObject({ key, question: words, wanted: z.enum(['yes', 'no']), otherwise: words });
const request = z.strictObject({ kind: z.enum(['reference', 'supervisor_report']), count: z.int().min(1).max(3), hint: z.string().max(1000) });

const route = z.strictObject({
	key,
	kind: z.enum(ROUTE_KINDS),
	title: words,
	summary: words,
	/** The award it leads to; null where it concerns an award that is held already. */
	leadsTo: award.nullable(),
	/** Awards of which one must be held; none: nothing is asked. */
	needs: z.array(award),
	/** The awards of which one may be confirmed or brought back, where `leadsTo` is null. */
	concerns: z.array(award).default([]),
	/** Only accreditation lets anybody call themselves accredited. */
	isAccreditation: z.boolean(),
	eligibility: z.array(eligibility),
	sections: z.array(section).min(1),
	requests: z.array(request),
	assessors: z.union([z.literal(1), z.literal(2)]),
	feePence: z.int().min(0).max(1_000_000),
	/** How long an award is given for. */
	termMonths: z.int().min(1).max(120),
	/** Of fee, term and number of assessors. */
	...origin,
});

const reason = z.strictObject({
	key,
	text: words,
	/** `fixable`: the applicant can mend it. `declining`: it cannot be mended within this application. */
	kind: z.enum(['fixable', 'declining']),
	/** Months until one may apply again after a refusal for it; 0: at once. */
	againAfterMonths: z.int().min(0).max(120),
});

/** Time limits. Working days where the name says so, else calendar days or months. */
const limits = z.strictObject({
	checksWorkingDays: days,
	assessmentWorkingDays: days,
	panelWorkingDays: days,
	reviewWorkingDays: days,
	draftMonths: z.int().min(1).max(24),
	draftReminderDays: z.array(days),
	roundDays: z.array(days).length(3),
	roundReminderDays: z.array(days),
	extensionDays: days,
	requestDays: days,
	requestReminderDays: z.array(days),
	reviewWithinDays: days,
	holdMostDays: days,
	conditionMostMonths: z.int().min(1).max(36),
	papersWorkingDays: days,
});

/** Figures of the set as a whole, by the names they have in it. */
export const FIGURES = [...(Object.keys(limits.shape) as (keyof typeof limits.shape)[]), 'blindPercent', 'committee', 'reasons'] as const;

const committee = z.strictObject({ quorum: z.int().min(2).max(20), layAtLeast: z.int().min(0).max(5), reviewQuorum: z.int().min(2).max(20) });

export const standardsSchema = z.strictObject({
	/** Where figures come from, and that they are defaults to be confirmed. */
	note: words,
	declaration: words,
	/** Of every hundred applications with one assessor, how many get a second who marks blind. */
	blindPercent: z.int().min(0).max(100),
	limits,
	committee,
	figures: z.array(z.strictObject({ figure: z.enum(FIGURES), ...origin })).default([]),
	routes: z.array(route).min(1),
	reasons: z.array(reason).min(1),
});

export type Standards = z.output<typeof standardsSchema>;
export type Route = Standards['routes'][number];
export type Section = Route['sections'][number];
export type Reason = Standards['reasons'][number];
export type Limits = Standards['limits'];
export type StandardSet = { version: string; fromOn: string; standards: Standards };

/** The set that an application beginning on a day is judged by. */
export function standardsOn(db: Db, day: string): StandardSet {
	return standardSet(db, ruleSetVersionOn(db, 'standards', day));
}

const read = new Map<string, { data: Buffer; standards: Standards }>();

/** A published set by its version: the one an application keeps. @throws Error when there is none */
export function standardSet(db: Db, version: string): StandardSet {
	// As bytes: comparing them with what was read before takes a tenth of the time of making 67,000 letters of them.
	const text = "SELECT from_on AS fromOn, CAST(data AS BLOB) AS data FROM rule_set WHERE kind = 'standards' AND version = ?";
	const row = prepared(db.sql, text).get(version) as { fromOn: string; data: Buffer } | undefined;
	if (!row) throw new Error(`There are no standards ${version}.`);
	const known = read.get(version);
	const standards = known?.data.equals(row.data) ? known.standards : standardsSchema.parse(JSON.parse(row.data.toString('utf8')));
	read.set(version, { data: row.data, standards });
	return { version, fromOn: row.fromOn, standards };
}

/** A route of a set. @throws Error when the set has none of that key: an application's route is always one of its set */
export function routeOf(standards: Standards, key: string): Route {
	const found = standards.routes.find((route) => route.key === key);
	if (!found) throw new Error(`These standards have no route ${key}.`);
	return found;
}

import { daysBetween } from '#core/dates.ts';
import { countOf as sayCount } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { cpdStandingOn, declaredYears, minutesTaught, supervisionFactsOf, supervisionGivenBy } from '#features/cpd/index.ts';
import { minutesLed } from '#features/training/index.ts';
import { type TrainedCase, trainedCases, trainingCourses } from './evidence-training.ts';
import type { Section } from './standards.ts';
import { isMinutes } from './standards-words.ts';

export type CountRule = Section['rules'][number];
/** What a rule asks for and what the record holds, with words such as `3 of 4 supervised cases passed`. It never decides by itself. */
export type RuleCount = { have: number; atLeast: number; isMet: boolean; words: string };

type Counter = (db: Db, personId: string, rule: CountRule, day: string) => number;

const COUNTERS: Record<CountRule['counts'], Counter> = {
	course_hours: (db, personId, { of }) => {
		const attended = trainingCourses(db, personId).filter(({ state, course }) => state === 'confirmed' && (of === null || course.kind === of));
		return Math.floor(attended.reduce((sum, { minutes }) => sum + minutes, 0) / 60);
	},
	cases_passed: (...asked) => casesOf(...asked).length,
	cases_focal_areas: (...asked) => new Set(casesOf(...asked).map(({ focalArea }) => focalArea)).size,
	sessions_supervised: (...asked) => sum(casesOf(...asked), 'sessionsSupervised'),
	recordings_rated: (...asked) => sum(casesOf(...asked), 'recordingsRated'),
	cpd_met: (db, personId, _, day) => declaredYears(db, personId).filter(({ toOn, isMet }) => toOn <= day && isMet).length + yearMet(db, personId, day),
	supervision_minutes: (db, personId, _, day) =>
		supervisionFactsOf(db, personId, '0000-01-01', day).reduce((minutes, fact) => minutes + (fact.isConfirmed ? fact.minutes : 0), 0),
	supervision_given_minutes: (db, personId, _, day) => supervisionGivenBy(db, personId, day).minutes,
	supervisees: (db, personId, _, day) => supervisionGivenBy(db, personId, day).supervisees,
	courses_led_hours: (db, personId, { of }, day) => Math.floor(minutesLed(db, personId, of, day) / 60),
	teaching_hours: (db, personId, _, day) => Math.floor(minutesTaught(db, personId, day) / 60),
	months_since_award: (db, personId, rule, day) => monthsSince(db, personId, rule, day),
};

/**
 * How much of what a rule counts a person has on a day: hours of courses attended or led, supervised cases passed, minutes of confirmed
 * supervision received or given, people supervised, hours of teaching, CPD years that were met, full months since the first award. Reads only; never authorises.
 */
export function countOf(db: Db, personId: string, rule: CountRule, day: string): number {
	return COUNTERS[rule.counts](db, personId, rule, day);
}

/** Every rule of a section with what the record holds. Never authorises. */
export function countsFor(db: Db, personId: string, { rules }: Pick<Section, 'rules'>, day: string): RuleCount[] {
	return rules.map((rule) => {
		const have = countOf(db, personId, rule, day);
		return { have, atLeast: rule.atLeast, isMet: have >= rule.atLeast, words: sayRuleCount(rule, have) };
	});
}

/** `3 of 4 supervised cases passed`. */
export function sayRuleCount({ counts, atLeast }: Pick<CountRule, 'counts' | 'atLeast'>, have: number): string {
	if (isMinutes(counts)) return `${sayHours(have)} of ${sayHours(atLeast)} of ${SUPERVISION[counts]}`;
	return `${have.toLocaleString('en-GB')} of ${sayCount(atLeast, ...WHAT[counts])}`;
}

const SUPERVISION = { supervision_minutes: 'confirmed supervision', supervision_given_minutes: 'supervision given and confirmed' } as const;

const WHAT: Record<Exclude<CountRule['counts'], keyof typeof SUPERVISION>, [one: string, many: string]> = {
	course_hours: ['hour of courses', 'hours of courses'],
	cases_passed: ['supervised case passed', 'supervised cases passed'],
	cases_focal_areas: ['focal area in them', 'focal areas in them'],
	sessions_supervised: ['session supervised', 'sessions supervised'],
	recordings_rated: ['recording rated', 'recordings rated'],
	cpd_met: ['CPD year met', 'CPD years met'],
	supervisees: ['person supervised', 'people supervised'],
	courses_led_hours: ['hour of courses led', 'hours of courses led'],
	teaching_hours: ['hour of teaching in the CPD log', 'hours of teaching in the CPD log'],
	months_since_award: ['month since the award', 'months since the award'],
};

function sayHours(minutes: number): string {
	return sayCount(Math.floor((minutes / 60) * 10) / 10, 'hour');
}

/** Passed cases of the kind that a rule names: clients under 18, or a perinatal service. */
function casesOf(db: Db, personId: string, { of }: CountRule, day: string): TrainedCase[] {
	const passed = trainedCases(db, personId, day).filter(({ isPassed }) => isPassed);
	if (of === 'adolescent') return passed.filter(({ ageBand }) => ageBand === 'under_12' || ageBand === '12_17');
	return of === 'perinatal' ? passed.filter(({ setting }) => setting === 'nhs_perinatal') : passed;
}

function sum(cases: readonly TrainedCase[], key: 'sessionsSupervised' | 'recordingsRated'): number {
	return cases.reduce((all, one) => all + one[key], 0);
}

/** The year that is running counts once it is met, unless it is declared already. */
function yearMet(db: Db, personId: string, day: string): number {
	const { period, isMet, rules } = cpdStandingOn(db, personId, day);
	const isDeclared = declaredYears(db, personId).some(({ fromOn }) => fromOn === period.fromOn);
	return isMet && rules.length > 0 && !isDeclared ? 1 : 0;
}

function monthsSince(db: Db, personId: string, { of }: CountRule, day: string): number {
	const text = 'SELECT min(awarded_on) FROM award WHERE person_id = ? AND (? IS NULL OR level = ?) AND awarded_on <= ? AND (ended_on IS NULL OR ended_on > ?)';
	const first = prepared(db.sql, text).pluck().get(personId, of, of, day, day) as string | null;
	return first === null ? 0 : Math.floor(daysBetween(first, day) / (365.25 / 12));
}

import { sayPence } from '#core/money.ts';
import { countOf, listOf } from '#core/text.ts';
import { awardTitle } from '#features/register/index.ts';
import type { COUNTED_OF, COUNTS, EVIDENCE_KINDS, FIGURES, ROUTE_KINDS, Route, Section, Standards } from './standards.ts';

type Rule = Section['rules'][number];
type Figure = (typeof FIGURES)[number];

export const EVIDENCE_WORDS: Record<(typeof EVIDENCE_KINDS)[number], string> = {
	file: 'A file, such as a certificate or a letter',
	course: 'A course from the training record',
	case: 'A supervised case from the training record',
	cpd_entry: 'An entry of the CPD log',
	cpd_year: 'A whole CPD year',
	supervision: 'Supervision from the log',
	earlier_application: 'Something from an earlier application',
};

export const ROUTE_KIND_WORDS: Record<(typeof ROUTE_KINDS)[number], string> = {
	award: 'A new award',
	reaccreditation: 'The next period of an award',
	reinstatement: 'An award that came to an end',
	after_leave: 'Coming back after leave',
	recognition: 'A certificate of another body',
	organisation: 'Registration through an organisation',
};

/** `unit`: what a figure of this kind is counted in, one and many. */
export const COUNT_WORDS: Record<(typeof COUNTS)[number], { label: string; unit: readonly [one: string, many: string] }> = {
	course_hours: { label: 'Hours of courses', unit: ['hour', 'hours'] },
	cases_passed: { label: 'Supervised cases passed', unit: ['case', 'cases'] },
	cases_focal_areas: { label: 'Focal areas among the cases', unit: ['area', 'areas'] },
	sessions_supervised: { label: 'Sessions supervised', unit: ['session', 'sessions'] },
	recordings_rated: { label: 'Recordings rated by a supervisor', unit: ['recording', 'recordings'] },
	cpd_met: { label: 'CPD years met', unit: ['year', 'years'] },
	supervision_minutes: { label: 'Confirmed supervision', unit: ['minute', 'minutes'] },
	supervision_given_minutes: { label: 'Supervision given, confirmed', unit: ['minute', 'minutes'] },
	supervisees: { label: 'People supervised', unit: ['person', 'people'] },
	courses_led_hours: { label: 'Hours of courses led', unit: ['hour', 'hours'] },
	teaching_hours: { label: 'Hours of teaching in the CPD log', unit: ['hour', 'hours'] },
	months_since_award: { label: 'Time since the award', unit: ['month', 'months'] },
};

export const COUNTED_OF_WORDS: Record<(typeof COUNTED_OF)[number], string> = {
	practitioner: 'practitioner',
	adolescent: 'young people',
	supervisor: 'supervisor',
	refresher: 'refresher',
	counselling: 'interpersonal counselling',
	bipolar: 'bipolar disorder',
	perinatal: 'before and after birth',
	trainer: 'trainer',
};

/** What the figures of the set as a whole are called. Those of the committee and the reasons have forms of their own. */
export const FIGURE_WORDS: Record<Figure, string> = {
	checksWorkingDays: 'Working days to see whether an application is complete',
	assessmentWorkingDays: 'Working days to assess it',
	panelWorkingDays: 'Working days until the committee has decided',
	reviewWorkingDays: 'Working days for a review',
	draftMonths: 'Months until a draft nobody works on is closed',
	draftReminderDays: 'Reminders of a draft, days before',
	roundDays: 'Days to answer a request for information, by round',
	roundReminderDays: 'Reminders of such a request, days before',
	extensionDays: 'Days by which the office may extend it once',
	requestDays: 'Days that a referee or supervisor has to answer',
	requestReminderDays: 'Reminders to them, days before',
	reviewWithinDays: 'Days within which a review may be asked for',
	holdMostDays: 'Longest hold, in days',
	conditionMostMonths: 'Longest time for a condition, in months',
	papersWorkingDays: 'Working days before a meeting on which its papers go out',
	blindPercent: 'Of a hundred applications with one assessor, how many a second marks blind',
	committee: 'Who makes a quorum',
	reasons: 'When one may apply again',
};

/** `4 cases`, `16 hours`, `12 months`. */
export function sayAtLeast({ counts, atLeast }: Pick<Rule, 'counts' | 'atLeast'>): string {
	if (isMinutes(counts) && atLeast % 60 === 0) return countOf(atLeast / 60, 'hour');
	return countOf(atLeast, ...COUNT_WORDS[counts].unit);
}

/** Is a count of this kind kept in minutes, and said in hours? */
export function isMinutes(counts: Rule['counts']): counts is 'supervision_minutes' | 'supervision_given_minutes' {
	return counts === 'supervision_minutes' || counts === 'supervision_given_minutes';
}

/** `Supervised cases passed (young people)`. */
export function ruleLabel({ counts, of }: Pick<Rule, 'counts' | 'of'>): string {
	return of === null ? COUNT_WORDS[counts].label : `${COUNT_WORDS[counts].label} (${COUNTED_OF_WORDS[of]})`;
}

/** Where a figure comes from, and that it is a default until somebody confirmed it. */
export function sayOrigin({ source, isConfirmed }: { source: string; isConfirmed: boolean }): string {
	if (isConfirmed) return source === '' ? 'Confirmed' : `Confirmed: ${source}`;
	return source === '' ? 'A default, to be confirmed' : `A default, to be confirmed. ${source}`;
}

/** A figure of the set as a whole, in words. */
export function sayFigure(standards: Standards, figure: Figure): string {
	if (figure === 'blindPercent') return String(standards.blindPercent);
	if (figure === 'reasons') return `${standards.reasons.length} reasons, see below`;
	if (figure !== 'committee') return [standards.limits[figure]].flat().join(', ');
	const { quorum, layAtLeast, reviewQuorum } = standards.committee;
	return `${quorum}, of whom ${layAtLeast} lay; in a review ${reviewQuorum}`;
}

/** What a route gives or is about, whom it needs, who looks at it, what it costs: label and words. */
export function routeFacts(route: Route): [label: string, value: string][] {
	const { leadsTo, needs, concerns, assessors, requests, feePence, termMonths } = route;
	const asked = requests.map(({ kind, count }) => (kind === 'reference' ? countOf(count, 'reference') : countOf(count, 'supervisor’s report')));
	return [
		['What it is', ROUTE_KIND_WORDS[route.kind]],
		...(leadsTo === null ? [] : [['Leads to', awardTitle(leadsTo)] as [string, string]]),
		...(concerns.length === 0 ? [] : [['Is about one of', concerns.map(awardTitle).join('; ')] as [string, string]]),
		['Award to hold first', needs.length === 0 ? 'None' : needs.map(awardTitle).join(', or ')],
		['From others', asked.length === 0 ? 'Nothing' : listOf(asked)],
		['Who assesses', assessors === 2 ? 'Two assessors, each by themselves' : 'One assessor, at times a second who marks blind'],
		['Fee', feePence === 0 ? 'None' : sayPence(feePence)],
		['Given for', sayMonths(termMonths)],
	];
}

export function sayMonths(months: number): string {
	return months % 12 === 0 ? countOf(months / 12, 'year') : countOf(months, 'month');
}

import type { Route, Section, Standards } from './standards.ts';

type Award = NonNullable<Route['leadsTo']>;

/**
 * What in a set does not fit together, in words for the committee; empty when it can be published. The schema says what a set is made of,
 * this says that its parts agree: every award that is needed can be come by, every count has its evidence, every refusal a reason.
 */
export function standardsProblems(standards: Standards): string[] {
	const { routes, reasons, committee } = standards;
	const awarded = routes.flatMap((route) => (route.leadsTo === null ? [] : [nameOf(route.leadsTo)]));
	return [
		...twice(routes.map((route) => route.key)).map((key) => `Two routes have the key “${key}”.`),
		...twice(reasons.map((reason) => reason.key)).map((key) => `Two reasons have the key “${key}”.`),
		...routes.flatMap((route) => routeProblems(route, awarded).map((problem) => `${route.title}: ${problem}`)),
		...(['fixable', 'declining'] as const).filter((kind) => !reasons.some((r) => r.kind === kind)).map((kind) => `There is no ${kind} reason.`),
		...reasons.filter((r) => r.kind === 'fixable' && r.againAfterMonths > 0).map((r) => `“${r.text}” can be mended, so it keeps nobody from applying again.`),
		...(committee.layAtLeast > committee.quorum ? ['More lay members are asked for than make a quorum.'] : []),
	];
}

function routeProblems(route: Route, awarded: readonly string[]): string[] {
	const { kind, leadsTo, needs, concerns, sections, eligibility } = route;
	const concernsHeld = kind === 'reaccreditation' || kind === 'reinstatement' || kind === 'after_leave';
	const unknown = [...needs, ...concerns].map(nameOf).filter((name) => !awarded.includes(name));
	const isSenior = leadsTo?.level === 'supervisor' || leadsTo?.level === 'trainer';
	return [
		...when(concernsHeld !== (leadsTo === null), concernsHeld ? 'it gives no new award.' : 'it says of no award that it leads there.'),
		...when(
			concernsHeld !== concerns.length > 0,
			concernsHeld ? 'say which awards it is about.' : 'only a way to keep or regain an award names awards it is about.',
		),
		...when((leadsTo?.level === 'organisation') === route.isAccreditation, 'registration through an organisation is not accreditation; everything else is.'),
		...when(isSenior && route.assessors !== 2, 'supervisors and trainers are assessed by two.'),
		...unknown.map((name) => `no route leads to the award ${name}, which it speaks of.`),
		...twice(sections.map((s) => s.key)).map((key) => `two sections have the key “${key}”.`),
		...when(
			sections.some((s) => s.key === 'eligibility'),
			'the key “eligibility” is for the first questions.',
		),
		...twice(eligibility.map((q) => q.key)).map((key) => `two first questions have the key “${key}”.`),
		...twice(sections.flatMap((s) => s.criteria.map((c) => c.key))).map((key) => `two criteria have the key “${key}”.`),
		...sections.flatMap(sectionProblems),
	];
}

/** The kind of evidence without which a count would always be nought. */
const COUNTED_FROM: Partial<Record<Section['rules'][number]['counts'], Section['evidence'][number]>> = {
	course_hours: 'course',
	cases_passed: 'case',
	cases_focal_areas: 'case',
	sessions_supervised: 'case',
	recordings_rated: 'case',
	cpd_met: 'cpd_year',
	supervision_minutes: 'supervision',
};

function sectionProblems({ title, rules, evidence, question }: Section): string[] {
	const uncounted = rules.filter(({ counts }) => COUNTED_FROM[counts] !== undefined && !evidence.includes(COUNTED_FROM[counts]));
	return [
		...uncounted.map(() => `“${title}” counts what cannot be chosen as evidence there.`),
		...when(evidence.length === 0 && question === null, `“${title}” asks for nothing.`),
	];
}

function nameOf({ level, kind }: Award): string {
	return `${level} (${kind})`;
}

function twice(keys: readonly string[]): string[] {
	return [...new Set(keys.filter((key, i) => keys.indexOf(key) !== i))];
}

function when(isSo: boolean, problem: string): string[] {
	return isSo ? [problem] : [];
}

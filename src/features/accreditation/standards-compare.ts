import { FIGURES, type Route, type Section, type Standards } from './standards.ts';
import { EVIDENCE_WORDS, FIGURE_WORDS, routeFacts, ruleLabel, sayAtLeast, sayFigure, sayMonths, sayOrigin } from './standards-words.ts';

/** One thing that two sets say otherwise; '' where one of them does not have it. */
export type StandardsDifference = { label: string; before: string; after: string };

/** `keys`: of a list whose order is told: what was added or taken away is told by itself, and changes no order. */
type Said = { id: string; label: string; value: string; keys?: readonly string[] };

/** Everything that one set says otherwise than another, in words: `Accredited practitioner, Your supervised cases: Supervised cases passed`, `4 cases`, `5 cases`. */
export function standardsDifferences(before: Standards, after: Standards): StandardsDifference[] {
	const [was, will] = [inWords(before), inWords(after)].map((said) => new Map(said.map((one) => [one.id, one]))) as [Map<string, Said>, Map<string, Said>];
	const removed = [...was.keys()].filter((id) => !will.has(id));
	return [...will.keys(), ...removed].flatMap((id) => {
		const [then, now] = [was.get(id), will.get(id)];
		if ((then !== undefined && then.value === now?.value) || isSameOrder(then, now)) return [];
		return [{ label: (now ?? then)?.label ?? '', before: then?.value ?? '', after: now?.value ?? '' }];
	});
}

/** Of what both lists hold, does it stand in the same order? A list that only one of them has is in nobody's way. */
function isSameOrder(then: Said | undefined, now: Said | undefined): boolean {
	if (then?.keys === undefined && now?.keys === undefined) return false;
	const [before, after] = [then?.keys ?? [], now?.keys ?? []];
	const kept = (keys: readonly string[], others: readonly string[]) => keys.filter((key) => others.includes(key)).join('\0');
	return kept(before, after) === kept(after, before);
}

const SHOWN = 60;

/** The order of a list, each by its first words. */
function inOrder(id: string, label: string, all: readonly { key: string; text: string }[]): Said {
	const first = (text: string) => (text.length > SHOWN ? `${text.slice(0, SHOWN).trimEnd()}…` : text);
	return { id, label, value: all.map(({ text }) => first(text)).join('; '), keys: all.map(({ key }) => key) };
}

/** A difference in one line: `Cases: 4 → 5`. */
export function sayDifference({ label, before, after }: StandardsDifference): string {
	return `${label}: ${before || 'nothing'} → ${after || 'nothing'}`;
}

function inWords(standards: Standards): Said[] {
	const { note, declaration, figures, routes, reasons } = standards;
	return [
		{ id: 'note', label: 'Note on the set', value: note },
		{ id: 'declaration', label: 'Declaration of the applicant', value: declaration },
		...FIGURES.filter((figure) => figure !== 'reasons').map((figure) => ({ id: figure, label: FIGURE_WORDS[figure], value: sayFigure(standards, figure) })),
		...figures.map((origin) => ({ id: `origin ${origin.figure}`, label: `${FIGURE_WORDS[origin.figure]}: origin`, value: sayOrigin(origin) })),
		inOrder('routes', 'Order of routes', routes.map(titled)),
		...routes.flatMap(routeInWords),
		inOrder('reasons in order', 'Order of reasons', reasons),
		...reasons.map(({ key, text, kind, againAfterMonths }) => ({
			id: `reason ${key}`,
			label: 'Reason',
			value: `${text} (${kind}${kind === 'declining' ? `, again ${againAfterMonths === 0 ? 'at once' : `after ${sayMonths(againAfterMonths)}`}` : ''})`,
		})),
	];
}

function routeInWords(route: Route): Said[] {
	const { key, title, summary, eligibility, sections, requests } = route;
	const said = (id: string, label: string, value: string): Said => ({ id: `route ${key} ${id}`, label: `${title}: ${label}`, value });
	return [
		said('title', 'name', title),
		said('summary', 'for whom', summary),
		...routeFacts(route).map(([label, value]) => said(label, label, value)),
		said('origin', 'origin of fee and term', sayOrigin(route)),
		...requests.map((request) => said(`request ${request.kind}`, 'what is asked from others', request.hint)),
		...eligibility.map((q) => said(`question ${q.key}`, 'first question', `${q.question} (${q.wanted}) Otherwise: ${q.otherwise}`)),
		inOrder(
			`route ${key} questions`,
			`${title}: order of first questions`,
			eligibility.map((q) => ({ key: q.key, text: q.question })),
		),
		inOrder(`route ${key} sections`, `${title}: order of sections`, sections.map(titled)),
		...sections.flatMap((section) => [
			...sectionInWords(section, (id, label, value) => said(`${section.key} ${id}`, `${section.title}: ${label}`, value)),
			inOrder(`route ${key} ${section.key} rules`, `${title}: ${section.title}: order of what is counted`, section.rules.map(ruleTitled)),
			inOrder(`route ${key} ${section.key} criteria`, `${title}: ${section.title}: order of what assessors look for`, section.criteria),
		]),
	];
}

function sectionInWords(section: Section, said: (id: string, label: string, value: string) => Said): Said[] {
	const { title, hint, question, isRequired, evidence, rules, criteria } = section;
	return [
		said('title', 'name', title),
		said('hint', 'what is said about it', hint),
		said('question', 'what is asked', question ?? 'nothing to write'),
		said('required', 'has to be filled in', isRequired ? 'yes' : 'no'),
		said('evidence', 'evidence', evidence.map((kind) => EVIDENCE_WORDS[kind]).join('; ') || 'none'),
		...rules.flatMap((rule, i) => {
			const id = ruleTitled(rule, i, rules).key;
			return [said(`rule ${id}`, ruleLabel(rule), sayAtLeast(rule)), said(`origin ${id}`, `${ruleLabel(rule)}, origin`, sayOrigin(rule))];
		}),
		...criteria.map((criterion) => said(`criterion ${criterion.key}`, 'what assessors look for', criterion.text)),
	];
}

function titled({ key, title }: { key: string; title: string }): { key: string; text: string } {
	return { key, text: title };
}

function ruleTitled(rule: Section['rules'][number], i: number, all: Section['rules']): { key: string; text: string } {
	const alike = all.slice(0, i).filter((one) => one.counts === rule.counts && one.of === rule.of).length;
	return { key: `${rule.counts} ${rule.of} ${alike}`, text: ruleLabel(rule) };
}

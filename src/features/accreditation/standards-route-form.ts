import { z } from 'zod';
import { line } from '#core/fields.ts';
import { penceFrom, plainPence } from '#core/money.ts';
import { AWARD_KINDS, AWARD_LEVELS, COUNTED_OF, COUNTS, EVIDENCE_KINDS, type Route, routeOf, type Section, type Standards } from './standards.ts';
import { partForm } from './standards-form.ts';
import { chosenIn, keptKey, type Raw, type Row, rowField, rowsIn, type Told, textIn, tickedIn, wholeIn, wordsIn } from './standards-rows.ts';

type Award = NonNullable<Route['leadsTo']>;
type Request = Route['requests'][number];
const REQUESTS = ['supervisor_report', 'reference'] as const satisfies readonly Request['kind'][];

/** `practitioner-adult`: an award as a choice of a form. */
export const awardCode = ({ level, kind }: Award) => `${level}-${kind}`;

/** Every award that a route could lead to. */
export const ALL_AWARDS: readonly Award[] = AWARD_LEVELS.flatMap((level) => AWARD_KINDS.map((kind) => ({ level, kind })));

/** Every award that a route of a set leads to, or that one speaks of: those that can be needed or brought back. */
export function awardsOf({ routes }: Standards): Award[] {
	const codes = routes.flatMap(({ leadsTo, needs, concerns }) => [...(leadsTo ? [leadsTo] : []), ...needs, ...concerns]).map(awardCode);
	return ALL_AWARDS.filter((award) => codes.includes(awardCode(award)));
}

/** A set with one of its routes changed. */
export function withRoute(standards: Standards, route: Route): Standards {
	return { ...standards, routes: standards.routes.map((one) => (one.key === route.key ? route : one)) };
}

/** What a route is, whom it needs, what is asked from others, fee and term. */
export function routeForm(standards: Standards, key: string) {
	const route = routeOf(standards, key);
	const awards = (raw: Raw, field: string) => ALL_AWARDS.filter((award) => [raw[field]].flat().includes(awardCode(award)));
	return partForm((raw, told) => {
		const feePence = penceFrom(textIn(raw, 'fee') || '0');
		if (feePence === null || feePence > 1_000_000) told.push({ field: 'fee', message: 'Enter an amount in pounds up to 10,000, such as 120.' });
		const leadsTo = route.leadsTo === null ? null : (awards(raw, 'leadsTo')[0] ?? route.leadsTo);
		return withRoute(standards, {
			...route,
			title: wordsIn(raw, 'title', { told, most: 120, missing: 'Give the route a name.' }),
			summary: wordsIn(raw, 'summary', { told, most: 600, missing: 'Say in a sentence for whom it is.' }),
			leadsTo,
			needs: awards(raw, 'needs'),
			concerns: leadsTo === null ? awards(raw, 'concerns') : [],
			requests: REQUESTS.flatMap((kind) => requestIn(raw, kind, told)),
			assessors: textIn(raw, 'assessors') === '2' ? 2 : 1,
			feePence: feePence ?? 0,
			termMonths: wholeIn(raw, 'termMonths', { told, least: 1, most: 120 }),
			source: wordsIn(raw, 'source', { told, most: 400, missing: null }),
			isConfirmed: tickedIn(raw, 'isConfirmed'),
		});
	});
}

function requestIn(raw: Raw, kind: Request['kind'], told: Told[]): Request[] {
	const count = wholeIn(raw, kind, { told, least: 0, most: 3 });
	const hint = wordsIn(raw, `${kind}-hint`, { told, most: 1000, missing: null });
	return count === 0 ? [] : [{ kind, count, hint }];
}

/** The fields of that form as they stand. */
export function routeTyped({ requests, leadsTo, feePence, ...route }: Route): Record<string, string | string[]> {
	const { title, summary, needs, concerns, assessors, termMonths, source, isConfirmed } = route;
	const asked = REQUESTS.flatMap((kind) => {
		const request = requests.find((one) => one.kind === kind);
		return [
			[kind, String(request?.count ?? 0)],
			[`${kind}-hint`, request?.hint ?? ''],
		];
	});
	const plain = { title, summary, leadsTo: leadsTo ? awardCode(leadsTo) : '', source, isConfirmed: isConfirmed ? 'yes' : '' };
	const awards = { needs: needs.map(awardCode), concerns: concerns.map(awardCode) };
	return { ...plain, ...awards, assessors: String(assessors), fee: plainPence(feePence), termMonths: String(termMonths), ...Object.fromEntries(asked) };
}

const QUESTION = { main: 'question', fields: ['question', 'wanted', 'otherwise'] } as const;

/** The questions before anything else, each with the answer for those who do not fit. */
export function questionsForm(standards: Standards, key: string) {
	const route = routeOf(standards, key);
	return partForm((raw, told) => {
		const eligibility: Route['eligibility'] = [];
		for (const row of rowsIn(raw, 'questions', QUESTION)) {
			const field = (name: string) => rowField('questions', row.index, name);
			const question = wordsIn(raw, field('question'), { told, most: 500, missing: null });
			const otherwise = wordsIn(raw, field('otherwise'), { told, most: 2000, missing: 'Say what those should know or do who answer otherwise.' });
			const wanted = row.values.wanted === 'no' ? 'no' : 'yes';
			eligibility.push({
				key: keptKey(
					row,
					question,
					eligibility.map((q) => q.key),
				),
				question,
				wanted,
				otherwise,
			});
		}
		return withRoute(standards, { ...route, eligibility });
	});
}

export function questionsTyped({ eligibility }: Route): Record<string, string> {
	return typedRows('questions', eligibility);
}

const RULE = { main: 'counts', fields: ['counts', 'of', 'atLeast', 'source', 'isConfirmed'] } as const;
const CRITERION = { main: 'text', fields: ['text'] } as const;

/** A section: what is asked, which evidence may stand for it, what is counted, what assessors look for. */
export function sectionForm(standards: Standards, { route: key, section: sectionKey }: { route: string; section: string }) {
	const route = routeOf(standards, key);
	return partForm((raw, told) => {
		const sections = route.sections.map((section) => (section.key === sectionKey ? sectionIn(raw, section, { route, told }) : section));
		return withRoute(standards, { ...route, sections });
	});
}

function sectionIn(raw: Raw, { key }: Section, { route, told }: { route: Route; told: Told[] }): Section {
	const elsewhere = route.sections.filter((one) => one.key !== key).flatMap((one) => one.criteria.map((criterion) => criterion.key));
	const criteria: Section['criteria'] = [];
	for (const row of rowsIn(raw, 'criteria', CRITERION)) {
		const text = wordsIn(raw, rowField('criteria', row.index, 'text'), { told, most: 600, missing: null });
		criteria.push({ key: keptKey(row, text, [...elsewhere, ...criteria.map((c) => c.key)]), text });
	}
	if (criteria.length === 0) told.push({ field: rowField('criteria', 0, 'text'), message: 'Say at least one thing that assessors look for.' });
	const question = wordsIn(raw, 'question', { told, most: 600, missing: null });
	return {
		key,
		title: wordsIn(raw, 'title', { told, most: 120, missing: 'Give the section a name.' }),
		hint: wordsIn(raw, 'hint', { told, most: 1000, missing: null }),
		question: question === '' ? null : question,
		isRequired: tickedIn(raw, 'isRequired'),
		evidence: chosenIn(raw, 'evidence', EVIDENCE_KINDS),
		rules: rowsIn(raw, 'rules', RULE).map((row) => ruleIn(raw, row, told)),
		criteria,
	};
}

function ruleIn(raw: Raw, row: Row, told: Told[]): Section['rules'][number] {
	const field = (name: string) => rowField('rules', row.index, name);
	return {
		counts: COUNTS.find((counts) => counts === row.values.counts) ?? 'cases_passed',
		of: COUNTED_OF.find((of) => of === row.values.of) ?? null,
		atLeast: wholeIn(raw, field('atLeast'), { told, least: 1, most: 100_000 }),
		source: wordsIn(raw, field('source'), { told, most: 400, missing: null }),
		isConfirmed: tickedIn(raw, field('isConfirmed')),
	};
}

export function sectionTyped({ title, hint, question, isRequired, evidence, rules, criteria }: Section): Record<string, string | string[]> {
	const counted = rules.map(({ of, atLeast, isConfirmed, ...rule }) => ({
		...rule,
		of: of ?? '',
		atLeast: String(atLeast),
		isConfirmed: isConfirmed ? 'yes' : '',
	}));
	const plain = { title, hint, question: question ?? '', isRequired: isRequired ? 'yes' : '', evidence };
	return { ...plain, ...typedRows('rules', counted), ...typedRows('criteria', criteria) };
}

const version = z.coerce.number().catch(0);
/** The button beside one of a list, or '' for the button that adds one: only then the fields have to be filled in. */
const act = z.string().catch('');
const isMove = (typed: { act: string }) => typed.act !== '';

/** A list of sections: one is moved, or a new one is added by its name and the first thing that assessors look for. */
export const sectionsForm = z
	.object({ title: line(120, 'Shorten the name to 120 characters.'), criterion: line(600, 'Shorten this to 600 characters.'), act, version })
	.refine((typed) => isMove(typed) || typed.title !== '', { path: ['title'], message: 'Give the section a name.' })
	.refine((typed) => isMove(typed) || typed.criterion !== '', { path: ['criterion'], message: 'Say one thing that assessors look for.' });

/** A list of routes: one is moved, or a new one begins as a copy of another. */
export const routesForm = z
	.object({ title: line(120, 'Shorten the name to 120 characters.'), copyOf: z.string().catch(''), act, version })
	.refine((typed) => isMove(typed) || typed.title !== '', { path: ['title'], message: 'Give the route a name.' });

/** Only the version of the draft that was seen: for taking something out. */
export const seenForm = z.object({ version });

function typedRows(list: string, rows: readonly object[]): Record<string, string> {
	return Object.fromEntries(rows.flatMap((row, i) => Object.entries(row).map(([field, value]) => [rowField(list, i, field), String(value)])));
}

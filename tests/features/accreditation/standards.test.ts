import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '#db/client.ts';
import { FIGURES, ROUTE_KINDS, routeOf, type Standards, standardSet, standardsOn } from '#features/accreditation/standards.ts';
import { standardsProblems } from '#features/accreditation/standards-check.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';

let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let first: Standards;
beforeAll(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	first = standardSet(db, '2026-1').standards;
});
afterAll(() => {
	db.sql.close();
	folder.remove();
});

const without = (change: (set: Standards) => void): string[] => {
	const set = structuredClone(first);
	change(set);
	return standardsProblems(set);
};

describe('the first standard set', () => {
	test('is in force from the first day on, and its parts agree', () => {
		expect(standardsOn(db, '2026-11-22').version).toBe('2026-1');
		expect(standardsProblems(first)).toEqual([]);
	});

	test('has every way there is to an award, to keeping it and to getting it back', () => {
		expect(new Set(first.routes.map((route) => route.kind))).toEqual(new Set(ROUTE_KINDS));
		const led = first.routes.flatMap((route) => (route.leadsTo ? [`${route.leadsTo.level} ${route.leadsTo.kind}`] : []));
		expect(new Set(led)).toEqual(
			new Set([
				...['adult', 'adolescent', 'counselling', 'bipolar', 'perinatal', 'eating', 'group'].map((kind) => `practitioner ${kind}`),
				...['supervisor adult', 'supervisor adolescent', 'trainer adult', 'organisation adult'],
			]),
		);
	});

	test('says of every figure where it comes from, and that none is confirmed yet', () => {
		const rules = first.routes.flatMap((route) => route.sections.flatMap((section) => section.rules));
		for (const origin of [...rules, ...first.routes, ...first.figures]) expect([origin.isConfirmed, origin.source.length > 5]).toEqual([false, true]);
		expect(new Set(first.figures.map(({ figure }) => figure))).toEqual(new Set(FIGURES));
	});

	test('calls nobody accredited who is registered through an organisation', () => {
		expect(routeOf(first, 'organisation')).toMatchObject({ isAccreditation: false, leadsTo: { level: 'organisation' } });
	});

	test('gives every refusal a reason, and nobody waits for what can be mended', () => {
		expect(first.reasons.filter((reason) => reason.kind === 'declining').length).toBeGreaterThan(4);
		expect(first.reasons.filter((reason) => reason.kind === 'fixable' && reason.againAfterMonths > 0)).toEqual([]);
	});
});

describe('a set whose parts do not agree', () => {
	const route = (set: Standards, key: string) => routeOf(set, key);
	test.each<[string, (set: Standards) => void, string]>([
		['needs an award that no route gives', (s) => s.routes.splice(s.routes.indexOf(route(s, 'supervisor')), 1), 'supervisor (adult)'],
		['has a key twice', (s) => s.routes.push(structuredClone(route(s, 'group'))), 'Two routes have the key “group”'],
		['lets one person assess a supervisor', (s) => Object.assign(route(s, 'supervisor'), { assessors: 1 }), 'assessed by two'],
		['calls an organisation’s entry accreditation', (s) => Object.assign(route(s, 'organisation'), { isAccreditation: true }), 'is not accreditation'],
		[
			'counts cases that cannot be chosen',
			(s) => Object.assign(route(s, 'practitioner').sections[2] ?? {}, { evidence: ['file'] }),
			'counts what cannot be chosen',
		],
		['asks for nothing in a section', (s) => Object.assign(route(s, 'practitioner').sections[1] ?? {}, { evidence: [], question: null }), 'asks for nothing'],
		['makes people wait for what they could mend', (s) => Object.assign(s.reasons[0] ?? {}, { againAfterMonths: 3 }), 'can be mended'],
		['asks for more lay members than sit there', (s) => Object.assign(s.committee, { layAtLeast: 4 }), 'lay members'],
	])('%s', (_, change, said) => expect(without(change).join('\n')).toContain(said));
});

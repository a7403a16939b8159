import type { Ctx } from '#core/ctx.ts';
import { Invalid } from '#core/errors.ts';
import type { Section } from './standards.ts';
import { changeStandardsDraft, draftRoute, draftSection, standardsDraft } from './standards-drafts.ts';
import { withRoute } from './standards-route-form.ts';
import { afterButton, keyFrom } from './standards-rows.ts';

type RoutesInput = { title: string; copyOf: string; act: string; version: number };
type SectionsInput = { title: string; criterion: string; act: string; version: number };

/** Moves a route, or adds one as a copy of another. @returns the key of a new one. @throws Forbidden, NotFound, Conflict, Invalid */
export function arrangeRoutes(ctx: Ctx, id: string, { title, copyOf, act, version }: RoutesInput): string | null {
	const { standards } = standardsDraft(ctx, id);
	const write = (routes: typeof standards.routes) => changeStandardsDraft(ctx, id, { standards: { ...standards, routes }, version });
	if (act !== '') {
		write(afterButton(standards.routes, act));
		return null;
	}
	const copied = standards.routes.find((route) => route.key === copyOf);
	if (!copied) throw new Invalid('copyOf', 'Choose the route that it begins as a copy of.');
	const taken = standards.routes.map((route) => route.key);
	const key = keyFrom(title, taken);
	write([...standards.routes, { ...copied, key, title }]);
	return key;
}

/** Moves a section of a route, or adds one. @returns the key of a new one. @throws Forbidden, NotFound, Conflict */
export function arrangeSections(ctx: Ctx, id: string, routeKey: string, { title, criterion, act, version }: SectionsInput): string | null {
	const { draft, route } = draftRoute(ctx, id, routeKey);
	const write = (sections: Section[]) => changeStandardsDraft(ctx, id, { standards: withRoute(draft.standards, { ...route, sections }), version });
	if (act !== '') {
		write(afterButton(route.sections, act));
		return null;
	}
	const takenCriteria = route.sections.flatMap((section) => section.criteria.map((one) => one.key));
	const taken = ['eligibility', ...route.sections.map((section) => section.key)];
	const key = keyFrom(title, taken);
	const criteria = [{ key: keyFrom(criterion, takenCriteria), text: criterion }];
	write([...route.sections, { key, title, hint: '', question: null, isRequired: true, evidence: ['file'], rules: [], criteria }]);
	return key;
}

/** Takes a route out of a draft, or a section out of a route. @throws Forbidden, NotFound, Conflict, Invalid for the last one */
export function removePart(ctx: Ctx, id: string, part: { route: string; section: string | null; version: number }): void {
	const { draft, route } = draftRoute(ctx, id, part.route);
	const { standards } = draft;
	if (part.section === null) {
		const routes = standards.routes.filter((one) => one.key !== route.key);
		if (routes.length === 0) throw new Invalid('', 'A set has at least one route.');
		return changeStandardsDraft(ctx, id, { standards: { ...standards, routes }, version: part.version });
	}
	const { section } = draftSection(ctx, id, { route: part.route, section: part.section });
	const sections = route.sections.filter((one) => one.key !== section.key);
	if (sections.length === 0) throw new Invalid('', 'A route has at least one section.');
	changeStandardsDraft(ctx, id, { standards: withRoute(standards, { ...route, sections }), version: part.version });
}

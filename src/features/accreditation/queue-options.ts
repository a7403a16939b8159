import type { Ctx } from '#core/ctx.ts';
import { prepared } from '#db/prepared.ts';
import { standardSet, standardsOn } from './standards.ts';

type Option = { value: string; label: string };

/** The routes of the standards in force, and those that open applications still use. */
export function routeOptions(ctx: Ctx): Option[] {
	const versions = prepared(ctx.db.sql, "SELECT version FROM rule_set WHERE kind = 'standards' ORDER BY from_on DESC, version DESC").pluck().all() as string[];
	const sets = [standardsOn(ctx.db, ctx.today), ...versions.map((version) => standardSet(ctx.db, version))];
	const titles = new Map<string, string>();
	for (const { standards } of sets) for (const { key, title } of standards.routes) if (!titles.has(key)) titles.set(key, title);
	return [...titles].map(([value, label]) => ({ value, label }));
}

/** Everyone who holds the role of assessor today, by name. */
export function assessorOptions(ctx: Ctx): Option[] {
	const text = `SELECT DISTINCT g.person_id AS value, n.given_names || ' ' || n.family_name AS label FROM role_grant g
		JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL
		WHERE g.role = 'assessor' AND g.from_on <= :today AND (g.to_on IS NULL OR g.to_on >= :today) ORDER BY label`;
	return prepared(ctx.db.sql, text).all({ today: ctx.today }) as Option[];
}

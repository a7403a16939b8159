import type { Ctx } from '#core/ctx.ts';
import { allow } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { CHECKS_A_PAGE } from './checks-queries.ts';
import { type CheckKind, checkRules } from './checks-rules.ts';
import { CHECKS_COUNTED } from './checks-words.ts';
import { canReadFiles } from './people-policy.ts';

export type MissingCheck = { personKey: string; name: string; kind: CheckKind };

/** Members of whom something is asked that nobody has ever looked at, in the order of their names. @throws Forbidden */
export function checksMissing(ctx: Ctx, page: number): { missing: MissingCheck[]; hasMore: boolean } {
	allow(canReadFiles(ctx.actor));
	const text = `SELECT coalesce((SELECT r.number FROM registration r WHERE r.person_id = m.person_id), m.person_id) AS personKey,
		n.given_names || ' ' || n.family_name AS name, a.key AS kind ${FROM} ORDER BY n.family_name, n.given_names, m.person_id, a.key
		LIMIT ${CHECKS_A_PAGE + 1} OFFSET :skip`;
	const rows = prepared(ctx.db.sql, text).all({ ...valuesOf(ctx), skip: (page - 1) * CHECKS_A_PAGE }) as MissingCheck[];
	return { missing: rows.slice(0, CHECKS_A_PAGE), hasMore: rows.length > CHECKS_A_PAGE };
}

/** How many, `CHECKS_COUNTED + 1` for more. Never authorises: for the office's own page. */
export function countMissing(ctx: Ctx): number {
	return prepared(ctx.db.sql, `SELECT count(*) FROM (SELECT 1 ${FROM} LIMIT ${CHECKS_COUNTED + 1})`)
		.pluck()
		.get(valuesOf(ctx)) as number;
}

function valuesOf(ctx: Ctx): Record<string, string> {
	return { asked: JSON.stringify(checkRules(ctx.db, ctx.today).asked), today: ctx.today };
}

// One row a person and kind: of periods that are paid for today there is one.
const FROM = `FROM json_each(:asked) a JOIN membership_period m ON m.ended_on IS NULL AND m.from_on <= :today AND m.paid_to_on >= :today
		AND EXISTS (SELECT 1 FROM json_each(a.value) g WHERE g.value = m.category)
	JOIN person p ON p.id = m.person_id AND p.died_on IS NULL JOIN person_name n ON n.person_id = m.person_id AND n.to_on IS NULL
	WHERE NOT EXISTS (SELECT 1 FROM person_check c WHERE c.person_id = m.person_id AND c.kind = a.key AND c.superseded_at IS NULL)`;

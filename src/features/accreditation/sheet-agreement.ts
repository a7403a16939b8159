import type { Ctx } from '#core/ctx.ts';
import { allow, hasRole, isStaff, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { MarkKind } from './sheet-queries.ts';

/** One criterion as two people marked it independently of each other. */
export type Pair = { criterion: string; first: MarkKind; second: MarkKind };
/** How far two markers agree. `kappa`: Cohen's, null where chance alone would have them agree always. Shares from 0 to 1. */
export type Agreement = { pairs: number; agreed: number; share: number; kappa: number | null };
export type CriterionAgreement = Agreement & { route: string; version: string; section: string; criterion: string };

const KINDS: readonly MarkKind[] = ['met', 'fixable', 'declining'];

/**
 * Percent agreement and Cohen's kappa (J. Cohen, 1960): (observed − expected) / (1 − expected), where `expected` is how often two who mark
 * independently, each with their own shares of the marks, would agree by chance.
 */
export function agreementOf(pairs: readonly Omit<Pair, 'criterion'>[]): Agreement {
	const agreed = pairs.filter(({ first, second }) => first === second).length;
	const share = pairs.length === 0 ? 0 : agreed / pairs.length;
	const part = (side: 'first' | 'second', kind: MarkKind) => pairs.filter((pair) => pair[side] === kind).length / Math.max(1, pairs.length);
	const expected = KINDS.reduce((sum, kind) => sum + part('first', kind) * part('second', kind), 0);
	return { pairs: pairs.length, agreed, share, kappa: pairs.length === 0 || expected > 1 - 1e-9 ? null : (share - expected) / (1 - expected) };
}

/** Sees how everybody agrees: the head and the committee. Assessors see their own pairs only. */
export function canSeeAllAgreement({ actor }: Pick<Ctx, 'actor'>): boolean {
	return isStaff(actor) && hasRole(actor, 'registrar', 'committee', 'lay_panel_member');
}

/** May the actor see any: assessors their own pairs. */
export function canSeeAgreement({ actor }: Pick<Ctx, 'actor'>): boolean {
	return canSeeAllAgreement({ actor }) || (isStaff(actor) && hasRole(actor, 'assessor'));
}

/**
 * Agreement by criterion, of first sheets that were sealed before anybody saw the other one, once the assessors were done.
 * @param whose `own`: only pairs in which the one who asks was one of the two @throws Forbidden
 */
export function criterionAgreement(ctx: Ctx, whose: 'own' | 'all'): CriterionAgreement[] {
	const { personId } = personOf(ctx);
	allow(whose === 'all' ? canSeeAllAgreement(ctx) : canSeeAgreement(ctx));
	const rows = prepared(ctx.db.sql, PAIRS).all({ mine: whose === 'own' ? personId : null }) as (Pair & Omit<CriterionAgreement, keyof Agreement>)[];
	const groups = Map.groupBy(rows, ({ route, version, section, criterion }) => [version, route, section, criterion].join('\0'));
	return [...groups.values()].map((pairs) => {
		const { route = '', version = '', section = '', criterion = '' } = pairs[0] ?? {};
		return { route, version, section, criterion, ...agreementOf(pairs) };
	});
}

// The first sealed sheet of each person: later ones were marked after the other sheets had been open.
export const FIRST_SHEETS = `SELECT e.id, e.application_id, e.person_id, e.place FROM accreditation_assessor e WHERE e.sealed_at IS NOT NULL AND e.end_reason IS NOT 'recused'
	AND NOT EXISTS (SELECT 1 FROM accreditation_assessor b WHERE b.application_id = e.application_id AND b.person_id = e.person_id AND b.sealed_at < e.sealed_at)
	AND EXISTS (SELECT 1 FROM accreditation_reconciliation r WHERE r.application_id = e.application_id)`;
const PAIRS = `WITH sheet AS (${FIRST_SHEETS})
	SELECT a.route, a.standards_version AS version, m.section, m.criterion, m.mark AS first, n.mark AS second
	FROM sheet x JOIN sheet y ON y.application_id = x.application_id AND y.place > x.place JOIN accreditation_application a ON a.id = x.application_id
	JOIN accreditation_mark m ON m.assessor_id = x.id JOIN accreditation_mark n ON n.assessor_id = y.id AND n.section = m.section AND n.criterion = m.criterion
	WHERE :mine IS NULL OR :mine IN (x.person_id, y.person_id) ORDER BY version, a.route, m.section, m.criterion`;

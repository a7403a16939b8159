import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { allow, hasRole } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { personByMailbox } from '#features/accounts/index.ts';

export type ConcessionView = { id: string; personId: string; name: string; fromOn: string; toOn: string; reason: string; version: number };

const SELECT = `SELECT c.id, c.person_id AS personId, n.given_names || ' ' || n.family_name AS name, c.from_on AS fromOn, c.to_on AS toOn, c.reason, c.version
	FROM concession c JOIN person_name n ON n.person_id = c.person_id AND n.to_on IS NULL`;

/** Reduced fees that hold today or later, by name. @throws Forbidden */
export function concessionsFrom(ctx: Ctx): ConcessionView[] {
	allow(hasRole(ctx.actor, 'finance', 'membership_officer', 'registrar'));
	return prepared(ctx.db.sql, `${SELECT} WHERE c.to_on >= ? ORDER BY n.family_name, n.given_names LIMIT 500`).all(ctx.today) as ConcessionView[];
}

/** One reduced fee. @throws Forbidden, NotFound */
export function concessionBy(ctx: Ctx, id: string): ConcessionView {
	allow(hasRole(ctx.actor, 'finance', 'membership_officer', 'registrar'));
	const found = prepared(ctx.db.sql, `${SELECT} WHERE c.id = ?`).get(id) as ConcessionView | undefined;
	if (!found) throw new NotFound('There is no such reduced fee.');
	return found;
}

/** The person behind a register number or the e-mail address of an account; null when there is none. */
export function payerBy(ctx: Ctx, typed: string): string | null {
	const byNumber = prepared(ctx.db.sql, 'SELECT person_id FROM registration WHERE number = ?').pluck().get(typed.toUpperCase()) as string | undefined;
	return byNumber ?? (typed.includes('@') ? personByMailbox(ctx, typed) : null);
}

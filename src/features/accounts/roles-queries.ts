import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { allow, hasRole } from '#core/policy.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';

/** One grant of a role as the office sees it. Days include the last. */
export type GrantView = { id: string; personId: string; name: string; role: Role; fromOn: string; toOn: string | null; reason: string; grantedBy: string };

const COLUMNS = `g.id, g.person_id AS personId, n.given_names || ' ' || n.family_name AS name, g.role, g.from_on AS fromOn, g.to_on AS toOn, g.reason,
	coalesce((SELECT b.given_names || ' ' || b.family_name FROM person_name b WHERE b.person_id = g.granted_by AND b.to_on IS NULL), g.granted_by) AS grantedBy`;
const FROM = 'FROM role_grant g JOIN person_name n ON n.person_id = g.person_id AND n.to_on IS NULL';

/** Every role that is held today or will be, by role and name. @throws Forbidden */
export function rolesGranted(ctx: Ctx): GrantView[] {
	allow(hasRole(ctx.actor, 'registrar', 'administrator'));
	const text = `SELECT ${COLUMNS} ${FROM} WHERE g.to_on IS NULL OR g.to_on >= ? ORDER BY g.role, n.family_name, n.given_names`;
	return prepared(ctx.db.sql, text).all(ctx.today) as GrantView[];
}

/** One grant that has not ended. @throws Forbidden, NotFound */
export function grantOf(ctx: Ctx, id: string): GrantView {
	allow(hasRole(ctx.actor, 'registrar', 'administrator'));
	const text = `SELECT ${COLUMNS} ${FROM} WHERE g.id = ? AND (g.to_on IS NULL OR g.to_on >= ?)`;
	const grant = prepared(ctx.db.sql, text).get(id, ctx.today) as GrantView | undefined;
	if (!grant) throw new NotFound('That role has ended, or was never given.');
	return grant;
}

/** The person with an account of this address, or null. */
export function personByMailbox(ctx: Ctx, address: string): string | null {
	const text = 'SELECT person_id FROM account WHERE email_key = ? AND disabled_at IS NULL';
	return (prepared(ctx.db.sql, text).pluck().get(mailboxKey(address)) as string | undefined) ?? null;
}

import { randomBytes } from 'node:crypto';
import { record } from '#core/audit.ts';
import { commit, type Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { Conflict, Invalid } from '#core/errors.ts';
import { newId } from '#core/ids.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { allow, hasRole, requireProof } from '#core/policy.ts';
import { type Role, roleInText } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import type { roleGrant } from '#db/schema/index.ts';

/**
 * Opens an account for a person on file, whose address has been shown to be theirs. Joins a transaction and never authorises.
 * @param passwordHash from `hashPassword`; null for an account that is used by passkey or demonstration only.
 * @throws Conflict when the person or the address has one already.
 */
export function openAccount(tx: Tx, personId: string, email: string, passwordHash: string | null): string {
	const { sql } = tx.db;
	const taken = 'SELECT 1 FROM account WHERE person_id = ? OR email_key = ?';
	if (prepared(sql, taken).get(personId, mailboxKey(email))) throw new Conflict('There is an account already.');
	const id = newId();
	prepared(
		sql,
		'INSERT INTO account (id, person_id, email, email_key, password_hash, password_set_at, passkey_handle, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
	).run(
		id,
		personId,
		email.trim(),
		mailboxKey(email),
		passwordHash,
		passwordHash === null ? null : tx.ctx.now,
		randomBytes(32).toString('base64url'),
		tx.ctx.now,
	);
	record(tx, 'account.opened', { type: 'person', id: personId }, { accountId: id, hasPassword: passwordHash !== null }, { email });
	return id;
}

export type Grant = Pick<typeof roleGrant.$inferSelect, 'personId' | 'role' | 'fromOn' | 'toOn' | 'reason'>;

/** Gives a person a role. Joins a transaction and never authorises. @throws Invalid when a reviewer from outside is given no last day. */
export function giveRole(tx: Tx, grant: Grant): string {
	if (grant.role === 'external_reviewer' && grant.toOn === null) throw new Invalid('toOn', 'Say until when: a reviewer from outside always has a last day.');
	const id = newId();
	const { actor } = tx.ctx;
	const by = actor.kind === 'person' ? actor.personId : actor.kind === 'system' ? actor.name : 'public';
	prepared(tx.db.sql, 'INSERT INTO role_grant (id, person_id, role, from_on, to_on, granted_by, reason) VALUES (?, ?, ?, ?, ?, ?, ?)').run(
		id,
		grant.personId,
		grant.role,
		grant.fromOn,
		grant.toOn,
		by,
		grant.reason,
	);
	record(tx, 'role.granted', { type: 'person', id: grant.personId }, { role: grant.role, fromOn: grant.fromOn, toOn: grant.toOn, reason: grant.reason });
	return id;
}

/** The registrar or an administrator grants a staff role, never to themselves. @throws Forbidden, SignInRequired (recent proof), Invalid */
export function grantRole(ctx: Ctx, grant: Grant): void {
	allow(mayGrantRoles(ctx, grant.personId));
	requireProof(ctx, true);
	commit(ctx, { name: 'grant role', reason: grant.reason }, (tx) => giveRole(tx, grant));
}

/** Ends a role: today is the first day without it. Sessions of the person end with it. @throws Forbidden, SignInRequired, Conflict */
export function endRole(ctx: Ctx, personId: string, role: Role, reason: string): void {
	allow(mayGrantRoles(ctx, personId));
	requireProof(ctx, true);
	commit(ctx, { name: 'end role', reason }, (tx) => {
		const text = `UPDATE role_grant SET to_on = date(?, '-1 day') WHERE person_id = ? AND role = ? AND from_on < ? AND (to_on IS NULL OR to_on >= ?)`;
		const ended = prepared(tx.db.sql, text).run(ctx.today, personId, role, ctx.today, ctx.today).changes;
		// What began today has never been in force for a whole day.
		const undone = prepared(tx.db.sql, 'DELETE FROM role_grant WHERE person_id = ? AND role = ? AND from_on = ?').run(personId, role, ctx.today).changes;
		if (ended + undone === 0) throw new Conflict(`They do not hold the role ${roleInText(role)} any more.`);
		record(tx, 'role.ended', { type: 'person', id: personId }, { role, on: ctx.today });
	});
}

function mayGrantRoles(ctx: Ctx, personId: string): boolean {
	return hasRole(ctx.actor, 'registrar', 'administrator') && ctx.actor.kind === 'person' && ctx.actor.personId !== personId;
}

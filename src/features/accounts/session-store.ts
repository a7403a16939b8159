import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { hashToken } from '#core/ids.ts';
import { isStaffRole, type Role, sessionLimits } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import type { session } from '#db/schema/index.ts';

type Row = typeof session.$inferSelect;
export type SessionMethod = Row['method'];
/** What is kept of a session beside its id. */
export type SessionFacts = Pick<Row, 'accountId' | 'level' | 'method' | 'deviceId' | 'deviceLabel' | 'provedAt'> & {
	personId: string;
	roles: readonly Role[];
	/** Has the account a second step set up, whether or not this session has given it? */
	hasSecondStep: boolean;
};

/** A clock that was set back must not bring a session back to life (security.md §1.2). */
const SKEW_MS = 60_000;
/** The moment of the last request is written this often at most: reading a page should not cost a write. */
const SEEN_EVERY_MS = 60_000;

/** The roles a person holds on a day, granted or following from a membership. */
export function rolesOf(db: Db, personId: string, day: string): Role[] {
	const text = 'SELECT DISTINCT role FROM role_held WHERE person_id = ? AND from_on <= ? AND (to_on IS NULL OR to_on >= ?) ORDER BY role';
	return prepared(db.sql, text).pluck().all(personId, day, day) as Role[];
}

/**
 * The session of a cookie, or null. It ends here when its owner's account is disabled, their staff roles have changed, it stood idle
 * or lasted too long, or it comes from the future; an ended session is deleted at once.
 */
export function liveSession(ctx: Ctx, id: string): SessionFacts | null {
	const hash = hashToken(id);
	const text = `SELECT s.account_id AS accountId, s.created_at AS createdAt, s.last_seen_at AS lastSeenAt, s.proved_at AS provedAt, s.level, s.method,
			s.staff_roles AS staffRoles, s.device_id AS deviceId, s.device_label AS deviceLabel, a.person_id AS personId, a.disabled_at AS disabledAt
		FROM session s JOIN account a ON a.id = s.account_id WHERE s.id_hash = ?`;
	const row = prepared(ctx.db.sql, text).get(hash) as (Row & { personId: string; disabledAt: number | null }) | undefined;
	if (!row) return null;
	const roles = rolesOf(ctx.db, row.personId, ctx.today);
	if (hasEnded(row, roles, ctx.now)) {
		whereWritable(() => deleteSession(ctx, { hash }));
		return null;
	}
	if (ctx.now - row.lastSeenAt >= SEEN_EVERY_MS || ctx.now < row.lastSeenAt) {
		const seen = prepared(ctx.db.sql, 'UPDATE session SET last_seen_at = ? WHERE id_hash = ?');
		whereWritable(() => bookkeep(ctx.db, () => seen.run(ctx.now, hash)));
	}
	const { accountId, level, method, deviceId, deviceLabel, provedAt, personId } = row;
	return { accountId, level, method, deviceId, deviceLabel, provedAt, personId, roles, hasSecondStep: hasSecondStep(ctx.db, accountId) };
}

/** Has an account a passkey or an authenticator app? */
export function hasSecondStep(db: Db, accountId: string): boolean {
	const text = 'SELECT totp_sealed IS NOT NULL OR EXISTS (SELECT 1 FROM passkey WHERE account_id = account.id) FROM account WHERE id = ?';
	return prepared(db.sql, text).pluck().get(accountId) === 1;
}

/** A full or read-only disk must not keep anyone from reading: the session then only idles out earlier. */
function whereWritable(write: () => unknown): void {
	try {
		write();
	} catch (error) {
		if (!/^SQLITE_(FULL|IOERR|BUSY|READONLY)/.test(String((error as { code?: unknown }).code))) throw error;
	}
}

function hasEnded(row: Row & { disabledAt: number | null }, roles: readonly Role[], now: number): boolean {
	const { idleMs, longestMs } = sessionLimits(roles);
	return (
		row.disabledAt !== null ||
		now >= row.createdAt + longestMs ||
		now >= row.lastSeenAt + idleMs ||
		Math.max(row.createdAt, row.lastSeenAt) > now + SKEW_MS ||
		row.staffRoles !== staffRolesText(roles)
	);
}

/**
 * Keeps a new session, and ends the one it replaces; of too many at once the oldest ends. Joins the transaction that is running, or
 * is one of its own.
 */
export function storeSession(ctx: Ctx, id: string, facts: SessionFacts, replaced: string | null): void {
	const { sql } = ctx.db;
	const write = () => {
		if (replaced !== null) remove(ctx.db, hashToken(replaced));
		prepared(
			sql,
			`INSERT INTO session (id_hash, account_id, created_at, last_seen_at, proved_at, level, method, staff_roles, device_id, device_label)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		).run(
			hashToken(id),
			facts.accountId,
			ctx.now,
			ctx.now,
			facts.provedAt,
			facts.level,
			facts.method,
			staffRolesText(facts.roles),
			facts.deviceId,
			facts.deviceLabel,
		);
		const keep = sessionLimits(facts.roles).sessions;
		// Never the new one, not even when a clock that was set back makes the others seem newer: nobody could sign in until it caught up.
		const surplus = 'SELECT id_hash FROM session WHERE account_id = ? AND id_hash <> ? ORDER BY created_at DESC, id_hash LIMIT -1 OFFSET ?';
		for (const hash of prepared(sql, surplus)
			.pluck()
			.all(facts.accountId, hashToken(id), keep - 1) as string[])
			remove(ctx.db, hash);
	};
	if (sql.inTransaction) write();
	else bookkeep(ctx.db, write);
}

/** Ends one session, by the id of its cookie or by its hash. */
export function deleteSession(ctx: Ctx, which: string | { hash: string }): void {
	const hash = typeof which === 'string' ? hashToken(which) : which.hash;
	if (ctx.db.sql.inTransaction) remove(ctx.db, hash);
	else bookkeep(ctx.db, () => remove(ctx.db, hash));
}

/** The hashes of an account's sessions, the newest first. */
export function sessionHashesOf(ctx: Ctx, accountId: string): string[] {
	return prepared(ctx.db.sql, 'SELECT id_hash FROM session WHERE account_id = ? ORDER BY created_at DESC').pluck().all(accountId) as string[];
}

function remove(db: Db, hash: string): void {
	prepared(db.sql, 'DELETE FROM session WHERE id_hash = ?').run(hash);
}

function staffRolesText(roles: readonly Role[]): string {
	return roles.filter(isStaffRole).sort().join(',');
}

/** Demonstration mode only: when the clock is put forward, whoever is signed in stays so. */
export function carrySessionsOver(db: Db, by: number): void {
	prepared(db.sql, 'UPDATE session SET created_at = created_at + ?, last_seen_at = last_seen_at + ?, proved_at = proved_at + ?').run(by, by, by);
}

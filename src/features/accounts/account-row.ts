import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { mailboxKey } from '#core/mail-address.ts';
import { prepared } from '#db/prepared.ts';
import type { account } from '#db/schema/index.ts';

/** What signing in needs to know of an account. Never shown to anyone. */
export type AccountRow = Pick<
	typeof account.$inferSelect,
	'id' | 'personId' | 'email' | 'passwordHash' | 'totpSealed' | 'totpLastStep' | 'passkeyHandle' | 'disabledAt' | 'version'
>;

const READ = `SELECT id, person_id AS personId, email, password_hash AS passwordHash, totp_sealed AS totpSealed, totp_last_step AS totpLastStep,
	passkey_handle AS passkeyHandle, disabled_at AS disabledAt, version FROM account`;

/** The account of an address, however it is written, or null. */
export function accountByEmail(ctx: Ctx, email: string): AccountRow | null {
	return (prepared(ctx.db.sql, `${READ} WHERE email_key = ?`).get(mailboxKey(email)) as AccountRow | undefined) ?? null;
}

/** The account of a key that a session or link holds. */
export function accountById(ctx: Ctx, id: string): AccountRow {
	return prepared(ctx.db.sql, `${READ} WHERE id = ?`).get(id) as AccountRow;
}

/** The account of a person, or null. */
export function accountByPerson(ctx: Ctx, personId: string): AccountRow | null {
	return (prepared(ctx.db.sql, `${READ} WHERE person_id = ?`).get(personId) as AccountRow | undefined) ?? null;
}

/** The one living person on file with this address and no account, or null: when several share it, nobody is guessed. A file that was merged away is nobody’s. */
export function personToClaim(ctx: Ctx, email: string): string | null {
	const text = `SELECT id FROM person WHERE lower(email) = ? AND died_on IS NULL AND NOT EXISTS (SELECT 1 FROM account a WHERE a.person_id = person.id)
		AND NOT EXISTS (SELECT 1 FROM person_merge m WHERE m.loser_id = person.id) LIMIT 2`;
	const found = prepared(ctx.db.sql, text).pluck().all(mailboxKey(email)) as string[];
	return found.length === 1 ? (found[0] ?? null) : null;
}

/** Ends every session of an account, in the transaction of what makes it necessary. @param devices also forgets the browsers. */
export function endAllSessions(tx: Tx, accountId: string, also: { devices: boolean }): number {
	if (also.devices) prepared(tx.db.sql, 'DELETE FROM device WHERE account_id = ?').run(accountId);
	return prepared(tx.db.sql, 'DELETE FROM session WHERE account_id = ?').run(accountId).changes;
}

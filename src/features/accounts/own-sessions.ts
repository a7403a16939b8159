import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { prepared } from '#db/prepared.ts';
import { accountById, endAllSessions } from './account-row.ts';
import { openEmailChange } from './email-change.ts';
import { keysOf } from './passkeys.ts';
import { codesLeft } from './recovery-codes.ts';
import { personIn, type SessionAtHand } from './session.ts';
import type { SessionMethod } from './session-store.ts';

export type OwnSession = { idHash: string; label: string; method: SessionMethod; createdAt: number; lastSeenAt: number; isThis: boolean };
export type OwnDevice = { id: string; label: string; firstSeenAt: number; lastSeenAt: number };

/** Everything about how someone signs in, for themselves. Instants in ms UTC. */
export type Security = {
	email: string;
	emailChange: ReturnType<typeof openEmailChange>;
	hasPassword: boolean;
	hasTotp: boolean;
	passkeys: { id: string; label: string; createdAt: number; lastUsedAt: number | null }[];
	codesLeft: number;
	sessions: OwnSession[];
	devices: OwnDevice[];
};

/** How the owner of a session signs in, and where. */
export function securityOf(ctx: Ctx, { accountId, idHash }: SessionAtHand): Security {
	const { email, passwordHash, totpSealed } = accountById(ctx, accountId);
	const sessions = `SELECT id_hash AS idHash, device_label AS label, method, created_at AS createdAt, last_seen_at AS lastSeenAt, id_hash = ? AS isThis
		FROM session WHERE account_id = ? ORDER BY isThis DESC, last_seen_at DESC`;
	const devices = 'SELECT id, label, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt FROM device WHERE account_id = ? ORDER BY last_seen_at DESC';
	return {
		email,
		emailChange: openEmailChange(ctx, accountId),
		hasPassword: passwordHash !== null,
		hasTotp: totpSealed !== null,
		passkeys: keysOf(ctx, accountId).map(({ id, label, createdAt, lastUsedAt }) => ({ id, label, createdAt, lastUsedAt })),
		codesLeft: codesLeft(ctx, accountId),
		sessions: (prepared(ctx.db.sql, sessions).all(idHash, accountId) as (Omit<OwnSession, 'isThis'> & { isThis: number })[]).map((s) => ({
			...s,
			isThis: s.isThis === 1,
		})),
		devices: prepared(ctx.db.sql, devices).all(accountId) as OwnDevice[],
	};
}

/** Signs one browser of one's own out. @throws NotFound when it is not one's own, or out already */
export function endOwnSession(ctx: Ctx, session: SessionAtHand, idHash: string): void {
	commit({ ...ctx, actor: personIn(session) }, { name: 'sign out another browser' }, (tx) => {
		const gone = prepared(tx.db.sql, 'DELETE FROM session WHERE id_hash = ? AND account_id = ?').run(idHash, session.accountId).changes;
		if (gone === 0) throw new NotFound('That browser is signed out already.');
		record(tx, 'account.sessions_ended', { type: 'person', id: session.personId }, { which: 'one' });
	});
}

/** Forgets a browser of one's own: the next sign-in with it counts as one with a new browser. It is signed out. @throws NotFound */
export function forgetDevice(ctx: Ctx, session: SessionAtHand, deviceId: string): void {
	commit({ ...ctx, actor: personIn(session) }, { name: 'forget a browser' }, (tx) => {
		if (prepared(tx.db.sql, 'DELETE FROM device WHERE id = ? AND account_id = ?').run(deviceId, session.accountId).changes === 0)
			throw new NotFound('That browser was forgotten already.');
		prepared(tx.db.sql, 'DELETE FROM session WHERE device_id = ? AND account_id = ?').run(deviceId, session.accountId);
		record(tx, 'account.sessions_ended', { type: 'person', id: session.personId }, { which: 'browser' });
	});
}

/** Signs out everywhere, here too, and forgets every browser. */
export function endAllOwnSessions(ctx: Ctx, session: SessionAtHand): void {
	commit({ ...ctx, actor: personIn(session) }, { name: 'sign out everywhere' }, (tx) => {
		const ended = endAllSessions(tx, session.accountId, { devices: true });
		record(tx, 'account.sessions_ended', { type: 'person', id: session.personId }, { which: 'all', ended });
	});
}

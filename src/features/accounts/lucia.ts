import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import { machineClock } from '#core/clock.ts';
import type { Ctx } from '#core/ctx.ts';
import { deleteSession, liveSession, type SessionFacts, sessionHashesOf, storeSession } from './session-store.ts';

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof luciaFor>;
		DatabaseSessionAttributes: SessionFacts;
		DatabaseUserAttributes: Record<never, never>;
	}
}

/** Lucia would renew a session by the machine's clock; ours end by the clock of the site, so to Lucia every live one is new. */
const NEVER_DUE = new TimeSpan(365, 'd');

/**
 * Lucia, the engine of sessions, for one request. It draws session ids and reads cookies; what is stored and how long it holds is
 * ours (session-store.ts): only SHA-256 of an id, idle and absolute limits, levels. Nothing else may import Lucia.
 * @param cookie its name, and whether it may travel over https only.
 * @param replaced the id of a session that ends in the moment a new one is stored.
 */
export function luciaFor(ctx: Ctx, cookie: { name: string; secure: boolean }, replaced: string | null) {
	return new Lucia(adapterFor(ctx, replaced), {
		sessionExpiresIn: NEVER_DUE,
		sessionCookie: { name: cookie.name, expires: false, attributes: { secure: cookie.secure, sameSite: 'lax', path: '/' } },
		getSessionAttributes: (facts) => facts,
	});
}

/** What Lucia asks for. Ids come in raw and are hashed before they meet the database. */
function adapterFor(ctx: Ctx, replaced: string | null): Adapter {
	return {
		async getSessionAndUser(id) {
			const facts = liveSession(ctx, id);
			return facts ? [databaseSession(id, facts), { id: facts.accountId, attributes: {} }] : [null, null];
		},
		// Ids cannot be told from their hashes: the list of devices has a query of its own.
		async getUserSessions() {
			return [];
		},
		async setSession(session) {
			storeSession(ctx, session.id, session.attributes, replaced);
		},
		// Our own clock has been moved on by `liveSession`.
		async updateSessionExpiration() {},
		async deleteSession(id) {
			deleteSession(ctx, id);
		},
		async deleteUserSessions(accountId) {
			for (const hash of sessionHashesOf(ctx, accountId)) deleteSession(ctx, { hash });
		},
		async deleteExpiredSessions() {},
	};
}

function databaseSession(id: string, facts: SessionFacts): DatabaseSession {
	return { id, userId: facts.accountId, expiresAt: new Date(machineClock.now() + NEVER_DUE.milliseconds()), attributes: facts };
}

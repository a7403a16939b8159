import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx, Person } from '#core/ctx.ts';
import { londonDay } from '#core/dates.ts';
import { hashToken } from '#core/ids.ts';
import { isStaffRole } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { luciaFor } from './lucia.ts';
import { rolesOf, type SessionFacts, type SessionMethod } from './session-store.ts';

/** What a page gives and takes of cookies; Astro's `cookies` fits. */
export type Cookies = {
	get(name: string): { value: string } | undefined;
	set(name: string, value: string, options: { httpOnly: true; secure: boolean; sameSite: 'lax'; path: '/'; maxAge?: number }): void;
	delete(name: string, options: { path: '/' }): void;
};

/** The cookie of a session. `__Host-` needs https, which a site on this machine alone does not have. */
export function sessionCookie(ctx: Ctx): { name: string; secure: boolean } {
	const secure = ctx.settings.publicOrigin.startsWith('https:');
	return { name: secure ? '__Host-sid' : 'sid', secure };
}

/** Who is signed in by the cookies of a request, or null. Never throws for a strange cookie. */
export async function whoIs(ctx: Ctx, cookies: Cookies): Promise<{ person: Person; session: SessionFacts; idHash: string } | null> {
	const cookie = sessionCookie(ctx);
	const id = cookies.get(cookie.name)?.value;
	if (!id || !/^[a-z0-9]{40}$/.test(id)) return null;
	const { session } = await luciaFor(ctx, cookie).validateSession(id);
	if (!session) return null;
	const { personId, accountId, level, provedAt, roles } = session;
	return { person: { kind: 'person', personId, accountId, roles, level, provedAt }, session, idHash: hashToken(id) };
}

export type Beginning = { accountId: string; level: 1 | 2; method: SessionMethod; deviceId: string | null; deviceLabel: string };

/**
 * Begins a session with a new id and sets its cookie; whatever session the cookie named before ends (security.md §1.3).
 * The caller has proved who it is, and records the event.
 */
export async function beginSession(ctx: Ctx, cookies: Cookies, beginning: Beginning): Promise<SessionFacts> {
	const cookie = sessionCookie(ctx);
	const lucia = luciaFor(ctx, cookie);
	const before = cookies.get(cookie.name)?.value;
	if (before) await lucia.invalidateSession(before);
	const personId = prepared(ctx.db.sql, 'SELECT person_id FROM account WHERE id = ?').pluck().get(beginning.accountId) as string;
	const facts: SessionFacts = { ...beginning, personId, roles: rolesOf(ctx.db, personId, londonDay(ctx.now)), provedAt: ctx.now };
	const { id } = await lucia.createSession(beginning.accountId, facts);
	cookies.set(cookie.name, id, { httpOnly: true, secure: cookie.secure, sameSite: 'lax', path: '/' });
	return facts;
}

/** Ends the session of the cookie, if there is one, and takes the cookie back. */
export async function endSession(ctx: Ctx, cookies: Cookies): Promise<void> {
	const cookie = sessionCookie(ctx);
	const known = await whoIs(ctx, cookies);
	const id = cookies.get(cookie.name)?.value;
	if (known) commit(ctx, { name: 'sign out' }, (tx) => record(tx, 'account.signed_out', { type: 'person', id: known.person.personId }));
	if (id) await luciaFor(ctx, cookie).invalidateSession(id);
	cookies.delete(cookie.name, { path: '/' });
}

/** Must this session give a second step before anything else? Compulsory for every staff role. */
export function owesSecondStep(session: Pick<SessionFacts, 'roles' | 'level'>): boolean {
	return session.level === 1 && session.roles.some(isStaffRole);
}

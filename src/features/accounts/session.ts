import { record } from '#core/audit.ts';
import { commit } from '#core/commit.ts';
import type { Ctx, Person } from '#core/ctx.ts';
import { SignInRequired } from '#core/errors.ts';
import { hashToken } from '#core/ids.ts';
import { requireProof } from '#core/policy.ts';
import { isStaffRole } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, cookieOf, dropCookie, readCookie, setCookie } from './cookies.ts';
import { luciaFor } from './lucia.ts';
import { hasSecondStep, rolesOf, type SessionFacts, type SessionMethod } from './session-store.ts';

/** The session that a request came with. */
export type SessionAtHand = SessionFacts & { idHash: string };

/** Who is signed in by the cookies of a request, or null. Never throws for a strange cookie. */
export async function whoIs(ctx: Ctx, cookies: Cookies): Promise<{ person: Person; session: SessionFacts; idHash: string } | null> {
	const id = readCookie(ctx, cookies, 'sid');
	if (!id || !/^[a-z0-9]{40}$/.test(id)) return null;
	const { session } = await luciaFor(ctx, cookieOf(ctx, 'sid'), null).validateSession(id);
	return session ? { person: personIn(session), session, idHash: hashToken(id) } : null;
}

export type Beginning = { accountId: string; level: 1 | 2; method: SessionMethod; deviceId: string | null; deviceLabel: string };

/**
 * Begins a session with a new id and sets its cookie; whatever session the cookie named before ends in the same transaction
 * (security.md §1.3). The caller has proved who it is, and records the event.
 */
export async function beginSession(ctx: Ctx, cookies: Cookies, beginning: Beginning): Promise<SessionFacts> {
	const lucia = luciaFor(ctx, cookieOf(ctx, 'sid'), readCookie(ctx, cookies, 'sid') ?? null);
	const { accountId } = beginning;
	const personId = prepared(ctx.db.sql, 'SELECT person_id FROM account WHERE id = ?').pluck().get(accountId) as string;
	const known = { personId, roles: rolesOf(ctx.db, personId, ctx.today), hasSecondStep: hasSecondStep(ctx.db, accountId) };
	const facts: SessionFacts = { ...beginning, ...known, provedAt: ctx.now };
	const { id } = await lucia.createSession(accountId, facts);
	setCookie(ctx, cookies, 'sid', id);
	return facts;
}

/** The same session under a new id, after a second step, a proof or a change of a way in. It counts as proved now. */
export function renewSession(
	ctx: Ctx,
	cookies: Cookies,
	session: SessionFacts,
	changes: Partial<Pick<Beginning, 'level' | 'method' | 'deviceId'>>,
): Promise<SessionFacts> {
	const { accountId, level, method, deviceId, deviceLabel } = session;
	return beginSession(ctx, cookies, { accountId, level, method, deviceId, deviceLabel, ...changes });
}

/** Ends the session of the cookie, if there is one, and takes the cookie back. */
export async function endSession(ctx: Ctx, cookies: Cookies): Promise<void> {
	const known = await whoIs(ctx, cookies);
	const id = readCookie(ctx, cookies, 'sid');
	if (known)
		commit({ ...ctx, actor: known.person }, { name: 'sign out' }, (tx) => record(tx, 'account.signed_out', { type: 'person', id: known.person.personId }));
	if (id) await luciaFor(ctx, cookieOf(ctx, 'sid'), null).invalidateSession(id);
	dropCookie(ctx, cookies, 'sid');
}

/** Must this session give a second step before anything else? Everyone who has one, and every staff role, who must set one up. */
export function owesSecondStep(session: Pick<SessionFacts, 'roles' | 'level' | 'hasSecondStep'>): boolean {
	return session.level === 1 && (session.hasSecondStep || session.roles.some(isStaffRole));
}

/** The session of a page about one's own account. @throws SignInRequired when there is none. */
export function sessionAtHand(session: SessionAtHand | undefined): SessionAtHand {
	if (!session) throw new SignInRequired('Sign in first.');
	return session;
}

/**
 * The owner of a session as the actor, to change their own ways in: with a recent proof; and with the second step given, unless
 * there is none to give yet. @throws SignInRequired
 */
export function asOwner(ctx: Ctx, session: SessionFacts): Ctx {
	if (session.level === 1 && session.hasSecondStep) throw new SignInRequired('Give your second step first.', 'second_step');
	const own = { ...ctx, actor: personIn(session) };
	requireProof(own, true);
	return own;
}

/** The person whose session it is. */
export function personIn({ personId, accountId, level, provedAt, roles }: SessionFacts): Person {
	return { kind: 'person', personId, accountId, roles, level, provedAt };
}

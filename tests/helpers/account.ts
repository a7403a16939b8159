import { commit } from '#core/commit.ts';
import { type Actor, type Ctx, ctxFor } from '#core/ctx.ts';
import type { Role } from '#core/roles.ts';
import type { Browser } from '#features/accounts/index.ts';
import { giveRole, hashPassword, openAccount, signIn, whoIs } from '#features/accounts/index.ts';
import { putPersonOnFile } from '#features/membership/index.ts';

export const PASSWORD = 'violet harbour nine lanterns';

/** A browser that keeps what it is given: values by name, and how each was set. */
export type Jar = Browser & { kept: Map<string, string>; set: { name: string; value: string; options: Record<string, unknown> }[] };

export function browser(label = 'Firefox on Linux'): Jar {
	const kept = new Map<string, string>();
	const set: Jar['set'] = [];
	return {
		label,
		kept,
		set,
		cookies: {
			get: (name) => (kept.has(name) ? { value: kept.get(name) ?? '' } : undefined),
			set: (name, value, options) => {
				kept.set(name, value);
				set.push({ name, value, options: { ...options } });
			},
			delete: (name, options) => {
				kept.delete(name);
				set.push({ name, value: '', options: { ...options, deleted: true } });
			},
		},
	};
}

/** The same context as someone else, or at another moment (ms UTC), or from another client. */
export function as(ctx: Ctx, change: { actor?: Actor; now?: number; client?: string | null }): Ctx {
	const client = change.client === undefined ? ctx.clientKey : change.client;
	return ctxFor(ctx, change.actor ?? ctx.actor, change.now ?? ctx.now, { id: ctx.requestId, clientKey: client });
}

export type Owner = { personId: string; accountId: string; email: string };

let hash: Promise<string> | undefined;

/** Someone on file with an account. The password is `PASSWORD`, hashed once for all of them. */
export async function owner(ctx: Ctx, email: string, roles: readonly Role[] = []): Promise<Owner> {
	hash ??= hashPassword(ctx.keys, PASSWORD);
	const stored = await hash;
	return commit(as(ctx, { actor: { kind: 'system', name: 'test' } }), { name: 'test' }, (tx) => {
		const details = { title: null, gender: null, email, phone: null, diedOn: null, importKey: null };
		const personId = putPersonOnFile(tx, { givenNames: 'Ann', familyName: 'Example' }, details);
		const accountId = openAccount(tx, personId, email, stored);
		for (const role of roles as Parameters<typeof giveRole>[1]['role'][]) {
			giveRole(tx, { personId, role, fromOn: ctx.today, toOn: role === 'external_reviewer' ? ctx.today : null, reason: 'test' });
		}
		return { personId, accountId, email };
	});
}

/** Signs in with `PASSWORD` as anyone would, from a client of their own. */
export async function enter(ctx: Ctx, email: string, jar: Jar = browser()): Promise<Jar> {
	const { outcome } = await signIn(as(ctx, { actor: { kind: 'public' }, client: null }), jar, { email, password: PASSWORD });
	if (outcome === 'refused') throw new Error(`${email} could not sign in.`);
	return jar;
}

/** The session of a browser as a page would have it. @throws Error when nobody is signed in. */
export async function sessionIn(ctx: Ctx, jar: Jar) {
	const known = await whoIs(ctx, jar.cookies);
	if (!known) throw new Error('Nobody is signed in.');
	return { ...known.session, idHash: known.idHash };
}

/** The newest message of a kind to an address, and the token in its link. */
export function mailTo(ctx: Ctx, kind: string, to?: string): { subject: string; text: string; token: string; to: string } {
	const text = 'SELECT subject, body AS text, to_address AS "to" FROM outbox WHERE kind = ? AND (? IS NULL OR to_address = ?) ORDER BY rowid DESC LIMIT 1';
	const mail = ctx.db.sql.prepare(text).get(`account.${kind}`, to ?? null, to ?? null) as { subject: string; text: string; to: string } | undefined;
	if (!mail) throw new Error(`No mail ${kind} to ${to ?? 'anyone'}.`);
	return { ...mail, token: /\/account\/link\/([\w-]+)/.exec(mail.text)?.[1] ?? '' };
}

export function mailKinds(ctx: Ctx): string[] {
	return ctx.db.sql.prepare('SELECT kind FROM outbox ORDER BY rowid').pluck().all() as string[];
}

export function eventKinds(ctx: Ctx): string[] {
	return ctx.db.sql.prepare('SELECT kind FROM audit_event ORDER BY seq').pluck().all() as string[];
}

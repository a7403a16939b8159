import type { Db } from '#db/client.ts';
import type { Settings } from '#settings';
import { londonDay } from './dates.ts';
import type { Keys } from './keys.ts';
import type { Role } from './roles.ts';

/** Someone who is signed in. `level` 2: with a second step. `provedAt`: when they last proved who they are, milliseconds UTC. */
export type Person = { kind: 'person'; personId: string; accountId: string; roles: readonly Role[]; level: 1 | 2; provedAt: number };

/** Who acts. Nobody signed in is `public`; a job or a command line is `system`. */
export type Actor = { kind: 'public' } | { kind: 'system'; name: string } | Person;

/** Everything a command or query may know about the moment it runs in. */
export type Ctx = {
	db: Db;
	keys: Keys;
	settings: Settings;
	actor: Actor;
	/** Milliseconds UTC. */
	now: number;
	/** The day in London, `YYYY-MM-DD`. */
	today: string;
	requestId: string;
	/** A keyed hash of the client's address for rate limits; null where there is no client. */
	clientKey: string | null;
};

export type Ground = Pick<Ctx, 'db' | 'keys' | 'settings'>;

/** A context for one request or one run of a job. */
export function ctxFor(ground: Ground, actor: Actor, now: number, request?: { id: string; clientKey: string | null }): Ctx {
	return { ...ground, actor, now, today: londonDay(now), requestId: request?.id ?? '', clientKey: request?.clientKey ?? null };
}

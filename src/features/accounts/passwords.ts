import { hkdfSync } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import type { Keys } from '#core/keys.ts';
import { TooBusy } from './too-busy.ts';

/** The number that the library's own (ambient) enum gives Argon2id. */
const ARGON2ID = 2;
/** Argon2id, 64 MiB, three passes: above the OWASP floor of 19 MiB and two (security.md §1.8). Some 0.1 to 0.2 s in a thread of its own. */
const COST = { algorithm: ARGON2ID, memoryCost: 65_536, timeCost: 3, parallelism: 1 } as const;
/** Which pepper made a hash, so that it can be exchanged. */
const PEPPER = 'p1';
/** Hashes at a time: two, where that leaves a core to everyone else (measured: with both of two cores busy, a search waited 3 times as long). */
const AT_ONCE = Math.min(2, Math.max(1, availableParallelism() - 1));
/** Places for all, those whose hash is made included: a longer queue would only time out. */
const PLACES = 34;

/** @returns what is stored of a password. @throws TooBusy */
export function hashPassword(keys: Keys, password: string): Promise<string> {
	return inTurn(async () => PEPPER + (await hash(password.normalize('NFKC'), { ...COST, secret: pepper(keys) })));
}

/**
 * Does a password fit? With null for the stored hash (no such account) it takes as long and is never right.
 * @throws TooBusy
 */
export async function fitsPassword(keys: Keys, stored: string | null, password: string): Promise<boolean> {
	const known = stored ?? NOBODYS;
	const isRight = await inTurn(() => verify(known.slice(PEPPER.length), password.normalize('NFKC'), { secret: pepper(keys) }));
	return stored !== null && isRight;
}

/** Was the hash made with another cost or pepper than today's? Then it is made anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
	return !stored.startsWith(`${PEPPER}$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`);
}

/** No password gives these 32 zero bytes; it costs as much to find that out as for any other hash. */
const NOBODYS = `${PEPPER}$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${base64(16)}$${base64(32)}`;

function base64(zeros: number): string {
	return Buffer.alloc(zeros).toString('base64').replaceAll('=', '');
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (waiting.length >= PLACES - AT_ONCE) throw new TooBusy('Many people are signing in just now. Please try again in a few seconds.', 5);
		// Whoever ends hands its place over, so `running` stays as it is.
		await new Promise<void>((go) => waiting.push(go));
	} else running += 1;
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else running -= 1;
	}
}

function pepper(keys: Keys): Buffer {
	return Buffer.from(hkdfSync('sha256', keys.secret, '', 'password pepper', 32));
}

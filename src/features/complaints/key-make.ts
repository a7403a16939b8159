import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { Ctx } from '#core/ctx.ts';

/** No 0, O, 1, I, L: read out and written down without a mistake. Twelve of them are some 59 bits. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 12;

/** A new case key, `7KQ4-M2XD-9FPT`: with the passphrase it opens a concern, and no one can find it out from what is stored. */
export function newCaseKey(): string {
	const letters = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
	return shown(letters);
}

/** A case key as people type one: small letters, spaces and dashes anywhere. What is none is kept as it is, and fits nothing. */
export function readCaseKey(typed: string): string {
	const letters = typed.toUpperCase().replace(/[^0-9A-Z]/g, '');
	return letters.length === LENGTH ? shown(letters) : letters.slice(0, 40);
}

/** What is stored of a case key. */
export function hashOfKey({ keys }: Pick<Ctx, 'keys'>, key: string): string {
	return createHmac('sha256', keys.secret).update(`case key ${key}`).digest('hex');
}

/** Proves that a key was made here: it stands in the form in which it is shown, and nobody may choose one of their own. */
export function sealOfKey({ keys }: Pick<Ctx, 'keys'>, key: string): string {
	return createHmac('sha256', keys.secret).update(`case key shown ${key}`).digest('base64url');
}

/** Was this key shown by us? */
export function isOurKey(ctx: Pick<Ctx, 'keys'>, key: string, seal: string): boolean {
	const known = Buffer.from(sealOfKey(ctx, key));
	const given = Buffer.from(seal);
	return given.length === known.length && timingSafeEqual(known, given);
}

function shown(letters: string): string {
	return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
}

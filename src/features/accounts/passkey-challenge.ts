import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { hashToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';

export type Ceremony = 'register' | 'sign_in' | 'confirm';

const LIFE_MS = 10 * 60_000;
const RANDOM = 16;
const STAMP = 6;

/** A challenge that signs itself: 128 random bits, when it ends, and a keyed hash over both and what it is for. @param accountId null at sign-in */
export function newChallenge(ctx: Ctx, ceremony: Ceremony, accountId: string | null): Uint8Array<ArrayBuffer> {
	const head = Buffer.alloc(RANDOM + STAMP);
	randomBytes(RANDOM).copy(head);
	head.writeUIntBE(ctx.now + LIFE_MS, RANDOM, STAMP);
	return new Uint8Array(Buffer.concat([head, mac(ctx, head, ceremony, accountId)]));
}

/** Is it one of ours, for this purpose and account, and not too old? @param challenge base64url, as the browser sends it back */
export function isOwnChallenge(ctx: Ctx, challenge: string, ceremony: Ceremony, accountId: string | null): boolean {
	const bytes = Buffer.from(challenge, 'base64url');
	if (bytes.length !== RANDOM + STAMP + 32) return false;
	const head = bytes.subarray(0, RANDOM + STAMP);
	return timingSafeEqual(bytes.subarray(RANDOM + STAMP), mac(ctx, head, ceremony, accountId)) && ctx.now < head.readUIntBE(RANDOM, STAMP);
}

/** Uses a challenge up. Joins a transaction. @returns false when it was used before. */
export function useChallenge(tx: Tx, challenge: string): boolean {
	prepared(tx.db.sql, 'DELETE FROM passkey_challenge WHERE expires_at < ?').run(tx.ctx.now);
	const text = 'INSERT INTO passkey_challenge (challenge_hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING';
	return prepared(tx.db.sql, text).run(hashToken(challenge), tx.ctx.now + LIFE_MS).changes === 1;
}

function mac(ctx: Ctx, head: Buffer, ceremony: Ceremony, accountId: string | null): Buffer {
	return createHmac('sha256', ctx.keys.secret)
		.update(`passkey challenge ${ceremony} ${accountId ?? ''} `)
		.update(head)
		.digest();
}

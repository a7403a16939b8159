import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';

let lastMs = '';
let inMs = 0;

/**
 * A new key: UUIDv7 text, which sorts by the time it was made, also within one millisecond of one process: its twelve bits after the version
 * count (RFC 9562 §6.2, method 1), since Node's own are random there.
 */
export function newId(): string {
	let id = randomUUIDv7();
	while (inMs === 0xfff && id.startsWith(lastMs)) id = randomUUIDv7();
	inMs = lastMs !== '' && id.startsWith(lastMs) ? inMs + 1 : 0;
	lastMs = id.slice(0, 13);
	return `${id.slice(0, 15)}${inMs.toString(16).padStart(3, '0')}${id.slice(18)}`;
}

/** A secret for a link: 256 random bits as URL-safe text. Only its hash is stored. */
export function newToken(): string {
	return randomBytes(32).toString('base64url');
}

/** What is stored of a token: SHA-256 in hex. */
export function hashToken(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}

const READABLE = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

/** A reference to read out over the telephone, such as `ENQ-7KQ4-M2XD`: no 0, O, 1, I, L. About 39 bits. */
export function newReference(prefix: string): string {
	const letters = Array.from(randomBytes(8), (byte) => READABLE[byte % READABLE.length]).join('');
	return `${prefix}-${letters.slice(0, 4)}-${letters.slice(4)}`;
}
